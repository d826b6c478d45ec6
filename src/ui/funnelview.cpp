#include "ui/funnelview.h"

#include "core/whendone.h"
#include "store/deliveries.h"
#include "store/journal.h"
#include "ui/funneltile.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto LoadDelay = 300ms; // a batch changes it ten times a second
constexpr int Spacing = 8;
constexpr int DefaultHours = 4;
constexpr int MostHours = 24 * 30;

QString tileName(FunnelPart part)
{
    switch (part) {
    case FunnelPart::Sends: return u"funnelSends"_s;
    case FunnelPart::Accepted: return u"funnelAccepted"_s;
    case FunnelPart::Submitted: return u"funnelSubmitted"_s;
    case FunnelPart::Delivered: return u"funnelDelivered"_s;
    case FunnelPart::Read: return u"funnelRead"_s;
    case FunnelPart::Failed: return u"funnelFailed"_s;
    case FunnelPart::Silent: return u"funnelSilent"_s;
    case FunnelPart::UnknownReached: return u"funnelUnknownReached"_s;
    }
    return {};
}

QColor barColour(FunnelPart part)
{
    switch (part) {
    case FunnelPart::Failed: return theme::barFor(RowState::Refused);
    case FunnelPart::Silent: return theme::barFor(RowState::Unknown);
    default: return theme::barFor(RowState::Accepted);
    }
}

} // namespace

FunnelView::FunnelView(Deliveries &deliveries, Journal &journal, int columns, QWidget *parent)
    : QWidget(parent)
    , m_deliveries(deliveries)
    , m_columns(columns)
    , m_pause(LoadDelay, this, &FunnelView::load)
{
    setObjectName(u"funnelView"_s);
    setAccessibleName(tr("Funnel: what became of the sends"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Spacing);
    addTiles(*layout);
    addUnread(*layout);
    connect(&journal, &Journal::changed, this, &FunnelView::loadSoon);
    connect(&journal, &Journal::removed, this, &FunnelView::loadSoon);
    showFunnel();
}

void FunnelView::addTiles(QVBoxLayout &layout)
{
    auto *grid = new QGridLayout;
    grid->setSpacing(Spacing);
    for (const FunnelPart part : funnelParts()) {
        auto *tile = new FunnelTile(isNarrow() ? 2 : 1, this);
        tile->setObjectName(tileName(part));
        tile->setText(funnelPartText(part));
        const int place = static_cast<int>(m_tiles.size());
        grid->addWidget(tile, place / m_columns, place % m_columns);
        m_tiles.append(tile);
        connect(tile, &FunnelTile::clicked, this, [this, part](bool checked) {
            emit chosen(checked ? funnelFilter(part) : QString());
        });
    }
    layout.addLayout(grid);
}

void FunnelView::addUnread(QVBoxLayout &layout)
{
    auto *line = new QHBoxLayout;
    auto *label = new QLabel(tr("Delivered, but &not read for"), this);
    m_hours = new QSpinBox(this);
    m_hours->setObjectName(u"unreadHours"_s);
    m_hours->setRange(1, MostHours);
    m_hours->setValue(DefaultHours);
    m_hours->setSuffix(tr(" h"));
    m_hours->setAccessibleName(tr("Hours since the delivery"));
    label->setBuddy(m_hours);
    auto *button = new QPushButton(tr("Sho&w them"), this);
    button->setObjectName(u"unreadButton"_s);
    m_note = new QLabel(this);
    m_note->setProperty("role", u"hint"_s);
    m_note->setWordWrap(true);
    line->addWidget(label);
    line->addWidget(m_hours);
    line->addWidget(button);
    line->addWidget(m_note, 1);
    line->setSpacing(Spacing);
    layout.addLayout(line);
    connect(button, &QPushButton::clicked, this, [this] { emit chosen(unreadFilter()); });
}

QStringList FunnelView::timeLines(FunnelPart part) const
{
    const QStringList times = funnelTimes(m_funnel, part);
    return isNarrow() || times.isEmpty() ? times : QStringList{times.join(u" · "_s)};
}

QString FunnelView::unreadFilter() const
{
    return u"unread:%1h"_s.arg(m_hours->value());
}

void FunnelView::setFilter(const std::optional<LogFilter> &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    ++m_generation;
    m_question.cancel(); // a long history takes long to count
    m_isLoading = false;
    load();
}

void FunnelView::mark(const QString &filterText)
{
    const auto &parts = funnelParts();
    for (qsizetype i = 0; i < m_tiles.size(); ++i)
        m_tiles.at(i)->setChecked(!filterText.isEmpty() && funnelFilter(parts.at(i)) == filterText);
}

void FunnelView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

void FunnelView::loadSoon()
{
    if (isVisible() && !m_pause.isActive())
        m_pause.start();
}

void FunnelView::load()
{
    if (!isVisible())
        return;
    if (!m_filter) {
        m_funnel = {};
        showFunnel();
        return;
    }
    if (m_isLoading) { // a long history takes longer than the pause
        m_pause.start();
        return;
    }
    m_isLoading = true;
    m_pause.countBegins();
    m_question = m_deliveries.funnel(*m_filter);
    whenDone(m_question, this, [this, generation = m_generation](const Result<Funnel> &funnel) {
        if (generation != m_generation)
            return;
        m_isLoading = false;
        m_pause.countEnded();
        if (!funnel) {
            emit failed(funnel.error());
            return;
        }
        m_funnel = *funnel;
        showFunnel();
    });
}

void FunnelView::showFunnel()
{
    const auto &parts = funnelParts();
    for (qsizetype i = 0; i < m_tiles.size(); ++i) {
        const FunnelPart part = parts.at(i);
        const auto count = static_cast<double>(funnelCount(m_funnel, part));
        const auto whole = static_cast<double>(
            std::max({funnelWhole(m_funnel, part), funnelCount(m_funnel, part), qint64(1)}));
        FunnelTile *tile = m_tiles.at(i);
        tile->show(
            {funnelCountText(m_funnel, part), timeLines(part), count / whole, barColour(part)});
        const QString sentence = funnelSentence(m_funnel, part);
        if (sentence != tile->accessibleDescription()) {
            tile->setAccessibleName(
                tr("%1: %2").arg(funnelPartText(part), funnelCountText(m_funnel, part)));
            tile->setAccessibleDescription(sentence);
            tile->setToolTip(tr("%1 Click to show them in the log.").arg(sentence));
        }
    }
    m_note->setText(m_funnel.guessed == 0
                        ? QString()
                        : tr("A status may belong to %n of those without one, but that is a guess.",
                             nullptr, static_cast<int>(m_funnel.guessed)));
}

} // namespace icebreaker
