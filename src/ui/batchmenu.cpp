#include "ui/batchmenu.h"

#include "ui/batchpage.h"
#include "ui/runpane.h"
#include "ui/sheetpane.h"

#include <QMenu>

namespace icebreaker {

using namespace Qt::StringLiterals;

BatchMenu::BatchMenu(QMenu &menu, BatchPage &page)
    : QObject(&menu)
    , m_page(page)
{
    const auto add = [this, &menu](const QString &text, const char16_t *name, auto act,
                                   const QKeySequence &keys = {}) {
        QAction *action = menu.addAction(text, this, [this, act] {
            emit pageWanted();
            act();
        });
        action->setObjectName(QString::fromUtf16(name));
        action->setShortcut(keys);
        return action;
    };
    add(
        tr("&Open CSV…"), u"openSheetAction", [&page] { page.chooseFile(); }, QKeySequence::Open);
    add(tr("Paste &Rows"), u"pasteRowsAction", [&page] { page.paste(); });
    menu.addSeparator();
    m_start = add(tr("&Start…"), u"startBatchAction", [&page] { page.requestStart(); });
    m_pause = add(tr("&Pause"), u"pauseBatchAction", [&page] { page.runPane().pauseOrResume(); });
    m_stop = add(tr("S&top"), u"stopBatchAction", [&page] { page.runPane().stop(); });
    m_retry = add(tr("Retry Re&fused"), u"retryRefusedAction",
                  [&page] { page.runPane().retryRefused(); });
    menu.addSeparator();
    m_export =
        add(tr("&Export Results…"), u"exportResultsAction", [&page] { page.exportResults(); });
    m_summary =
        add(tr("Copy Su&mmary"), u"copySummaryAction", [&page] { page.runPane().copySummary(); });
    connect(&page, &BatchPage::shown, this, &BatchMenu::follow);
    connect(&page.runPane(), &RunPane::changed, this, &BatchMenu::follow);
    connect(&page.sheetPane(), &SheetPane::canStartChanged, this, &BatchMenu::follow);
    follow();
}

void BatchMenu::follow()
{
    const RunPane &run = m_page.runPane();
    const bool isBatch = m_page.shownBatch() != 0;
    m_start->setEnabled(!isBatch && m_page.sheetPane().canStart());
    m_pause->setText(isBatch && run.canResume() ? tr("&Resume") : tr("&Pause"));
    m_pause->setEnabled(isBatch && (run.canPause() || run.canResume()));
    m_stop->setEnabled(isBatch && run.canStop());
    m_retry->setEnabled(isBatch && run.counts().refused > 0 && !run.record().elsewhere);
    m_export->setEnabled(isBatch);
    m_summary->setEnabled(isBatch);
}

} // namespace icebreaker
