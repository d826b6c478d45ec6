#include "ui/comparedialog.h"

#include "ui/comparehtml.h"
#include "ui/privacy.h"
#include "ui_comparedialog.h"
#include "words/comparewords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace icebreaker {

namespace {

constexpr int MostDifferences = 8; // more by scrolling
constexpr int DifferenceSpacing = 2;

} // namespace

CompareDialog::CompareDialog(const ComparedSend &left, const ComparedSend &right, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::CompareDialog>())
    , m_left(left)
    , m_right(right)
    , m_lines(compareSends(left, right))
{
    m_ui->setupUi(this);
    m_ui->differencesView->setSpacing(DifferenceSpacing);
    connect(m_ui->volatileCheck, &QCheckBox::toggled, this, &CompareDialog::showLines);
    connect(m_ui->exchangeButton, &QPushButton::clicked, this, &CompareDialog::exchange);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(m_ui->copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(text()); });
    showDifferences();
    showLines();
}

CompareDialog::~CompareDialog() = default;

QString CompareDialog::text() const
{
    return comparisonText(m_left, m_right, m_lines);
}

void CompareDialog::showDifferences()
{
    const QList<ComparedLine> differences = differencesOf(m_lines);
    m_ui->differencesLabel->setText(differencesText(differences.size()));
    m_ui->differencesView->clear();
    m_ui->differencesView->setVisible(!differences.isEmpty());
    for (const ComparedLine &line : differences)
        m_ui->differencesView->addItem(differenceText(line));
    if (differences.isEmpty())
        return;
    m_ui->differencesView->setCurrentRow(0);
    const int row = m_ui->differencesView->sizeHintForRow(0) + 2 * DifferenceSpacing;
    const auto rows = static_cast<int>(std::min<qsizetype>(differences.size(), MostDifferences));
    m_ui->differencesView->setFixedHeight(rows * row + 2 * m_ui->differencesView->frameWidth()
                                          + 2 * DifferenceSpacing);
}

void CompareDialog::showLines()
{
    QScrollBar *bar = m_ui->compareView->verticalScrollBar();
    const int scrolled = bar->value();
    m_ui->compareView->setHtml(privacy::text(
        html::comparison(m_lines, tr("This send: %1").arg(comparedSendText(m_left.record)),
                         tr("Compared with: %1").arg(comparedSendText(m_right.record)),
                         m_ui->volatileCheck->isChecked()),
        m_left.record.claim.to));
    bar->setValue(scrolled);
}

void CompareDialog::exchange()
{
    std::swap(m_left, m_right);
    m_lines = compareSends(m_left, m_right);
    showDifferences();
    showLines();
}

} // namespace icebreaker
