#include "editor/brokenlines.h"

#include <algorithm>

namespace icebreaker {

namespace {

/// Where a line that begins at @p begin is broken.
qsizetype breakBehind(const QByteArray &text, qsizetype begin)
{
    constexpr qsizetype near = 100;
    const qsizetype latest = begin + LongestLine;
    for (qsizetype at = latest; at > latest - near; --at) {
        if (text.at(at - 1) == ',' || text.at(at - 1) == ' ')
            return at;
    }
    qsizetype at = latest;
    while (at > begin + 1 && (static_cast<unsigned char>(text.at(at)) & 0xC0U) == 0x80U)
        --at; // not within a character
    return at;
}

} // namespace

qsizetype BrokenLines::shown(qsizetype original) const
{
    const auto behind = std::upper_bound(breaks.begin(), breaks.end(), original);
    return original + (behind - breaks.begin());
}

qsizetype BrokenLines::original(qsizetype shown) const
{
    // The added break number i stands at breaks[i] + i.
    std::size_t low = 0;
    std::size_t high = breaks.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (breaks[middle] + static_cast<qsizetype>(middle) < shown)
            low = middle + 1;
        else
            high = middle;
    }
    return shown - static_cast<qsizetype>(low);
}

BrokenLines brokenLines(const QByteArray &text)
{
    BrokenLines result;
    result.text.reserve(text.size() + text.size() / LongestLine + 1);
    qsizetype begin = 0;
    while (begin < text.size()) {
        const qsizetype found = text.indexOf('\n', begin);
        const qsizetype end = found < 0 ? text.size() : found + 1;
        while (end - begin > LongestLine + 1) {
            const qsizetype at = breakBehind(text, begin);
            result.text += QByteArrayView(text).sliced(begin, at - begin);
            result.text += '\n';
            result.breaks.push_back(at);
            begin = at;
        }
        result.text += QByteArrayView(text).sliced(begin, end - begin);
        begin = end;
    }
    return result;
}

} // namespace icebreaker
