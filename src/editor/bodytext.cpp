#include "editor/bodytext.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QThreadPool>

#include <algorithm>
#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct BodyWords {
    Q_DECLARE_TR_FUNCTIONS(Body)
};

/// More lines of a dump help nobody; the file that is saved has all of it.
constexpr qsizetype DumpedMost = 1'048'576;

/// A tree of a million values takes a tenth of a second to take down: not in the window's
/// thread, whoever was the last to have it.
std::shared_ptr<const JsonValue> shared(JsonValue json, qsizetype size)
{
    constexpr qsizetype small = 65'536;
    if (size <= small)
        return std::make_shared<const JsonValue>(std::move(json));
    return {new JsonValue(std::move(json)), [](const JsonValue *value) {
                QThreadPool::globalInstance()->start([value] { delete value; });
            }};
}

/// "utf-8" of "application/json; charset=UTF-8".
QByteArray declaredCharset(const QByteArray &contentType)
{
    const auto parts = contentType.split(';');
    for (const QByteArray &part : parts) {
        const QByteArray parameter = part.trimmed();
        if (parameter.toLower().startsWith("charset="))
            return parameter.mid(8).replace('"', "").trimmed().toLower();
    }
    return {};
}

bool isUtf8Name(const QByteArray &charset)
{
    return charset.isEmpty() || charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
}

bool isLatinName(const QByteArray &charset)
{
    return charset == "iso-8859-1" || charset == "latin1" || charset == "windows-1252"
        || charset == "cp1252";
}

std::optional<QString> decoded(const QByteArray &bytes, QStringConverter::Encoding encoding)
{
    // Stateless: half a character at the end is an error, too.
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless);
    QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(std::move(text));
}

/// UTF-16 without a byte order mark: half of what Western texts and JSON consist of is zero.
std::optional<QStringConverter::Encoding> looksLikeUtf16(const QByteArray &body)
{
    constexpr qsizetype looked = 4096;
    const qsizetype size = std::min(body.size(), looked) & ~qsizetype{1};
    if (size < 4 || body.size() % 2 != 0)
        return std::nullopt;
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < size; i += 2) {
        even += body.at(i) == '\0' ? 1 : 0;
        odd += body.at(i + 1) == '\0' ? 1 : 0;
    }
    const qsizetype half = size / 2;
    if (odd * 10 > half * 4 && even * 10 < half)
        return QStringConverter::Utf16LE;
    if (even * 10 > half * 4 && odd * 10 < half)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

bool isBinary(const QByteArray &body)
{
    qsizetype controls = 0;
    for (const char c : body) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0)
            return true;
        if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b')
            ++controls;
    }
    return controls * 20 > body.size();
}

struct Decoding {
    QByteArray utf8;
    QString name; ///< Of the encoding.
};

void noteCharset(const QByteArray &declared, const QString &actual, QStringList &notes)
{
    notes.append(BodyWords::tr("It says that it is %1, but its bytes are %2.")
                     .arg(QString::fromLatin1(declared), actual));
}

std::optional<Decoding> asUtf16(const QByteArray &body, const QByteArray &declared,
                                QStringList &notes)
{
    const bool little = body.startsWith("\xFF\xFE");
    const bool marked = little || body.startsWith("\xFE\xFF");
    auto encoding = looksLikeUtf16(body);
    if (marked)
        encoding = little ? QStringConverter::Utf16LE : QStringConverter::Utf16BE;
    if (!encoding)
        return std::nullopt;
    const auto text = decoded(marked ? body.mid(2) : body, *encoding);
    if (!text)
        return std::nullopt;
    const QString name = *encoding == QStringConverter::Utf16LE ? u"UTF-16 (little-endian)"_s
                                                                : u"UTF-16 (big-endian)"_s;
    if (!declared.startsWith("utf-16"))
        notes.append(
            declared.isEmpty()
                ? BodyWords::tr("The bytes are %1, and the answer does not say so.").arg(name)
                : BodyWords::tr("It says that it is %1, but its bytes are %2.")
                      .arg(QString::fromLatin1(declared), name));
    return Decoding{text->toUtf8(), name};
}

/// Every byte that is not UTF-8 becomes U+FFFD.
Decoding withBadBytes(const QByteArray &body, QStringList &notes)
{
    const QString text = QString::fromUtf8(body);
    qsizetype same = 0;
    const QByteArray again = text.toUtf8();
    const qsizetype most = std::min(body.size(), again.size());
    while (same < most && body.at(same) == again.at(same))
        ++same;
    notes.append(BodyWords::tr("Not valid UTF-8: %n place(s), the first at byte %1, are shown as "
                               "\uFFFD. Save the file to have the bytes as they came.",
                               nullptr, static_cast<int>(text.count(QChar::ReplacementCharacter)))
                     .arg(same));
    return {again, BodyWords::tr("invalid UTF-8")};
}

Decoding decodeBody(const QByteArray &body, const QByteArray &declared, QStringList &notes)
{
    if (auto utf16 = asUtf16(body, declared, notes))
        return *utf16;
    const bool isAscii = std::all_of(body.begin(), body.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const bool bom = body.startsWith("\xEF\xBB\xBF");
    if (isAscii || decoded(body, QStringConverter::Utf8)) {
        if (!isAscii && !isUtf8Name(declared))
            noteCharset(declared, u"UTF-8"_s, notes);
        if (bom)
            notes.append(BodyWords::tr("It begins with a byte order mark."));
        return {bom ? body.mid(3) : body, u"UTF-8"_s};
    }
    if (isLatinName(declared))
        return {QString::fromLatin1(body).toUtf8(), u"ISO 8859-1"_s};
    return withBadBytes(body, notes);
}

} // namespace

QByteArray hexDump(QByteArrayView bytes)
{
    constexpr qsizetype width = 16;
    constexpr char digits[] = "0123456789abcdef";
    QByteArray dump;
    dump.reserve(bytes.size() / width * 78 + 78);
    for (qsizetype line = 0; line < bytes.size(); line += width) {
        dump += QByteArray::number(line, 16).rightJustified(8, '0') + ' ';
        QByteArray text;
        for (qsizetype i = line; i < line + width; ++i) {
            if (i % (width / 2) == 0)
                dump += ' ';
            if (i >= bytes.size()) {
                dump += "   ";
                continue;
            }
            const auto byte = static_cast<unsigned char>(bytes.at(i));
            dump += digits[byte >> 4U];
            dump += digits[byte & 15U];
            dump += ' ';
            text += byte >= 0x20 && byte < 0x7F ? bytes.at(i) : '.';
        }
        dump += " |" + text + "|\n";
    }
    return dump;
}

BodyText readBody(const QByteArray &body, const QByteArray &contentType)
{
    BodyText result;
    if (body.isEmpty()) {
        result.kind = BodyWords::tr("empty");
        return result;
    }
    const QByteArray declared = declaredCharset(contentType);
    QStringList notes;
    const bool isUtf16 = asUtf16(body, declared, notes).has_value();
    notes.clear();
    if (!isUtf16 && isBinary(body)) {
        result.form = BodyText::Form::Binary;
        result.kind = BodyWords::tr("binary");
        result.notes.append(BodyWords::tr("These bytes are no text, so they are shown in "
                                          "hexadecimal digits."));
        if (body.size() > DumpedMost)
            result.notes.append(BodyWords::tr("Only the first megabyte is shown; save the file to "
                                              "have all of it."));
        result.raw = hexDump(QByteArrayView(body).first(std::min(body.size(), DumpedMost)));
        result.pretty = result.raw;
        return result;
    }
    const Decoding text = decodeBody(body, declared, notes);
    result.notes = notes;
    result.raw = text.utf8;
    result.pretty = text.utf8;
    result.form = BodyText::Form::Text;
    auto json = parseJson(text.utf8);
    if (json && (json->object() != nullptr || json->array() != nullptr)) {
        result.form = BodyText::Form::Json;
        result.pretty = toJson(*json, JsonStyle::Indented);
        result.json = shared(std::move(*json), body.size());
    } else if (!json && contentType.toLower().contains("json")) {
        result.notes.append(BodyWords::tr("It says that it is JSON, but it is not: %1.")
                                .arg(json.error().kind == JsonError::Kind::TooDeep
                                         ? BodyWords::tr("nested too deep")
                                         : BodyWords::tr("line %1, column %2")
                                               .arg(json.error().line)
                                               .arg(json.error().column)));
    }
    result.kind =
        (result.form == BodyText::Form::Json ? u"JSON, "_s : BodyWords::tr("text, ")) + text.name;
    return result;
}

} // namespace icebreaker
