#include "ui/detailpane.h"

#include "ui/privacy.h"
#include "ui/recordhtml.h"
#include "ui/timingpane.h"
#include "ui_detailpane.h"

#include <QFontDatabase>

namespace icebreaker {

DetailPane::DetailPane(Journal &journal, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailPane>())
    , m_selected(journal)
    , m_timing(new TimingPane)
{
    m_ui->setupUi(this);
    m_ui->timingLayout->addWidget(m_timing);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_ui->responseView->setFont(fixed);
    m_ui->requestView->setFont(fixed);
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
        m_ui->responseView->clear();
        m_ui->requestView->clear();
        m_timing->clear();
        return;
    }
    const QString &to = send->claim.to;
    m_ui->responseView->setPlainText(privacy::text(html::responseText(*send), to));
    m_ui->requestView->setPlainText(privacy::text(html::requestText(*send), to));
    m_timing->show(*send);
}

} // namespace icebreaker
