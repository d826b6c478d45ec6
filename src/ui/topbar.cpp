#include "ui/topbar.h"

#include "ui/kindlook.h"
#include "ui/ratechart.h"
#include "ui/regionwords.h"
#include "words/batchwords.h"

#include <QAction>
#include <QComboBox>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolBar>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int EditProfiles = -1; // the last entry of the profile box

template <typename Widget>
Widget *addTo(QToolBar &toolBar, const QString &objectName)
{
    auto *widget = new Widget(&toolBar);
    widget->setObjectName(objectName);
    toolBar.addWidget(widget);
    return widget;
}

QComboBox *addLabelled(QToolBar &toolBar, const QString &label, const QString &objectName)
{
    auto *text = addTo<QLabel>(toolBar, objectName + u"Label"_s);
    text->setText(label);
    auto *combo = addTo<QComboBox>(toolBar, objectName);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    text->setBuddy(combo);
    return combo;
}

} // namespace

TopBar::TopBar(QToolBar &toolBar)
    : QObject(&toolBar)
    , m_profileCombo(addLabelled(toolBar, tr("Profil&e"), u"profileCombo"_s))
    , m_regionCombo(addLabelled(toolBar, tr("Reg&ion"), u"regionCombo"_s))
    , m_keyButton(addTo<QPushButton>(toolBar, u"keyButton"_s))
{
    auto *spacer = addTo<QWidget>(toolBar, u"toolBarSpacer"_s);
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_limitLabel = addTo<QLabel>(toolBar, u"limitLabel"_s);
    m_limitLabel->setProperty("role", u"hint"_s);
    m_rateChart = new RateChart(RateChart::Size::Small, &toolBar);
    m_rateChart->setObjectName(u"toolBarChart"_s);
    m_rateAction = toolBar.addWidget(m_rateChart);
    m_rateAction->setVisible(false);
    m_sendButton = addTo<QPushButton>(toolBar, u"sendButton"_s);
    m_profileCombo->setMinimumContentsLength(18);
    m_regionCombo->setToolTip(tr("The region that was chosen for the agent in AI Studio."));
    m_keyButton->setText(tr("API key"));
    m_keyButton->setIcon(QIcon(u":/icebreaker/lock.svg"_s));
    m_keyButton->setToolTip(tr("Enter, replace or forget this profile's API key."));

    connect(m_profileCombo, &QComboBox::activated, this, [this](int index) {
        if (m_profileCombo->itemData(index).toInt() == EditProfiles)
            emit profilesRequested();
        else
            emit profileChosen(index);
    });
    connect(m_regionCombo, &QComboBox::activated, this, [this](int index) {
        emit regionChosen(static_cast<Region>(m_regionCombo->itemData(index).toInt()));
    });
    connect(m_keyButton, &QPushButton::clicked, this, &TopBar::keyRequested);
    connect(m_sendButton, &QPushButton::clicked, this, &TopBar::sendRequested);
}

void TopBar::showProfiles(const QList<Profile> &profiles, qsizetype current)
{
    const QSignalBlocker quiet(m_profileCombo);
    m_profileCombo->clear();
    int index = 0;
    for (const Profile &profile : profiles)
        m_profileCombo->addItem(profile.name, index++);
    m_profileCombo->insertSeparator(m_profileCombo->count());
    m_profileCombo->addItem(tr("New or edit…"), EditProfiles);
    m_profileCombo->setCurrentIndex(static_cast<int>(current));
}

void TopBar::showRegion(const Profile &profile, Region region)
{
    const QSignalBlocker quiet(m_regionCombo);
    m_regionCombo->clear();
    // The sandbox profile stays what it is: nobody reaches a real phone by one wrong click.
    QList<Region> regions{Region::Sandbox};
    if (profile.region == Region::Custom)
        regions = {Region::Custom, Region::Sandbox};
    else if (profile.region != Region::Sandbox)
        regions = {Region::Eu, Region::Us, Region::Sandbox};
    for (const Region each : regions)
        m_regionCombo->addItem(regionText(each), static_cast<int>(each));
    m_regionCombo->setCurrentIndex(m_regionCombo->findData(static_cast<int>(region)));
    m_regionCombo->setEnabled(regions.size() > 1);
}

void TopBar::showKind(ProfileKind kind)
{
    kind::mark(*m_sendButton, kind);
    m_sendButton->setIcon(kind::symbol(kind, Qt::white));
}

void TopBar::showRate(const RateHistory &history, int limit)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString lastMinute = lastMinuteText(history, limit, now);
    m_limitLabel->setToolTip(lastMinute + u'\n'
                             + tr("The limit counts the sessions that this profile's agent may "
                                  "start. Sends wait for their turn."));
    const bool isQuiet = history.starts().isEmpty();
    m_rateAction->setVisible(!isQuiet);
    m_rateChart->show(history, limit, now);
    const QString text = tr("Limit %1/s").arg(limit);
    m_limitLabel->setText(isQuiet ? text
                                  : tr("%1 · now %2 · 429s in last min: %3")
                                        .arg(text, rateText(history.rateAt(now)))
                                        .arg(history.rateLimitedCount()));
}

void TopBar::showKey(const QString &text)
{
    m_keyButton->setText(tr("API key: %1").arg(text));
}

void TopBar::showSend(const QString &text, bool enabled, const QString &toolTip)
{
    m_sendButton->setText(text);
    m_sendButton->setEnabled(enabled);
    m_sendButton->setToolTip(toolTip);
}

} // namespace icebreaker
