#include "secrets/cleankey.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QByteArray withoutHeaderName(const QByteArray &text)
{
    const QByteArray name = "x-vgai-key"_ba;
    const qsizetype colon = text.indexOf(':');
    if (colon < 0 || text.first(colon).trimmed().compare(name, Qt::CaseInsensitive) != 0)
        return text;
    return text.sliced(colon + 1).trimmed();
}

} // namespace

Result<QByteArray> cleanKey(const QByteArray &pasted)
{
    const QByteArray key = withoutHeaderName(pasted.trimmed());
    if (key.isEmpty())
        return failure(ErrorKind::InvalidInput, u"the key is empty"_s);
    if (key.size() > MaxKeyLength)
        return failure(ErrorKind::InvalidInput, u"the key is longer than 4096 bytes"_s);
    const auto isVisible = [](char c) { return c > 0x20 && c < 0x7f; };
    if (!std::all_of(key.begin(), key.end(), isVisible))
        return failure(ErrorKind::InvalidInput,
                       u"the key has white space, control or non-ASCII characters in it"_s);
    return key;
}

} // namespace icebreaker
