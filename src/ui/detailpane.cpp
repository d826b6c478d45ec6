#include "ui/detailpane.h"

#include "core/whendone.h"
#include "store/journal.h"
#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui/timingpane.h"
#include "ui_detailpane.h"

#include <QFontDatabase>

namespace icebreaker {

DetailPane::DetailPane(Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailPane>())
    , m_journal(journal)
    , m_timing(new TimingPane)
{
    m_ui->setupUi(this);
    m_ui->timingLayout->addWidget(m_timing);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_ui->responseView->setFont(fixed);
    m_ui->requestView->setFont(fixed);
    connect(&m_journal, &Journal::changed, this, [this](const QList<qint64> &rows) {
        if (rows.contains(m_row))
            load();
    });
    connect(&privacy::mask(), &privacy::Mask::changed, this, [this] {
        if (m_record)
            show(SendRecord(*m_record));
    });
    showNothing();
}

DetailPane::~DetailPane() = default;

void DetailPane::showRow(qint64 row)
{
    if (row == m_row)
        return;
    m_row = row;
    if (row == 0)
        showNothing();
    else
        load();
}

void DetailPane::addTab(QWidget *page, const QString &title)
{
    m_ui->tabs->addTab(page, title);
}

void DetailPane::insertTab(int place, QWidget *page, const QString &title)
{
    m_ui->tabs->insertTab(place, page, title);
    m_ui->tabs->setCurrentIndex(0);
}

void DetailPane::showTab(QWidget *page)
{
    m_ui->tabs->setCurrentWidget(page);
    page->setFocus(Qt::OtherFocusReason);
}

void DetailPane::load()
{
    whenDone(m_journal.record(m_row), this,
             [this, row = m_row](const Result<std::optional<SendRecord>> &record) {
                 if (row != m_row)
                     return;
                 if (!record)
                     emit failed(record.error());
                 else if (*record)
                     show(**record);
                 else
                     showNothing();
             });
}

void DetailPane::show(const SendRecord &record)
{
    m_record = record;
    const QString &to = record.claim.to;
    m_ui->responseView->setPlainText(privacy::text(html::responseText(record), to));
    m_ui->requestView->setPlainText(privacy::text(html::requestText(record), to));
    m_timing->show(record);
}

void DetailPane::showNothing()
{
    m_record.reset();
    m_ui->responseView->clear();
    m_ui->requestView->clear();
    m_timing->clear();
}

} // namespace icebreaker
