#include "batch/donotmessage.h"

#include "core/recipient.h"

#include <QStringTokenizer>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// The part of a line that may be a number.
QString numberPart(QStringView line)
{
    constexpr QStringView ends = u"#,;\t";
    const auto *end = std::find_first_of(line.begin(), line.end(), ends.begin(), ends.end());
    QString part = line.first(end - line.begin()).trimmed().toString();
    part.remove(u'"');
    return part.remove("(0)"_L1).trimmed();
}

} // namespace

std::optional<quint64> recipientNumber(const QString &digits)
{
    const bool isOne = digits.size() >= RecipientMinDigits && digits.size() <= RecipientMaxDigits
        && !digits.startsWith(u'0') && std::all_of(digits.begin(), digits.end(), [](QChar c) {
                           return c >= u'0' && c <= u'9';
                       });
    return isOne ? std::optional(digits.toULongLong()) : std::nullopt;
}

DoNotMessageList DoNotMessageList::fromText(const QString &text, QList<int> *unreadable)
{
    DoNotMessageList list;
    QString unified = text;
    if (unified.startsWith(QChar(QChar::ByteOrderMark)))
        unified.remove(0, 1);
    unified.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
    int lineNumber = 0;
    for (const QStringView line : QStringTokenizer{unified, u'\n'}) {
        ++lineNumber;
        const QString part = numberPart(line);
        if (part.isEmpty() && (line.trimmed().isEmpty() || line.trimmed().startsWith(u'#')))
            continue;
        const Recipient recipient = readRecipient(part);
        const auto number =
            recipient.strangeCharacter ? std::nullopt : recipientNumber(recipient.digits);
        if (number)
            list.m_numbers.insert(*number);
        else if (unreadable != nullptr)
            unreadable->append(lineNumber);
    }
    return list;
}

bool DoNotMessageList::contains(const QString &digits) const
{
    const auto number = recipientNumber(digits);
    return number && m_numbers.contains(*number);
}

} // namespace icebreaker
