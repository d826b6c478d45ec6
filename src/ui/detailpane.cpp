#include "ui/detailpane.h"

#include "core/whendone.h"
#include "editor/bodyview.h"
#include "editor/textviewer.h"
#include "store/journal.h"
#include "ui/consolepane.h"
#include "ui/privacy.h"
#include "ui/shownbodies.h"
#include "ui/timingpane.h"
#include "ui_detailpane.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

DetailPane::DetailPane(Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailPane>())
    , m_journal(journal)
    , m_response(new BodyView(u"responseView"_s))
    , m_request(new BodyView(u"requestView"_s))
    , m_console(new ConsolePane)
    , m_timing(new TimingPane)
{
    m_ui->setupUi(this);
    m_ui->timingLayout->addWidget(m_timing);
    m_response->viewer().setAccessibleName(tr("Answer as received"));
    m_request->viewer().setAccessibleName(tr("Request as sent"));
    m_ui->responseLayout->addWidget(m_response);
    m_ui->requestLayout->addWidget(m_request);
    m_ui->consoleLayout->addWidget(m_console);
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
    BodyView::Hide hide;
    if (privacy::mask().isOn())
        hide = [to = record.claim.to](const QString &text) { return privacy::text(text, to); };
    if (const QString none = noAnswerText(record); none.isEmpty())
        m_response->show(shownAnswer(record), hide);
    else
        m_response->showNothing(none);
    m_request->show(shownRequest(record), hide);
    m_console->show(record);
    m_timing->show(record);
}

void DetailPane::showNothing()
{
    m_record.reset();
    m_response->showNothing({});
    m_request->showNothing({});
    m_console->clear();
    m_timing->clear();
}

} // namespace icebreaker
