#include "share/bundle.h"
#include "share/bundlejob.h"
#include "share/bundlereader.h"
#include "share/bundlesummary.h"
#include "support/hostilesends.h"
#include "support/jsonschema.h"
#include "support/sanitized.h"
#include "support/storesamples.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QByteArray Key = "f00d-k1l2m3n4o5-feed";

QByteArray fileOf(const QList<ZipEntry> &entries, const QString &name)
{
    for (const ZipEntry &entry : entries) {
        if (entry.name == name)
            return entry.bytes;
    }
    return {};
}

/// What a browser could run or fetch; also whether it is XHTML at all.
QStringList dangersIn(const QByteArray &html)
{
    static const QStringList harmless{u"html"_s, u"head"_s, u"meta"_s,    u"title"_s, u"style"_s,
                                      u"body"_s, u"h1"_s,   u"h2"_s,      u"h3"_s,    u"p"_s,
                                      u"ul"_s,   u"li"_s,   u"section"_s, u"table"_s, u"tr"_s,
                                      u"td"_s,   u"th"_s,   u"div"_s,     u"pre"_s};
    static const QStringList attributes{u"lang"_s,    u"charset"_s, u"http-equiv"_s,
                                        u"content"_s, u"name"_s,    u"class"_s};
    QStringList found;
    bool hasPolicy = false;
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (!harmless.contains(reader.name()))
            found.append(reader.name().toString());
        for (const QXmlStreamAttribute &attribute : reader.attributes()) {
            if (!attributes.contains(attribute.name()))
                found.append(attribute.name().toString());
            hasPolicy = hasPolicy || attribute.value().startsWith(u"default-src 'none'");
        }
        if (reader.name() == "style"_L1) {
            const QString style = reader.readElementText();
            if (style.contains("url("_L1) || style.contains("@import"_L1))
                found.append(u"style"_s);
        }
    }
    if (reader.hasError())
        found.append(reader.errorString() + u" in line %1"_s.arg(reader.lineNumber()));
    if (!hasPolicy)
        found.append(u"no policy"_s);
    return found;
}

BundleInput sample()
{
    BundleInput input;
    SendRecord send;
    send.claim = sampleClaim(u"0a1b2c3d-1111-4222-8333-444455556666"_s);
    const SendReport report = sampleReport();
    send.outcome = report.outcome;
    send.answer = report.answer;
    send.settledAt = send.claim.claimedAt.addSecs(4);
    input.sends = {send};
    KeptEvent event;
    event.event = parseStatusEvent("{\"status\":\"delivered\",\"to\":\"447900000001\","
                                   "\"timestamp\":\"2026-11-22T10:00:05Z\"}");
    event.event.raw = "{\"status\":\"delivered\",\"to\":\"447900000001\","
                      "\"timestamp\":\"2026-11-22T10:00:05Z\"}";
    event.event.sendId = send.claim.sendId;
    event.event.arrivedAt = send.claim.claimedAt.addSecs(6);
    event.match = EventMatch::Path;
    input.events.insert(send.claim.sendId, {event});
    input.madeAt = QDateTime(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC);
    input.settings = {{u"total_timeout_seconds"_s, u"30"_s}};
    input.diagnosis = u"Name look-up: 12 ms\nVerdict: it is them."_s;
    return input;
}

} // namespace

class TestBundle : public QObject
{
    Q_OBJECT

private slots:
    void holdsEveryFileAndOpensAgain();
    void aThousandHostileBundlesKeepEverySecret();
    void theCheckRefusesWhatARedactorLetPass();
    void withoutADiagnosisThereIsNoFileOfIt();
    void theSummaryTellsWhatHappened();
    void aTicketsTextIsPlain();
    void collectsFromTheJournal();
    void moreThanABundleHoldsIsRefused();
    void anotherExplanationIsAskedForRedactedSends();
};

void TestBundle::holdsEveryFileAndOpensAgain()
{
    const MadeBundle made = makeBundle(sample(), Redactor({}, {Key}), {Key});
    QCOMPARE(made.end, ExportEnd::Written);
    const auto entries = unzipped(made.zip);
    QVERIFY(entries.has_value());
    QStringList names;
    for (const ZipEntry &entry : *entries)
        names.append(entry.name);
    QCOMPARE(names,
             (QStringList{u"summary.html"_s, u"summary.md"_s, u"sends.har"_s, u"sends.jsonl"_s,
                          u"callbacks.jsonl"_s, u"diagnosis.txt"_s, u"about.json"_s}));
    QFile schemaFile(QStringLiteral(ICEBREAKER_TEST_DATA "/har-1.2.schema.json"));
    QVERIFY(schemaFile.open(QIODevice::ReadOnly));
    const JsonSchema schema(QJsonDocument::fromJson(schemaFile.readAll()).object());
    const auto har = QJsonDocument::fromJson(fileOf(*entries, u"sends.har"_s)).object();
    QCOMPARE(schema.mistakes(har), QStringList());
    QCOMPARE(dangersIn(fileOf(*entries, u"summary.html"_s)), QStringList());
    const auto about = QJsonDocument::fromJson(fileOf(*entries, u"about.json"_s));
    QCOMPARE(about[u"icebreaker_bundle"_s].toInt(), 1);
    QCOMPARE(about[u"redaction"_s][u"numbers"_s].toString(), u"tagged"_s);
    QCOMPARE(about[u"settings"_s][u"total_timeout_seconds"_s].toString(), u"30"_s);

    const auto opened = readBundle(made.zip);
    QVERIFY(opened.has_value());
    QCOMPARE(opened->sends.size(), 1);
    QCOMPARE(opened->unreadable, 0);
    QCOMPARE(opened->madeAt, sample().madeAt);
    QCOMPARE(opened->diagnosis.trimmed(), sample().diagnosis);
    QCOMPARE(opened->sends.first().outcome, Outcome::Accepted);
    QCOMPARE(opened->sends.first().claim.to, u"+44\u20260001#1"_s);
    const auto events = opened->events.value(opened->sends.first().claim.sendId);
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().event.status, DeliveryStatus::Delivered);
    QCOMPARE(events.first().match, EventMatch::Path);
}

/// Found by means of the test's own, in each file as it is unpacked.
void TestBundle::aThousandHostileBundlesKeepEverySecret()
{
    constexpr quint32 bundles = IsSanitized ? 60 : 1000; // five minutes otherwise
    for (quint32 seed = 1; seed <= bundles; ++seed) {
        HostileSends hostile(seed);
        const BundleInput input = hostile.bundle();
        const Planted &planted = hostile.planted();
        const QByteArrayList secrets{planted.key, planted.inboxSecret};
        const MadeBundle made = makeBundle(input, Redactor({}, secrets), secrets);
        const QByteArray which = "bundle " + QByteArray::number(seed);
        QVERIFY2(made.end == ExportEnd::Written, which.constData());
        const auto entries = unzipped(made.zip);
        QVERIFY2(entries.has_value(), which.constData());
        for (const ZipEntry &entry : *entries) {
            const QByteArray where = which + ", " + entry.name.toUtf8() + ": ";
            for (const QByteArray &secret : secrets)
                QVERIFY2(!holdsSecret(entry.bytes, secret), (where + secret).constData());
            for (const QString &number : planted.numbers)
                QVERIFY2(!holdsNumber(entry.bytes, number), (where + number.toUtf8()).constData());
            for (const QString &value : planted.values)
                QVERIFY2(!entry.bytes.contains(value.toUtf8()),
                         (where + value.toUtf8()).constData());
        }
        const QStringList dangers = dangersIn(fileOf(*entries, u"summary.html"_s));
        QVERIFY2(dangers.isEmpty(), (which + ": " + dangers.join(u", "_s).toUtf8()).constData());
        const auto opened = readBundle(made.zip);
        QVERIFY2(opened.has_value(), which.constData());
        QCOMPARE(opened->sends.size(), input.sends.size());
        QCOMPARE(opened->unreadable, 0);
        const auto har = readBundle(fileOf(*entries, u"sends.har"_s));
        QVERIFY2(har.has_value(), which.constData());
        QCOMPARE(har->sends.size(), input.sends.size());
    }
}

/// A redactor that knows nothing of the key.
void TestBundle::theCheckRefusesWhatARedactorLetPass()
{
    BundleInput input = sample();
    input.sends.first().answer.body = "{\"echo\":\"" + Key.toBase64() + "\"}";
    const MadeBundle made = makeBundle(input, Redactor({}, {}), {Key});
    QCOMPARE(made.end, ExportEnd::SecretFound);
    QVERIFY(made.zip.isEmpty());
    QCOMPARE(makeBundle(input, Redactor({}, {Key}), {Key}).end, ExportEnd::Written);
}

void TestBundle::withoutADiagnosisThereIsNoFileOfIt()
{
    BundleInput input = sample();
    input.diagnosis.clear();
    const MadeBundle made = makeBundle(input, Redactor({}, {}), {});
    QCOMPARE(made.files.size(), 6);
    QVERIFY(fileOf(made.files, u"diagnosis.txt"_s).isEmpty());
}

void TestBundle::theSummaryTellsWhatHappened()
{
    const MadeBundle made = makeBundle(sample(), Redactor({}, {}), {});
    for (const QString &name : {u"summary.html"_s, u"summary.md"_s}) {
        const QString text = QString::fromUtf8(fileOf(made.files, name)).remove(u'\\');
        for (const QString &part :
             {u"200 Accepted"_s, u"+44\u20260001#1"_s, u"Delivered"_s, u"order_confirmed"_s,
              u"Sending again would start a second conversation."_s, u"it is them."_s,
              u"2026-11-22 10:00:00.123 UTC"_s, u"session_id"_s, u"x-twice: 2"_s})
            QVERIFY2(text.contains(part), qPrintable(name + u": "_s + part));
    }
}

void TestBundle::aTicketsTextIsPlain()
{
    Redactor redactor({}, {Key});
    const BundleInput input = sample();
    const SendRecord hidden = redactor.record(input.sends.first());
    const QString text = sendText(hidden, {}, explainInWords, input.madeAt);
    QVERIFY(text.contains(u"To: +44\u20260001#1"_s));
    QVERIFY(text.contains(u"Result: 200 Accepted"_s));
    QVERIFY(!text.contains(u"447900000001"_s));
}

void TestBundle::collectsFromTheJournal()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()).has_value());
    QList<qint64> rows;
    for (int i = 0; i < 3; ++i) {
        const Claim claim = sampleClaim();
        rows.append(recordSend(journal, claim, sampleReport()));
        QVERIFY(resultOf(journal.append(sampleEvent(claim.sendId, DeliveryStatus::Read))));
    }
    BundleJob job(journal);
    QSignalSpy collected(&job, &BundleJob::collected);
    QSignalSpy made(&job, &BundleJob::made);
    job.collect({rows.at(2), rows.at(0)}, {});
    QVERIFY(collected.wait());
    QCOMPARE(job.input().sends.size(), 2);
    QCOMPARE(job.input().sends.first().row, rows.at(2));
    QCOMPARE(job.input().events.size(), 2);
    job.make({}, {Key});
    job.make({false, false, false}, {Key}); // of two the last one counts
    QVERIFY(made.wait());
    QCOMPARE(made.size(), 1);
    QVERIFY(fileOf(made.first().first().value<MadeBundle>().files, u"sends.jsonl"_s)
                .contains("447900000001"));
}

void TestBundle::moreThanABundleHoldsIsRefused()
{
    const QTemporaryDir dir;
    Journal journal(dir.path());
    QVERIFY(resultOf(journal.open()).has_value());
    QList<qint64> rows;
    for (qint64 row = 0; row <= BundleMostSends; ++row)
        rows.append(row);
    BundleJob job(journal);
    QSignalSpy failed(&job, &BundleJob::failed);
    job.collect(rows, {});
    QVERIFY(!failed.isEmpty() || failed.wait());
    QCOMPARE(failed.first().first().value<ExportReport>().end, ExportEnd::TooMuch);
}

void TestBundle::anotherExplanationIsAskedForRedactedSends()
{
    BundleInput input = sample();
    input.explain = [](const SendRecord &record, const QList<KeptEvent> &events) {
        return u"Explained %1, %2, %3"_s.arg(record.claim.to, events.first().event.to,
                                             QString::fromLatin1(Key));
    };
    const MadeBundle made = makeBundle(input, Redactor({}, {Key}), {Key});
    QVERIFY(fileOf(made.files, u"summary.html"_s)
                .contains("Explained +44\u20260001#1, +44\u20260001#1, [key-hidden]"));
}

QTEST_GUILESS_MAIN(TestBundle)
#include "tst_bundle.moc"
