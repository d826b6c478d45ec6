#include "core/endpoint.h"
#include "secrets/vault.h"
#include "store/inboxfile.h"
#include "store/journal.h"
#include "store/profiles.h"
#include "support/cliprocess.h"
#include "support/keyring.h"
#include "support/secretforms.h"
#include "support/storesamples.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QByteArray Key = "kx9-0123456789_export.KEY";
const QByteArray InboxSecret = "q7x9w2e4r5t6";
const QString Number = u"447946000958"_s;

} // namespace

/// `log --export`, with a real keychain.
class TestCliExport : public QObject
{
    Q_OBJECT

private slots:
    void everyFormatComesOut_data();
    void everyFormatComesOut();
    void nothingSecretComesOut_data() { everyFormatComesOut_data(); }
    void nothingSecretComesOut();
    void aFileIsWrittenAndToldOf();
    void theFilterAndTheLimitHold();
    void choicesAreTakenFromTheCommandLine();
    void whatMakesNoSenseIsBadUsage_data();
    void whatMakesNoSenseIsBadUsage();
    void withoutAJournalNothingIsWritten();
    void aFileThatCannotBeWrittenIsAnError();

private:
    /// Two sends, of which the older one's answer holds all that must not be seen.
    static void fill(const Workplace &place)
    {
        Profile profile = builtInProfile();
        profile.name = u"Export"_s;
        profile.region = Region::Eu;
        profile.keyInKeychain = true;
        Vault vault;
        if (!await(vault.store(profile.id, origin(documentedBase(Region::Eu)), Key)))
            qFatal("no keychain");
        InboxFile inbox;
        inbox.listener.secret = QString::fromLatin1(InboxSecret);
        if (!saveProfiles(place.folder(), {profile}) || !saveInbox(place.folder(), inbox))
            qFatal("cannot save");
        Journal journal(place.folder());
        if (!resultOf(journal.open()))
            qFatal("cannot open");
        Claim claim = sampleClaim();
        claim.to = Number;
        claim.body = requestJson(Number.toLatin1(),
                                 ",\"session_parameters\":[{\"name\":\"NAME\","
                                 "\"value\":\"Zoe Maxwell\"}]");
        SendReport report = sampleReport();
        report.answer.body = "{\"message\":\"";
        for (const SecretForm &form : secretForms(Key)) {
            if (!form.text.contains(u'\\') && !form.text.contains(u'"')
                && !form.text.contains(u'\r') && !form.text.contains(QChar(u'\0')))
                report.answer.body += form.text.toUtf8() + ' ';
        }
        report.answer.body += InboxSecret + " +44 7946 000958 Zoe Maxwell\"}";
        recordSend(journal, claim, report);
        Claim other = sampleClaim();
        other.to = u"4915112345678"_s;
        recordSend(journal, other, sampleReport(Outcome::RateLimited, 429));
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestCliExport::everyFormatComesOut_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("csv") << u"csv"_s << QByteArray("\xEF\xBB\xBFtime,id,outcome,status,to,");
    QTest::newRow("jsonl") << u"jsonl"_s << QByteArray("{\"id\":\"");
    QTest::newRow("har") << u"har"_s << QByteArray("{\"log\":{\"version\":\"1.2\",");
    QTest::newRow("md") << u"md"_s << QByteArray("| time | outcome | status | to |");
}

void TestCliExport::everyFormatComesOut()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, begin);
    const Workplace place;
    fill(place);
    CliProcess cli(place.folder(), {u"log"_s, u"--export"_s, format});
    QCOMPARE(cli.run(), 0);
    QVERIFY2(cli.out.startsWith(begin), cli.out.left(80).constData());
    QVERIFY(cli.out.contains("limited"));
    QVERIFY(cli.out.contains("+44\u20260958"));
    QCOMPARE(cli.err, QByteArray());
}

void TestCliExport::nothingSecretComesOut()
{
    QFETCH(QString, format);
    const Workplace place;
    fill(place);
    CliProcess cli(place.folder(), {u"log"_s, u"--export"_s, format});
    QCOMPARE(cli.run(), 0);
    QVERIFY(!holdsSecret(cli.out, Key));
    QVERIFY(!holdsSecret(cli.out, InboxSecret));
    QVERIFY(!holdsNumber(cli.out, Number));
    QVERIFY(!cli.out.contains("Maxwell"));
    QVERIFY(cli.out.contains("[key-hidden") || cli.out.contains("\\[key-hidden"));
}

void TestCliExport::aFileIsWrittenAndToldOf()
{
    const Workplace place;
    fill(place);
    const QString path = place.file("old", u"out.jsonl"_s);
    CliProcess cli(place.folder(),
                   {u"--json"_s, u"log"_s, u"--export"_s, u"jsonl"_s, u"--out"_s, path});
    QCOMPARE(cli.run(), 0);
    QCOMPARE(cli.objects().size(), 1);
    QCOMPARE(textOf(cli.objects().first(), u"sends"), u"2"_s);
    QCOMPARE(textOf(cli.objects().first(), u"file"), path);
    QCOMPARE(read(path).count('\n'), 2);
    CliProcess people(place.folder(), {u"log"_s, u"--export"_s, u"md"_s, u"--out"_s, path});
    QCOMPARE(people.run(), 0);
    QCOMPARE(people.out, QByteArray());
    QVERIFY(people.err.contains(" written to "));
}

void TestCliExport::theFilterAndTheLimitHold()
{
    const Workplace place;
    fill(place);
    CliProcess filtered(place.folder(), {u"log"_s, u"to:4479"_s, u"--export"_s, u"jsonl"_s});
    QCOMPARE(filtered.run(), 0);
    QCOMPARE(filtered.objects().size(), 1);
    CliProcess limited(place.folder(), {u"log"_s, u"--export"_s, u"jsonl"_s, u"--limit"_s, u"1"_s});
    QCOMPARE(limited.run(), 0);
    QCOMPARE(limited.objects().size(), 1);
    QCOMPARE(textOf(limited.objects().first(), u"outcome"), u"rate_limited"_s);
}

void TestCliExport::choicesAreTakenFromTheCommandLine()
{
    const Workplace place;
    fill(place);
    CliProcess open(place.folder(),
                    {u"log"_s, u"--export"_s, u"jsonl"_s, u"--show-numbers"_s, u"--show-values"_s});
    QCOMPARE(open.run(), 0);
    QVERIFY(open.out.contains("447946000958"));
    QVERIFY(open.out.contains("Zoe Maxwell"));
    QVERIFY(!holdsSecret(open.out, Key)); // there is no option for that
    QVERIFY(open.out.contains("\"name\":\"NAME\""));
    CliProcess closed(place.folder(), {u"log"_s, u"--export"_s, u"jsonl"_s, u"--hide-names"_s});
    QCOMPARE(closed.run(), 0);
    QVERIFY(!closed.out.contains("\"name\":\"NAME\""));
}

void TestCliExport::whatMakesNoSenseIsBadUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("format") << QStringList{u"--export"_s, u"xls"_s};
    QTest::newRow("no format") << QStringList{u"--out"_s, u"x"_s};
    QTest::newRow("no export") << QStringList{u"--show-numbers"_s};
    QTest::newRow("json") << QStringList{u"--json"_s, u"--export"_s, u"csv"_s};
    QTest::newRow("limit") << QStringList{u"--export"_s, u"csv"_s, u"--limit"_s, u"0"_s};
    QTest::newRow("filter") << QStringList{u"--export"_s, u"csv"_s, u"nonsense:1"_s};
}

void TestCliExport::whatMakesNoSenseIsBadUsage()
{
    QFETCH(QStringList, arguments);
    const Workplace place;
    CliProcess cli(place.folder(), QStringList{u"log"_s} + arguments);
    QCOMPARE(cli.run(), 2);
    QVERIFY(!cli.err.isEmpty());
}

void TestCliExport::withoutAJournalNothingIsWritten()
{
    const Workplace place;
    const QString path = place.file("old", u"out"_s);
    CliProcess cli(place.folder(), {u"log"_s, u"--export"_s, u"csv"_s, u"--out"_s, path});
    QCOMPARE(cli.run(), 0);
    QCOMPARE(read(path), QByteArray("old"));
    QVERIFY(!QFileInfo::exists(place.folder()));
}

void TestCliExport::aFileThatCannotBeWrittenIsAnError()
{
    const Workplace place;
    fill(place);
    CliProcess cli(place.folder(),
                   {u"log"_s, u"--export"_s, u"csv"_s, u"--out"_s, place.folder() + u"/none/x"_s});
    QCOMPARE(cli.run(), 1);
    QVERIFY(cli.err.contains("could not be written"));
}

QTEST_GUILESS_MAIN(TestCliExport)
#include "tst_cliexport.moc"
