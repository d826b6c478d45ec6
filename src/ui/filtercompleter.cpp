#include "ui/filtercompleter.h"

#include "store/filtertokens.h"
#include "store/logfilter.h"
#include "words/filterwords.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStandardItemModel>

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int TokenRole = Qt::UserRole;
constexpr int MostProposals = 12;

/// The token that ends at the cursor, or nothing between two.
std::optional<FilterToken> tokenAt(const QString &text, int cursor)
{
    const auto tokens = filterTokens(QStringView(text).left(cursor));
    if (tokens.isEmpty())
        return std::nullopt;
    const FilterToken &last = tokens.last();
    return last.start + last.raw.size() == cursor ? std::optional(last) : std::nullopt;
}

QStringList fixedValues(const QString &key)
{
    if (key == "outcome"_L1)
        return {u"accepted"_s, u"rate_limited"_s, u"refused"_s,  u"not_sent"_s,
                u"unknown"_s,  u"cancelled"_s,    u"in_flight"_s};
    if (key == "delivery"_L1)
        return {u"submitted"_s,     u"delivered"_s, u"read"_s, u"failed"_s, u"rejected"_s,
                u"undeliverable"_s, u"other"_s,     u"none"_s, u"guessed"_s};
    if (key == "region"_L1)
        return {u"eu"_s, u"us"_s, u"sandbox"_s, u"custom"_s};
    if (key == "status"_L1)
        return {u"200"_s, u"400"_s, u"401"_s, u"403"_s, u"404"_s, u"422"_s, u"429"_s, u"500"_s};
    if (key == "since"_L1 || key == "until"_L1)
        return {u"today"_s, u"yesterday"_s, u"1h"_s, u"4h"_s, u"1d"_s, u"7d"_s};
    if (key == "unread"_L1)
        return {u"1h"_s, u"4h"_s, u"1d"_s, u"2d"_s};
    if (key == "took"_L1)
        return {u">1s"_s, u">2s"_s, u">5s"_s, u"<500ms"_s};
    return {};
}

} // namespace

FilterCompleter::FilterCompleter(QLineEdit &edit)
    : QCompleter(&edit)
    , m_edit(edit)
    , m_model(new QStandardItemModel(this))
{
    setWidget(&edit);
    setModel(m_model);
    setCompletionMode(UnfilteredPopupCompletion);
    popup()->setObjectName(u"filterProposals"_s);
    popup()->setAccessibleName(tr("Proposals for the filter"));
    edit.installEventFilter(this);
    connect(&edit, &QLineEdit::textEdited, this, [this] {
        // Between two tokens only who asks is told what there is.
        if (tokenAt(m_edit.text(), m_edit.cursorPosition()))
            propose();
        else
            hideProposals();
    });
    connect(this, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { take(index.data(TokenRole).toString()); });
}

void FilterCompleter::setSeenValues(const SeenValues &values)
{
    m_seen = values;
    if (m_hasNothing && m_edit.hasFocus())
        propose();
}

bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_edit && event->type() == QEvent::FocusIn)
        emit valuesWanted();
    // Down in the field itself opens the list, as in a combo box.
    if (watched == &m_edit && event->type() == QEvent::KeyPress && !popup()->isVisible()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down) {
        propose();
        return true;
    }
    return QCompleter::eventFilter(watched, event);
}

QStringList FilterCompleter::valuesOf(const QString &key) const
{
    if (key == "agent"_L1)
        return m_seen.agents;
    if (key == "template"_L1)
        return m_seen.templates;
    if (key == "locale"_L1)
        return m_seen.locales;
    if (key == "profile"_L1)
        return m_seen.profiles;
    if (key == "code"_L1)
        return m_seen.codes;
    return fixedValues(key);
}

QStringList FilterCompleter::proposals(const QString &text, int cursor) const
{
    const auto token = tokenAt(text, cursor);
    QStringList found;
    if (!token || token->key.isEmpty()) {
        const QString typed = token ? token->raw.toLower() : QString();
        const QStringList keys = filterKeys();
        for (const QString &key : keys) {
            if (key.startsWith(typed))
                found.append(key + u':');
        }
        return found;
    }
    // Of a list only what stands behind the last comma.
    const qsizetype comma = token->value.lastIndexOf(u',');
    const QString before = token->value.left(comma + 1);
    const QString typed = token->value.mid(comma + 1);
    const QStringList values = valuesOf(token->key);
    for (const QString &value : values) {
        if (value.contains(typed, Qt::CaseInsensitive) && value != typed)
            found.append(filterToken(token->key, before + value));
    }
    return found.mid(0, MostProposals);
}

void FilterCompleter::hideProposals()
{
    m_hasNothing = false;
    popup()->hide();
}

void FilterCompleter::propose()
{
    const QStringList tokens = proposals(m_edit.text(), m_edit.cursorPosition());
    m_model->clear();
    for (const QString &token : tokens) {
        const bool isKey = token.endsWith(u':');
        auto *item = new QStandardItem(
            isKey ? tr("%1  %2").arg(token, filterKeyText(token.chopped(1))) : token);
        item->setData(token, TokenRole);
        m_model->appendRow(item);
    }
    m_hasNothing = tokens.isEmpty();
    if (tokens.isEmpty())
        popup()->hide();
    else
        complete();
}

void FilterCompleter::take(const QString &token)
{
    const QString text = m_edit.text();
    const int cursor = m_edit.cursorPosition();
    const auto typed = tokenAt(text, cursor);
    const qsizetype start = typed ? typed->start : cursor;
    // After a value one goes on with the next token, after a key with its value.
    const bool isWhole = !token.endsWith(u':');
    const QString rest = text.mid(cursor);
    const QString end = isWhole && !rest.startsWith(u' ') ? u" "_s : QString();
    m_edit.setText(text.left(start) + token + end + rest);
    m_edit.setCursorPosition(static_cast<int>(start + token.size() + (isWhole ? 1 : 0)));
    // Not now: the list is just being closed.
    if (!isWhole)
        QMetaObject::invokeMethod(this, &FilterCompleter::propose, Qt::QueuedConnection);
}

} // namespace icebreaker
