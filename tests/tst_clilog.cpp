#include "store/journal.h"
#include "support/cliprocess.h"
#include "support/storesamples.h"

#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

class TestCliLog : public QObject
{
    Q_OBJECT

private slots:
    void worksWhileAnotherProgramHasTheJournalOpen();
    void newestFirstAndNoMoreThanAsked();
    void filtersAsTheWindowDoes();
    void theTableHasALinePerSend();
    void bodiesAreNotPrinted();
    void whatIsUnderWayHasNoOutcome();
    void controlCharactersDoNotReachTheTerminal();
    void aFolderWithoutAJournalStaysAsItIs();
    void aJournalThatCannotBeReadIsAnError();

private:
    static void record(Journal &journal, const QString &to, Outcome outcome, int status,
                       const QString &templateName = u"order_update"_s)
    {
        Claim claim = claimTo(to, templateName);
        SendReport report;
        report.outcome = outcome;
        report.answer.status = status;
        report.answer.body = "body-of-the-answer";
        if (!resultOf(journal.claim(claim)) || !resultOf(journal.settle(claim.sendId, report)))
            qFatal("cannot record");
    }
    static Claim claimTo(const QString &to, const QString &templateName)
    {
        Claim claim;
        claim.sendId = newId();
        claim.claimedAt = QDateTime::currentDateTimeUtc();
        claim.profile = u"Mine"_s;
        claim.region = u"eu"_s;
        claim.url = QUrl(u"https://studio.example.com/messaging/conversation"_s);
        claim.body = "body-of-the-request";
        claim.to = to;
        claim.templateName = templateName;
        claim.locale = u"en"_s;
        claim.channel = u"whatsapp"_s;
        return claim;
    }
    static QStringList recipients(const QList<JsonObject> &rows)
    {
        QStringList found;
        for (const JsonObject &row : rows)
            found.append(textOf(row, u"to"));
        return found;
    }
};

void TestCliLog::worksWhileAnotherProgramHasTheJournalOpen()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    record(window, u"1"_s, Outcome::Accepted, 200);
    QCOMPARE(place.log().size(), 1);
    record(window, u"2"_s, Outcome::Accepted, 200); // and does not disturb it
    QCOMPARE(place.log().size(), 2);
}

void TestCliLog::newestFirstAndNoMoreThanAsked()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    for (int i = 0; i < 60; ++i)
        record(window, QString::number(i), Outcome::Accepted, 200);
    CliProcess byDefault(place.folder(), {u"log"_s, u"--json"_s});
    QCOMPARE(byDefault.run(), 0);
    QCOMPARE(byDefault.objects().size(), 50);
    CliProcess three(place.folder(), {u"--json"_s, u"log"_s, u"--limit"_s, u"3"_s});
    QCOMPARE(three.run(), 0);
    QCOMPARE(recipients(three.objects()), (QStringList{u"59"_s, u"58"_s, u"57"_s}));
    QCOMPARE(place.log().size(), 60);
}

void TestCliLog::filtersAsTheWindowDoes()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    record(window, u"4479"_s, Outcome::Accepted, 200);
    record(window, u"4480"_s, Outcome::RateLimited, 429);
    record(window, u"4481"_s, Outcome::Unknown, 503);
    CliProcess one(place.folder(), {u"log"_s, u"--json"_s, u"to:44"_s, u"status:429"_s});
    QCOMPARE(one.run(), 0);
    QCOMPARE(recipients(one.objects()), QStringList{u"4480"_s});
    CliProcess two(place.folder(), {u"log"_s, u"--json"_s, u"outcome:unknown,accepted"_s});
    QCOMPARE(two.run(), 0);
    QCOMPARE(recipients(two.objects()), (QStringList{u"4481"_s, u"4479"_s}));
    CliProcess none(place.folder(), {u"log"_s, u"to:99"_s});
    QCOMPARE(none.run(), 0);
    QCOMPARE(none.out, QByteArray());
}

void TestCliLog::theTableHasALinePerSend()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    record(window, u"447946000958"_s, Outcome::RateLimited, 429);
    record(window, u"1"_s, Outcome::Accepted, 200);
    CliProcess cli(place.folder(), {u"log"_s});
    QCOMPARE(cli.run(), 0);
    const QByteArrayList lines = cli.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).startsWith("Time "));
    QVERIFY(lines.at(1).contains("200 Accepted "));
    QVERIFY(lines.at(2).contains("429 Too many requests  447946000958  order_update"));
    QCOMPARE(lines.at(0).indexOf("To "), lines.at(2).indexOf("447946000958"));
}

void TestCliLog::bodiesAreNotPrinted()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    record(window, u"1"_s, Outcome::Accepted, 200);
    for (const QStringList &arguments : {QStringList{u"log"_s}, {u"log"_s, u"--json"_s}}) {
        CliProcess cli(place.folder(), arguments);
        QCOMPARE(cli.run(), 0);
        QVERIFY(!cli.out.isEmpty());
        QVERIFY(!cli.out.contains("body-of"));
    }
}

void TestCliLog::whatIsUnderWayHasNoOutcome()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    QVERIFY(resultOf(window.claim(claimTo(u"1"_s, {}))).has_value());
    QCOMPARE(place.outcomes(), QStringList{u"null"_s});
}

void TestCliLog::controlCharactersDoNotReachTheTerminal()
{
    const Workplace place;
    Journal window(place.folder());
    QVERIFY(resultOf(window.open()).has_value());
    record(window, u"1"_s, Outcome::Accepted, 200, u"\u001b[2Jboo\n\u202ereversed"_s);
    CliProcess cli(place.folder(), {u"log"_s});
    QCOMPARE(cli.run(), 0);
    QVERIFY(cli.out.contains("boo"));
    QVERIFY(!cli.out.contains('\x1b'));
    QVERIFY(!QString::fromUtf8(cli.out).contains(QChar(0x202e)));
    QCOMPARE(cli.out.count('\n'), 2);
}

void TestCliLog::aFolderWithoutAJournalStaysAsItIs()
{
    const Workplace place;
    CliProcess cli(place.folder(), {u"log"_s});
    QCOMPARE(cli.run(), 0);
    QCOMPARE(cli.out, QByteArray());
    QVERIFY(!QFileInfo::exists(place.folder()));
}

void TestCliLog::aJournalThatCannotBeReadIsAnError()
{
    const Workplace place;
    QVERIFY(QDir().mkpath(place.folder() + u"/journal.sqlite/x"_s));
    CliProcess cli(place.folder(), {u"log"_s});
    QCOMPARE(cli.run(), 1);
    QVERIFY(cli.err.contains("journal"));
}

QTEST_GUILESS_MAIN(TestCliLog)
#include "tst_clilog.moc"
