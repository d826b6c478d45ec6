#include "ui/detailpane.h"

#include "editor/bodyview.h"
#include "editor/textviewer.h"
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
    , m_selected(journal)
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
    connect(&m_selected, &SendFollower::changed, this, &DetailPane::show);
    connect(&m_selected, &SendFollower::failed, this, &DetailPane::failed);
    connect(&privacy::mask(), &privacy::Mask::changed, this, &DetailPane::show);
    show();
}

DetailPane::~DetailPane() = default;

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

void DetailPane::show()
{
    const auto &send = m_selected.send();
    if (!send) {
        m_response->showNothing({});
        m_request->showNothing({});
        m_console->clear();
        m_timing->clear();
        return;
    }
    BodyView::Hide hide;
    if (privacy::mask().isOn())
        hide = [to = send->claim.to](const QString &text) { return privacy::text(text, to); };
    if (const QString none = noAnswerText(*send); none.isEmpty())
        m_response->show(shownAnswer(*send), hide);
    else
        m_response->showNothing(none);
    m_request->show(shownRequest(*send), hide);
    m_console->show(*send);
    m_timing->show(*send);
}

} // namespace icebreaker
