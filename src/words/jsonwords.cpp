#include "words/jsonwords.h"

#include "core/json.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct JsonTexts {
    Q_DECLARE_TR_FUNCTIONS(Json)
};

QString openText(const QByteArray &text, const JsonFault &fault)
{
    const auto line = placeOf(text, fault.opened).line;
    return fault.flaw == JsonFlaw::ObjectOpen
        ? JsonTexts::tr("The { of line %1 is never closed.").arg(line)
        : JsonTexts::tr("The [ of line %1 is never closed.").arg(line);
}

/// The mistakes inside of one value.
QString valueFaultText(const QByteArray &text, const JsonFault &fault)
{
    const QString found =
        QString::fromUtf8(text.mid(fault.begin, fault.end - fault.begin)).left(40);
    switch (fault.flaw) {
    case JsonFlaw::StringOpen: return JsonTexts::tr("The closing \" of this text is missing.");
    case JsonFlaw::ControlCharacter:
        return JsonTexts::tr("A tab or control character inside of a text: write \\t or \\u0000 "
                             "instead.");
    case JsonFlaw::BadEscape:
        return JsonTexts::tr("%1 means nothing in JSON. A backslash itself is written \\\\.")
            .arg(found);
    case JsonFlaw::LoneSurrogate:
        return JsonTexts::tr("%1 is half a character; the other half is missing.").arg(found);
    case JsonFlaw::BadNumber: return JsonTexts::tr("“%1” is not a number in JSON.").arg(found);
    case JsonFlaw::NumberTooBig: return JsonTexts::tr("The number is too big for most programs.");
    case JsonFlaw::UnknownWord:
        return JsonTexts::tr("“%1” is no value in JSON: texts need \"double quotes\", and the only "
                             "words are true, false and null.")
            .arg(found);
    case JsonFlaw::NotUtf8: return JsonTexts::tr("These bytes are not UTF-8.");
    default: return JsonTexts::tr("Texts and names need \"double quotes\" in JSON.");
    }
}

} // namespace

QString jsonFaultText(const QByteArray &text, const JsonFault &fault)
{
    switch (fault.flaw) {
    case JsonFlaw::Nothing: return JsonTexts::tr("There is nothing here. A request begins with {.");
    case JsonFlaw::ValueMissing: return JsonTexts::tr("A value is missing here.");
    case JsonFlaw::NameMissing:
        return JsonTexts::tr("A name in \"double quotes\" is expected here.");
    case JsonFlaw::CommaBeforeEnd: return JsonTexts::tr("Nothing follows this comma: take it out.");
    case JsonFlaw::ColonMissing:
        return JsonTexts::tr("A : is missing between the name and its value.");
    case JsonFlaw::CommaMissing: return JsonTexts::tr("A comma is missing before this.");
    case JsonFlaw::TextBehindEnd:
        return JsonTexts::tr("The document ended before this: one { } is one request.");
    case JsonFlaw::ObjectOpen:
    case JsonFlaw::ArrayOpen: return openText(text, fault);
    case JsonFlaw::Comment: return JsonTexts::tr("JSON has no comments.");
    case JsonFlaw::WrongBracket:
        return JsonTexts::tr("The wrong bracket: { is closed by }, and [ by ].");
    case JsonFlaw::TooDeep:
        return JsonTexts::tr("The JSON is nested deeper than %1 levels.").arg(JsonMaxDepth);
    default: return valueFaultText(text, fault);
    }
}

QString placedText(const LinePlace &place, const QString &text)
{
    return JsonTexts::tr("Line %1, column %2: %3").arg(place.line).arg(place.column).arg(text);
}

} // namespace icebreaker
