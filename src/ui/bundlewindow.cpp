#include "ui/bundlewindow.h"

#include "core/catalogue.h"
#include "core/explanation.h"
#include "ui/explainhtml.h"
#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui/texttablemodel.h"
#include "ui/timelineview.h"
#include "ui/timingpane.h"
#include "ui_bundlewindow.h"
#include "words/exportwords.h"
#include "words/sendwords.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLocale>

namespace icebreaker {

using namespace Qt::StringLiterals;

BundleWindow::BundleWindow(OpenedBundle bundle, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::BundleWindow>())
    , m_bundle(std::move(bundle))
    , m_model(new TextTableModel(
          {tr("Time"), tr("To"), tr("Template"), tr("Result"), tr("Delivery"), tr("Took")}, this))
    , m_timeline(new TimelineView)
    , m_timing(new TimingPane)
{
    m_ui->setupUi(this);
    setObjectName(u"bundleWindow"_s);
    setWindowTitle(tr("%1 (read only) — Icebreaker").arg(name));
    m_ui->bundleBand->setText(openedBundleText(m_bundle.madeAt, m_bundle.madeBy));
    m_ui->bundleNote->setText(m_bundle.unreadable > 0
                                  ? tr("%n line(s) of it could not be read and are left out.",
                                       nullptr, m_bundle.unreadable)
                                  : QString());
    m_ui->bundleNote->setVisible(m_bundle.unreadable > 0);
    addPages();
    buildTable();
    connect(&privacy::mask(), &privacy::Mask::changed, this, [this] {
        showList();
        showShown();
    });
    m_ui->bundleView->selectRow(0);
    m_ui->bundleView->setFocus();
}

BundleWindow::~BundleWindow() = default;

void BundleWindow::buildTable()
{
    showList();
    QTableView *view = m_ui->bundleView;
    view->setModel(m_model);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->resizeColumnsToContents();
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    showSend(current.row());
            });
}

void BundleWindow::addPages()
{
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_ui->bundleResponseView->setFont(fixed);
    m_ui->bundleRequestView->setFont(fixed);
    m_timeline->setObjectName(u"bundleTimelineView"_s);
    m_timeline->setAccessibleName(tr("What became of it"));
    m_timeline->setReadOnly(true);
    m_ui->bundleTabs->insertTab(1, m_timeline, tr("Delivery"));
    m_timing->setAccessibleName(tr("Times"));
    m_ui->bundleTabs->addTab(m_timing, tr("Timing"));
    const auto addText = [&](const QString &text, const QString &title, const QString &objectName) {
        if (text.isEmpty())
            return;
        auto *page = new QPlainTextEdit(text);
        page->setObjectName(objectName);
        page->setAccessibleName(title);
        page->setReadOnly(true);
        page->setTabChangesFocus(true);
        page->setFont(fixed);
        m_ui->bundleTabs->addTab(page, title);
    };
    addText(m_bundle.diagnosis, tr("Diagnosis"), u"bundleDiagnosisView"_s);
    addText(m_bundle.about, tr("About"), u"bundleAboutView"_s);
    m_ui->bundleSplitter->setSizes({560, 560});
}

void BundleWindow::showList()
{
    QList<QStringList> rows;
    for (const SendRecord &send : m_bundle.sends) {
        const Claim &claim = send.claim;
        rows.append({QLocale().toString(claim.claimedAt.toLocalTime(), QLocale::ShortFormat),
                     privacy::number(claim.to), claim.templateName, resultText(send),
                     deliveryText(send), durationText(send.answer.timing.total)});
    }
    m_model->show(rows);
    if (m_shown >= 0)
        m_ui->bundleView->selectRow(m_shown);
}

void BundleWindow::showSend(int position)
{
    m_shown = position;
    showShown();
}

void BundleWindow::showShown()
{
    if (m_shown < 0 || m_shown >= m_bundle.sends.size())
        return;
    const SendRecord &send = m_bundle.sends.at(m_shown);
    const auto events = m_bundle.events.value(send.claim.sendId);
    m_ui->bundleExplainView->setHtml(privacy::text(
        html::explanation(explain(Catalogue::builtIn(), send, events), send, {}, true)));
    m_ui->bundleResponseView->setPlainText(privacy::text(html::responseText(send)));
    m_ui->bundleRequestView->setPlainText(privacy::text(html::requestText(send)));
    m_timing->show(send);
    m_timeline->showDelivery(send, events,
                             m_bundle.madeAt.isValid() ? m_bundle.madeAt
                                                       : QDateTime::currentDateTimeUtc());
}

} // namespace icebreaker
