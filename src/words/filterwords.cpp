#include "words/filterwords.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Filters)
};

/// What may stand after a key; empty for anything but a known one.
QString rightValueText(const QString &key)
{
    if (key == "to"_L1)
        return Words::tr("digits of a number, e.g. to:4479");
    if (key == "region"_L1)
        return Words::tr("eu, us, sandbox or custom");
    if (key == "status"_L1)
        return Words::tr("an HTTP status from 100 to 599");
    if (key == "batch"_L1)
        return Words::tr("the number of a batch");
    if (key == "outcome"_L1)
        return Words::tr("accepted, rate_limited, refused, not_sent, unknown, cancelled or "
                         "in_flight, or several with commas");
    if (key == "delivery"_L1)
        return Words::tr("submitted, delivered, read, failed, rejected, undeliverable, other, none "
                         "or guessed, or several with commas");
    if (key == "unread"_L1)
        return Words::tr("how long ago it was delivered, up to a year: 30m, 4h or 2d");
    if (key == "code"_L1)
        return Words::tr("an error code, e.g. code:1022 or code:131026, or several with commas");
    if (key == "since"_L1 || key == "until"_L1)
        return Words::tr("30m, 2h, 3d or 2w ago, today, yesterday, 14:30, 2026-11-20 or "
                         "2026-11-20T14:30");
    if (key == "took"_L1)
        return Words::tr("how long the answer took: >2s, <=500ms or 1s..3s");
    if (key == "agent"_L1 || key == "template"_L1 || key == "locale"_L1 || key == "profile"_L1)
        return Words::tr("a text, in quotes if it has spaces");
    return {};
}

/// One letter wrong, too many or missing, or the beginning.
bool isTypo(const QString &typed, const QString &key)
{
    if (typed.size() >= 2 && (key.startsWith(typed) || typed.startsWith(key)))
        return true;
    qsizetype same = 0;
    while (same < typed.size() && same < key.size() && typed.at(same) == key.at(same))
        ++same;
    const QStringView restTyped = QStringView(typed).mid(same);
    const QStringView restKey = QStringView(key).mid(same);
    return key.size() > 2
        && (restTyped.mid(1) == restKey.mid(1) || restTyped.mid(1) == restKey
            || restTyped == restKey.mid(1));
}

} // namespace

QString unknownFilterText(const QString &token, const QStringList &keys)
{
    const QString typed = token.section(u':', 0, 0).toLower();
    const auto near = std::find_if(keys.begin(), keys.end(),
                                   [&typed](const QString &key) { return isTypo(typed, key); });
    if (near != keys.end())
        return Words::tr("“%1” is not a filter. Do you mean %2:? A colon in free text needs "
                         "quotes: \"%1\".")
            .arg(token, *near);
    return Words::tr("“%1” is not a filter. There are %2: and free text; a colon in that needs "
                     "quotes: \"%1\".")
        .arg(token, keys.join(": "_L1));
}

QString badFilterValueText(const QString &token, const QString &key)
{
    const QString right = rightValueText(key);
    if (!right.isEmpty())
        return Words::tr("“%1”: after %2: stands %3.").arg(token, key, right);
    if (token.contains(u'"'))
        return Words::tr("“%1”: the quote is not closed, or something sticks to it.").arg(token);
    return Words::tr("“%1” has no value that makes sense there.").arg(token);
}

QString contradictingFilterText(const QString &token, const QString &key)
{
    if (key == "since"_L1 || key == "until"_L1 || key == "took"_L1)
        return Words::tr("“%1” leaves no time at all together with what stands before it. "
                         "Remove one of them.")
            .arg(token);
    return Words::tr("“%1”: there is another %2: before it, and no send has both. Remove one of "
                     "them.")
        .arg(token, key);
}

QString filterKeyText(const QString &key)
{
    static const QHash<QString, const char *> texts{
        {u"to"_s, QT_TRANSLATE_NOOP("Filters", "part of the recipient's number")},
        {u"agent"_s, QT_TRANSLATE_NOOP("Filters", "part of the agent's ID")},
        {u"template"_s, QT_TRANSLATE_NOOP("Filters", "part of the template's name")},
        {u"locale"_s, QT_TRANSLATE_NOOP("Filters", "language or locale")},
        {u"profile"_s, QT_TRANSLATE_NOOP("Filters", "profile")},
        {u"region"_s, QT_TRANSLATE_NOOP("Filters", "where it went")},
        {u"status"_s, QT_TRANSLATE_NOOP("Filters", "HTTP status")},
        {u"batch"_s, QT_TRANSLATE_NOOP("Filters", "number of the batch")},
        {u"outcome"_s, QT_TRANSLATE_NOOP("Filters", "outcome of the send")},
        {u"delivery"_s, QT_TRANSLATE_NOOP("Filters", "what became of it")},
        {u"unread"_s, QT_TRANSLATE_NOOP("Filters", "delivered so long ago, not read")},
        {u"code"_s, QT_TRANSLATE_NOOP("Filters", "error code of Vonage or Meta")},
        {u"since"_s, QT_TRANSLATE_NOOP("Filters", "not older than")},
        {u"until"_s, QT_TRANSLATE_NOOP("Filters", "not newer than")},
        {u"took"_s, QT_TRANSLATE_NOOP("Filters", "how long the answer took")},
    };
    const char *text = texts.value(key);
    return text != nullptr ? QCoreApplication::translate("Filters", text) : QString();
}

} // namespace icebreaker
