#include "ui/requesttabs.h"

#include "ui/editstep.h"
#include "ui/samplerequest.h"

#include <QFileInfo>
#include <QScopedValueRollback>
#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto DraftDelay = 150ms;
constexpr auto MomentAge = 60s; // how old `{{now}}` may be when Send is pressed
constexpr qsizetype MostClosed = 20;

QString newTabId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

RequestTabs::RequestTabs(QString folder, Composer &composer, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_composer(composer)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(DraftDelay);
    connect(&composer, &Composer::changed, this, &RequestTabs::followComposer);
    connect(&composer, &Composer::edited, this, &RequestTabs::noteEdit);
    connect(&m_timer, &QTimer::timeout, this, &RequestTabs::store);
    m_clock.setInterval(MomentAge);
    connect(&m_clock, &QTimer::timeout, &composer, &Composer::refreshMoment);
    m_clock.start();
}

RequestTabs::~RequestTabs() = default;

const RequestTabs::Tab &RequestTabs::at(qsizetype tab) const
{
    return m_tabs.at(static_cast<std::size_t>(tab));
}

RequestTabs::Tab &RequestTabs::at(qsizetype tab)
{
    return m_tabs.at(static_cast<std::size_t>(tab));
}

void RequestTabs::load(const Profile &profile)
{
    m_profile = profile;
    m_tabs.clear();
    m_closed.clear();
    m_current = -1;
    if (const auto set = loadTabs(m_folder, profile.id); set) {
        for (const OpenTab &open : set->tabs)
            append(open);
        m_closed = set->closed;
        m_current = std::clamp<qsizetype>(set->current, 0, count() - 1);
    }
    if (m_tabs.empty()) {
        const Draft first = profile.region == Region::Sandbox ? sampleDraft() : emptyDraft();
        append({newTabId(), {}, {}, {}, false, first});
        m_current = 0;
    }
    show(m_current);
    emit filesChanged();
}

void RequestTabs::store()
{
    m_timer.stop();
    if (m_profile.id.isEmpty())
        return;
    TabSet set{{}, m_current, m_closed};
    for (qsizetype i = 0; i < count(); ++i)
        set.tabs.append(kept(at(i), isModified(i)));
    if (const auto saved = saveTabs(m_folder, m_profile.id, set); !saved)
        emit failed(saved.error());
}

QString RequestTabs::title(qsizetype tab) const
{
    const Tab &shown = at(tab);
    if (!shown.file.path.isEmpty())
        return shown.title.isEmpty() ? QFileInfo(shown.file.path).completeBaseName() : shown.title;
    if (!shown.title.isEmpty())
        return shown.title;
    const QString name = shown.state.request.text(Field::Template);
    return name.isEmpty() ? tr("New request") : name;
}

bool RequestTabs::isModified(qsizetype tab) const
{
    const Tab &shown = at(tab);
    // A template card changes how the request is edited, not what is saved.
    return !shown.saved || shown.saved->request != shown.state.request
        || shown.saved->typedRecipient != shown.state.typedRecipient
        || shown.saved->builtInInbox != shown.state.builtInInbox;
}

qsizetype RequestTabs::indexOf(const QString &id) const
{
    const auto found =
        std::find_if(m_tabs.begin(), m_tabs.end(), [&id](const Tab &tab) { return tab.id == id; });
    return found == m_tabs.end() ? -1 : found - m_tabs.begin();
}

qsizetype RequestTabs::tabOf(const QString &path) const
{
    const auto found = std::find_if(m_tabs.begin(), m_tabs.end(),
                                    [&path](const Tab &tab) { return tab.file.path == path; });
    return path.isEmpty() || found == m_tabs.end() ? -1 : found - m_tabs.begin();
}

RequestTabs::Tab RequestTabs::makeTab(const OpenTab &open)
{
    Tab tab{open.id,
            open.title,
            Composer::stateOf(open.draft),
            {open.file, open.fileHash},
            {},
            std::make_unique<QUndoStack>()};
    if (!open.isModified)
        tab.saved = tab.state;
    m_undo.addStack(tab.undo.get());
    return tab;
}

OpenTab RequestTabs::kept(const Tab &tab, bool modified)
{
    return {tab.id,        tab.title, tab.file.path,
            tab.file.hash, modified,  Composer::draftOf(tab.state)};
}

void RequestTabs::append(const OpenTab &open)
{
    m_tabs.push_back(makeTab(open));
}

/// Puts the tab's request into the Composer.
void RequestTabs::show(qsizetype tab)
{
    m_current = tab;
    endRun();
    m_undo.setActiveStack(at(tab).undo.get());
    const Composer::State state = at(tab).state;
    m_composer.open(at(tab).id, state);
    storeSoon();
    emit tabsChanged();
}

void RequestTabs::select(qsizetype tab)
{
    if (tab != m_current && tab >= 0 && tab < count())
        show(tab);
}

void RequestTabs::openNew(const QString &title, const Composer::State &state)
{
    append({newTabId(), title, {}, {}, true, Composer::draftOf(state)});
    show(count() - 1);
}

void RequestTabs::openEmpty()
{
    append({newTabId(), {}, {}, {}, false, emptyDraft()});
    show(count() - 1);
}

Draft RequestTabs::emptyDraft() const
{
    OutboundRequest request;
    request.setText(Field::AgentId, m_profile.agentId);
    request.setText(Field::Namespace, m_profile.namespaceId);
    // Without an inbox that the endpoint can reach, the field waits for a URL.
    return {request.toJson(), canReceive(m_composer.inbox(m_composer.sendId())), {}};
}

void RequestTabs::openFile(const File &file, const Composer::State &state)
{
    if (const qsizetype open = tabOf(file.path); open >= 0) {
        select(open);
        return;
    }
    append({newTabId(), {}, file.path, file.hash, false, Composer::draftOf(state)});
    show(count() - 1);
    emit filesChanged();
}

void RequestTabs::close(qsizetype tab)
{
    if (tab < 0 || tab >= count())
        return;
    const bool isPristine = at(tab).file.path.isEmpty() && !isModified(tab);
    if (!isPristine) {
        m_closed.prepend(kept(at(tab), isModified(tab)));
        m_closed.resize(std::min(m_closed.size(), MostClosed));
    }
    const bool wasCurrent = tab == m_current;
    m_tabs.erase(m_tabs.begin() + tab);
    if (tab < m_current)
        --m_current;
    if (m_tabs.empty())
        append({newTabId(), {}, {}, {}, false, emptyDraft()});
    if (wasCurrent) {
        show(std::min(tab, count() - 1));
    } else {
        storeSoon();
        emit tabsChanged();
    }
    emit filesChanged();
}

void RequestTabs::move(qsizetype from, qsizetype to)
{
    if (from == to || from < 0 || to < 0 || from >= count() || to >= count())
        return;
    Tab moved = std::move(at(from));
    m_tabs.erase(m_tabs.begin() + from);
    m_tabs.insert(m_tabs.begin() + to, std::move(moved));
    if (m_current == from)
        m_current = to;
    else if (from < m_current && to >= m_current)
        --m_current;
    else if (from > m_current && to <= m_current)
        ++m_current;
    storeSoon();
    emit tabsChanged();
}

void RequestTabs::reopenClosed()
{
    if (m_closed.isEmpty())
        return;
    const OpenTab open = m_closed.takeFirst();
    if (const qsizetype there = tabOf(open.file); there >= 0 && !open.isModified) {
        select(there);
        return;
    }
    append(open);
    if (tabOf(open.file) < count() - 1)
        m_tabs.back().file = {}; // one tab for a file: two would overwrite each other
    show(count() - 1);
    emit filesChanged();
}

void RequestTabs::noteSaved(qsizetype tab, const File &file, const Composer::State &state)
{
    at(tab).file = file;
    at(tab).title.clear();
    at(tab).saved = state;
    endRun();
    storeSoon();
    emit tabChanged(tab);
    emit filesChanged();
}

void RequestTabs::noteMoved(qsizetype tab, const QString &path)
{
    at(tab).file.path = path;
    storeSoon();
    emit tabChanged(tab);
    emit filesChanged();
}

void RequestTabs::noteChanged(qsizetype tab, const QByteArray &hash, bool sameRequest)
{
    at(tab).file.hash = hash;
    if (!sameRequest)
        at(tab).saved.reset();
    storeSoon();
    emit tabChanged(tab);
}

void RequestTabs::noteGone(qsizetype tab)
{
    at(tab).title = title(tab);
    at(tab).file = {};
    at(tab).saved.reset();
    storeSoon();
    emit tabChanged(tab);
    emit filesChanged();
}

void RequestTabs::takeFile(qsizetype tab, const File &file, const Composer::State &after)
{
    at(tab).file = file;
    at(tab).saved = after;
    if (tab == m_current) {
        endRun();
        m_composer.setState(after);
    } else if (at(tab).state != after) {
        auto step = std::make_unique<EditStep>(
            at(tab).state, after, ++m_run, [this](const Composer::State &state) {
                const QScopedValueRollback guard(m_isApplying, true);
                m_composer.setState(state);
            });
        at(tab).undo->push(step.release());
        at(tab).state = after;
    }
    storeSoon();
    emit tabChanged(tab);
}

void RequestTabs::noteEdit()
{
    if (m_current < 0)
        return;
    Tab &tab = at(m_current);
    const Composer::State after = m_composer.state();
    if (!m_isApplying && after != tab.state) {
        const Composer::State before = tab.state;
        tab.state = after;
        tab.undo->push(new EditStep(before, after, m_run, [this](const Composer::State &state) {
            const QScopedValueRollback guard(m_isApplying, true);
            m_composer.setState(state);
        }));
    }
    tab.state = after;
    storeSoon();
    emit tabChanged(m_current);
}

/// A card that was chosen without any other change is no edit, and stays with the tab.
void RequestTabs::followComposer()
{
    if (m_current < 0 || m_composer.document() != at(m_current).id)
        return;
    Tab &tab = at(m_current);
    if (tab.state.card != m_composer.card() && tab.state.request == m_composer.request())
        tab.state.card = m_composer.card();
}

} // namespace icebreaker
