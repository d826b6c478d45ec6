#include "interop/sendformats.h"

#include "core/deliverystate.h"
#include "core/json.h"
#include "interop/csvwriter.h"
#include "interop/harfile.h"
#include "interop/sendsjson.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array FormatNames{
    std::pair{ExportFormat::Csv, "csv"_L1}, std::pair{ExportFormat::JsonLines, "jsonl"_L1},
    std::pair{ExportFormat::Har, "har"_L1}, std::pair{ExportFormat::Markdown, "md"_L1}};

/// The columns that fit beside each other on a page.
constexpr std::array MarkdownColumns{0, 2, 3, 4, 5, 6, 8, 12, 13, 19};

QString isoTime(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QString memberText(const JsonObject &object, QStringView name)
{
    const JsonValue *member = object.find(name);
    if (member == nullptr)
        return {};
    if (const QString *text = member->string())
        return *text;
    QStringList texts;
    if (const JsonArray *list = member->array()) {
        for (const JsonValue &each : *list) {
            if (const QString *text = each.string())
                texts.append(*text);
        }
    }
    return texts.join(u"; "_s);
}

QByteArray markdownRow(const QStringList &cells)
{
    QStringList chosen;
    for (const int column : MarkdownColumns)
        chosen.append(markdownText(cells.at(column)));
    return "| " + chosen.join(u" | "_s).toUtf8() + " |\n";
}

QByteArray markdownHead()
{
    return markdownRow(sendColumns()) + '|'
        + QByteArray(" --- |").repeated(static_cast<qsizetype>(MarkdownColumns.size())) + '\n';
}

} // namespace

QLatin1StringView exportFormatName(ExportFormat format)
{
    const auto *found = std::find_if(FormatNames.begin(), FormatNames.end(),
                                     [format](const auto &entry) { return entry.first == format; });
    return found->second;
}

std::optional<ExportFormat> exportFormatFromName(QStringView name)
{
    const auto *found = std::find_if(FormatNames.begin(), FormatNames.end(),
                                     [name](const auto &entry) { return name == entry.second; });
    return found == FormatNames.end() ? std::nullopt : std::optional(found->first);
}

QByteArray exportBegin(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv: return CsvMark + csvLine(sendColumns());
    case ExportFormat::JsonLines: break;
    case ExportFormat::Har: return harBegin();
    case ExportFormat::Markdown: return markdownHead();
    }
    return {};
}

QByteArray exportEntry(ExportFormat format, const SendRecord &record, bool isFirst)
{
    switch (format) {
    case ExportFormat::Csv: return csvLine(sendCells(record));
    case ExportFormat::JsonLines: return toJson(sendObject(record), JsonStyle::Compact) + '\n';
    case ExportFormat::Har:
        return (isFirst ? "" : ",\n") + toJson(harEntry(record), JsonStyle::Compact);
    case ExportFormat::Markdown: break;
    }
    return markdownRow(sendCells(record));
}

QByteArray exportEnd(ExportFormat format)
{
    return format == ExportFormat::Har ? harEnd() : QByteArray();
}

QStringList sendColumns()
{
    return {u"time"_s,         u"id"_s,
            u"outcome"_s,      u"status"_s,
            u"to"_s,           u"template"_s,
            u"locale"_s,       u"channel"_s,
            u"agent_id"_s,     u"profile"_s,
            u"region"_s,       u"took_ms"_s,
            u"delivery"_s,     u"delivery_error"_s,
            u"submitted_at"_s, u"delivered_at"_s,
            u"read_at"_s,      u"batch"_s,
            u"row"_s,          u"message"_s,
            u"note"_s,         u"request"_s,
            u"answer"_s};
}

QStringList sendCells(const SendRecord &record)
{
    const Claim &claim = record.claim;
    const Answer &answer = record.answer;
    const auto took = std::chrono::round<std::chrono::milliseconds>(answer.timing.total);
    return {isoTime(claim.claimedAt),
            claim.sendId,
            record.outcome ? QString(outcomeName(*record.outcome)) : QString(),
            answer.status > 0 ? QString::number(answer.status) : QString(),
            claim.to,
            claim.templateName,
            claim.locale,
            claim.channel,
            claim.agentId,
            claim.profile,
            claim.region,
            QString::number(took.count()),
            isGuess(record) ? QString() : deliveryStatusName(record.delivery),
            record.deliveryError,
            isoTime(record.submittedAt),
            isoTime(record.deliveredAt),
            isoTime(record.readAt),
            claim.batchRow ? QString::number(claim.batchRow->batch) : QString(),
            claim.batchRow ? QString::number(claim.batchRow->row) : QString(),
            answerMessage(answer.body),
            record.note,
            QString::fromUtf8(claim.body),
            QString::fromUtf8(answer.body)};
}

QString answerMessage(const QByteArray &body)
{
    const auto parsed = parseJson(body);
    const JsonObject *object = parsed ? parsed->object() : nullptr;
    if (object == nullptr)
        return {};
    for (const QStringView name : {u"message", u"detail", u"title"}) {
        if (QString text = memberText(*object, name); !text.isEmpty())
            return text;
    }
    return {};
}

QString markdownText(const QString &text)
{
    QString shown;
    for (const QChar c : text) {
        if (c == u'<')
            shown += "&lt;"_L1;
        else if (c == u'&')
            shown += "&amp;"_L1;
        else if (c.category() == QChar::Other_Control || c == QChar::LineSeparator
                 || c == QChar::ParagraphSeparator)
            shown += u' ';
        else if (QStringView(uR"(\`*_[]#!|>~)").contains(c))
            shown += u'\\' + QString(c);
        else
            shown += c;
    }
    return shown.simplified();
}

} // namespace icebreaker
