#include "share/bundle.h"

#include "core/catalogue.h"
#include "core/explanation.h"
#include "core/json.h"
#include "interop/sendformats.h"
#include "interop/sendsjson.h"
#include "share/bundlesummary.h"
#include "share/exportfile.h"
#include "words/explainwords.h"
#include "words/exportwords.h"

#include <QLocale>
#include <QSysInfo>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

JsonObject redactionObject(const RedactionChoices &choices)
{
    return {{{u"numbers"_s, choices.tagNumbers ? u"tagged"_s : u"whole"_s},
             {u"values"_s, choices.hideValues ? u"hidden"_s : u"shown"_s},
             {u"names"_s, choices.hideNames ? u"hidden"_s : u"shown"_s},
             {u"keys"_s, u"hidden"_s}}};
}

/// Those of all sends: what is about all of them may hold any.
QStringList valuesOf(const BundleInput &input)
{
    QStringList values;
    for (const SendRecord &send : input.sends)
        values += Redactor::valuesIn(send.claim.body);
    values.removeDuplicates();
    return values;
}

QByteArray aboutFile(const BundleInput &input, Redactor &redactor)
{
    JsonObject settings;
    const QStringList values = valuesOf(input);
    for (const auto &[name, value] : input.settings)
        settings.members.emplace_back(redactor.text(name, values), redactor.text(value, values));
    const JsonObject about{{{u"icebreaker_bundle"_s, JsonValue::number(BundleVersion)},
                            {u"made_at"_s, input.madeAt.toUTC().toString(Qt::ISODateWithMs)},
                            {u"icebreaker"_s, u"" ICEBREAKER_VERSION ""_s},
                            {u"qt"_s, QString::fromLatin1(qVersion())},
                            {u"system"_s, QSysInfo::prettyProductName()},
                            {u"architecture"_s, QSysInfo::currentCpuArchitecture()},
                            {u"language"_s, QLocale().name()},
                            {u"sends"_s, JsonValue::number(input.sends.size())},
                            {u"redaction"_s, redactionObject(redactor.choices())},
                            {u"settings"_s, settings}}};
    return toJson(about, JsonStyle::Indented) + '\n';
}

QByteArray sendsFile(const QList<SendRecord> &sends, ExportFormat format)
{
    QByteArray bytes = exportBegin(format);
    for (qsizetype i = 0; i < sends.size(); ++i)
        bytes += exportEntry(format, sends.at(i), i == 0);
    return bytes + exportEnd(format);
}

QByteArray callbacksFile(const BundleInput &input)
{
    QByteArray bytes;
    for (const SendRecord &send : input.sends) {
        const auto events = input.events.value(send.claim.sendId);
        for (const KeptEvent &event : events)
            bytes += toJson(eventObject(event), JsonStyle::Compact) + '\n';
    }
    return bytes;
}

ExportEnd checked(const QByteArray &zip, const QByteArrayList &secrets, const NumberTags *numbers)
{
    const auto entries = unzipped(zip, {32, zip.size(), 1LL << 32, 1LL << 32});
    if (!entries)
        return ExportEnd::FileFailed;
    LeakCheck check(secrets, numbers);
    LeakCheck::Found found = LeakCheck::Found::Nothing;
    for (const ZipEntry &entry : *entries) {
        check.look(entry.bytes);
        found = check.finish();
    }
    return endFor(found);
}

} // namespace

QString explainInWords(const SendRecord &record, const QList<KeptEvent> &events)
{
    return explanationText(explain(Catalogue::builtIn(), record, events));
}

BundleInput redactedInput(const BundleInput &input, Redactor &redactor)
{
    // All numbers first, so that each is known wherever it stands.
    for (const SendRecord &send : input.sends) {
        redactor.learn(send);
        const auto events = input.events.value(send.claim.sendId);
        for (const KeptEvent &event : events)
            redactor.learn(event);
    }
    BundleInput hidden = input;
    hidden.sends.clear();
    hidden.events.clear();
    for (const SendRecord &send : input.sends) {
        hidden.sends.append(redactor.record(send));
        QList<KeptEvent> &events = hidden.events[send.claim.sendId];
        const auto kept = input.events.value(send.claim.sendId);
        for (const KeptEvent &event : kept)
            events.append(redactor.event(event, send));
    }
    hidden.diagnosis = redactor.text(input.diagnosis, valuesOf(input));
    hidden.explain = [&redactor, explain = input.explain](const SendRecord &send,
                                                          const QList<KeptEvent> &events) {
        return redactor.text(explain(send, events));
    };
    return hidden;
}

MadeBundle makeBundle(const BundleInput &input, Redactor redactor, const QByteArrayList &secrets)
{
    const BundleInput hidden = redactedInput(input, redactor);
    const QStringList notes = redactionTexts(redactor.choices());
    MadeBundle made;
    made.files = {{u"summary.html"_s, summaryHtml(hidden, notes)},
                  {u"summary.md"_s, summaryMarkdown(hidden, notes)},
                  {u"sends.har"_s, sendsFile(hidden.sends, ExportFormat::Har)},
                  {u"sends.jsonl"_s, sendsFile(hidden.sends, ExportFormat::JsonLines)},
                  {u"callbacks.jsonl"_s, callbacksFile(hidden)}};
    if (!hidden.diagnosis.isEmpty())
        made.files.append({u"diagnosis.txt"_s, hidden.diagnosis.toUtf8() + '\n'});
    made.files.append({u"about.json"_s, aboutFile(input, redactor)});
    made.zip = zipped(made.files, input.madeAt);
    made.end =
        checked(made.zip, secrets, redactor.choices().tagNumbers ? &redactor.numbers() : nullptr);
    if (made.end != ExportEnd::Written)
        made.zip.clear();
    return made;
}

} // namespace icebreaker
