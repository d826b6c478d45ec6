#include "core/braces.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

QList<BracedPiece> bracedPieces(const QString &text)
{
    QList<BracedPiece> pieces;
    qsizetype done = 0;
    for (qsizetype close = text.indexOf("}}"_L1); close >= 0; close = text.indexOf("}}"_L1, done)) {
        const QStringView part = QStringView(text).sliced(done, close + 2 - done);
        const qsizetype open = part.chopped(2).lastIndexOf("{{"_L1);
        if (open != 0)
            pieces.append({part.first(open < 0 ? part.size() : open).toString(), false});
        if (open >= 0)
            pieces.append({part.sliced(open).toString(), true});
        done = close + 2;
    }
    if (done < text.size())
        pieces.append({text.sliced(done), false});
    return pieces;
}

bool hasPlaceholder(const QString &text)
{
    if (!text.contains("{{"_L1))
        return false; // nearly every text: no pieces are made of it
    const auto pieces = bracedPieces(text);
    return std::any_of(pieces.begin(), pieces.end(),
                       [](const BracedPiece &piece) { return piece.isPlaceholder; });
}

} // namespace icebreaker
