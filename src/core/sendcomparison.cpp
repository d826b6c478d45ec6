#include "core/sendcomparison.h"

#include "core/flatsend.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Part and key: Qt 6.4 hashes no enum class.
using LeafKey = std::pair<int, QString>;

/// Times differ always; so much is worth saying.
constexpr qint64 NotableMs = 1000;
constexpr qint64 NotableTimes = 3;

LeafKey leafKeyOf(const FlatLeaf &leaf)
{
    return {static_cast<int>(leaf.part), leaf.key};
}

/// All keys in the order of both sides: the left one's, and what only the right one has behind
/// what stands before it there.
QList<LeafKey> mergedKeys(const QList<FlatLeaf> &left, const QList<FlatLeaf> &right)
{
    QHash<LeafKey, QList<LeafKey>> followers; // of a key that both sides have, or of none
    QSet<LeafKey> known;
    for (const FlatLeaf &leaf : left)
        known.insert(leafKeyOf(leaf));
    LeafKey before{};
    for (const FlatLeaf &leaf : right) {
        if (known.contains(leafKeyOf(leaf)))
            before = leafKeyOf(leaf);
        else
            followers[before].append(leafKeyOf(leaf));
    }
    QList<LeafKey> keys = followers.value(LeafKey());
    for (const FlatLeaf &leaf : left) {
        keys.append(leafKeyOf(leaf));
        keys += followers.value(leafKeyOf(leaf));
    }
    return keys;
}

/// Without the send's own ID, which is in its Status URL.
QString withoutId(const QString &text, const QString &sendId)
{
    return sendId.isEmpty() ? text : QString(text).replace(sendId, "\0"_L1);
}

bool sameNumber(const FlatLeaf &left, const FlatLeaf &right)
{
    if (left.type != "number"_L1 || right.type != left.type)
        return false;
    bool leftIsNumber = false;
    bool rightIsNumber = false;
    // Beyond 15 digits two different numbers may be the same double.
    constexpr qsizetype exactDigits = 15;
    return left.text.size() <= exactDigits && right.text.size() <= exactDigits
        && !(left.text.toDouble(&leftIsNumber) < right.text.toDouble(&rightIsNumber))
        && !(left.text.toDouble() > right.text.toDouble()) && leftIsNumber && rightIsNumber;
}

bool isNotableTime(const FlatLeaf &left, const FlatLeaf &right)
{
    if (left.subject.kind != ComparedSubject::Kind::Duration || left.subject.name != "total"_L1)
        return false;
    const auto [less, more] = std::minmax({left.text.toLongLong(), right.text.toLongLong()});
    return more - less >= NotableMs && more >= less * NotableTimes;
}

ComparedLine lineOf(const FlatLeaf *left, const FlatLeaf *right)
{
    const FlatLeaf &any = left != nullptr ? *left : *right;
    ComparedLine line;
    line.part = any.part;
    line.subject = any.subject;
    line.inLeft = left != nullptr;
    line.inRight = right != nullptr;
    if (left != nullptr)
        line.left = left->text;
    if (right != nullptr)
        line.right = right->text;
    line.isVolatile = any.isVolatile;
    if (left == nullptr || right == nullptr) {
        line.isDifferent = true;
        line.isVolatile = any.isVolatile && any.part != ComparedPart::Body;
        return line;
    }
    line.isOtherType = left->type != right->type;
    line.isDifferent =
        line.isOtherType || (left->text != right->text && !sameNumber(*left, *right));
    line.isVolatile = left->isVolatile && right->isVolatile && !isNotableTime(*left, *right);
    return line;
}

class Comparer
{
public:
    Comparer(const ComparedSend &left, const ComparedSend &right)
        : m_left(left)
        , m_right(right)
    { }

    [[nodiscard]] QList<ComparedLine> lines()
    {
        const bool asJson =
            isComparableJson(m_left.record.answer) && isComparableJson(m_right.record.answer);
        const QList<FlatLeaf> left = leavesOf(m_left, asJson);
        const QList<FlatLeaf> right = leavesOf(m_right, asJson);
        const auto leftByKey = byKey(left);
        const auto rightByKey = byKey(right);
        QList<ComparedLine> lines;
        for (const LeafKey &key : mergedKeys(left, right)) {
            const FlatLeaf *inLeft = leftByKey.value(key);
            const FlatLeaf *inRight = rightByKey.value(key);
            ComparedLine line = lineOf(inLeft, inRight);
            if (line.isDifferent && line.inLeft && line.inRight
                && withoutId(line.left, m_left.record.claim.sendId)
                    == withoutId(line.right, m_right.record.claim.sendId))
                line.isVolatile = !line.isOtherType;
            line.isWithin = isWithinOneSided(inLeft, inRight, leftByKey, rightByKey);
            lines.append(line);
        }
        std::stable_sort(lines.begin(), lines.end(),
                         [](const auto &one, const auto &other) { return one.part < other.part; });
        return lines;
    }

private:
    using ByKey = QHash<LeafKey, const FlatLeaf *>;

    static QList<FlatLeaf> leavesOf(const ComparedSend &send, bool asJson)
    {
        return flatSend(send) + flatBody(send.record.answer, asJson);
    }

    static ByKey byKey(const QList<FlatLeaf> &leaves)
    {
        ByKey map;
        for (const FlatLeaf &leaf : leaves)
            map.insert(leafKeyOf(leaf), &leaf);
        return map;
    }

    static bool isWithinOneSided(const FlatLeaf *inLeft, const FlatLeaf *inRight, const ByKey &left,
                                 const ByKey &right)
    {
        if (inLeft != nullptr && inRight != nullptr)
            return false;
        const FlatLeaf &leaf = inLeft != nullptr ? *inLeft : *inRight;
        const LeafKey container{static_cast<int>(leaf.part), leaf.container};
        return !leaf.container.isEmpty() && left.contains(container) != right.contains(container);
    }

    const ComparedSend &m_left;
    const ComparedSend &m_right;
};

} // namespace

QList<ComparedLine> compareSends(const ComparedSend &left, const ComparedSend &right)
{
    return Comparer(left, right).lines();
}

QList<ComparedLine> differencesOf(const QList<ComparedLine> &lines)
{
    QList<ComparedLine> differences;
    for (const ComparedLine &line : lines) {
        if (line.isDifferent && !line.isVolatile && !line.isWithin)
            differences.append(line);
    }
    return differences;
}

ChangedSpan changedSpan(const QString &left, const QString &right)
{
    const qsizetype shorter = std::min(left.size(), right.size());
    ChangedSpan span;
    while (span.before < shorter && left.at(span.before) == right.at(span.before))
        ++span.before;
    if (span.before > 0 && left.at(span.before - 1).isHighSurrogate())
        --span.before;
    const auto fromEnd = [](const QString &text, qsizetype behind) {
        return text.at(text.size() - 1 - behind);
    };
    while (span.behind < shorter - span.before
           && fromEnd(left, span.behind) == fromEnd(right, span.behind))
        ++span.behind;
    if (span.behind > 0 && fromEnd(left, span.behind - 1).isLowSurrogate())
        --span.behind;
    return span;
}

} // namespace icebreaker
