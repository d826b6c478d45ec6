#include "editor/textsearch.h"

namespace icebreaker {

namespace {

/// Bytes in UTF-8 of what QString::fromUtf8() made of sound UTF-8.
qsizetype utf8Bytes(QStringView text)
{
    qsizetype bytes = 0;
    for (const QChar c : text)
        bytes += c.unicode() < 0x80 ? 1 : c.unicode() < 0x800 ? 2 : c.isSurrogate() ? 2 : 3;
    return bytes;
}

} // namespace

SearchResult searchText(const QByteArray &text, const QString &wanted,
                        Qt::CaseSensitivity sensitivity)
{
    SearchResult result;
    if (wanted.isEmpty())
        return result;
    const QString characters = QString::fromUtf8(text);
    const QStringView view(characters);
    qsizetype counted = 0; // characters whose bytes are known
    qsizetype bytes = 0;
    for (qsizetype at = characters.indexOf(wanted, 0, sensitivity); at >= 0;
         at = characters.indexOf(wanted, at + wanted.size(), sensitivity)) {
        if (result.spans.size() == SearchMost) {
            result.isCut = true;
            break;
        }
        bytes += utf8Bytes(view.sliced(counted, at - counted));
        const qsizetype length = utf8Bytes(view.sliced(at, wanted.size()));
        result.spans.append({bytes, bytes + length});
        bytes += length;
        counted = at + wanted.size();
    }
    return result;
}

} // namespace icebreaker
