#include "core/catalogue.h"
#include "core/explanation.h"

#include <QSet>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

const QList<Outcome> Outcomes{Outcome::Accepted, Outcome::RateLimited, Outcome::Refused,
                              Outcome::NotSent,  Outcome::Unknown,     Outcome::Cancelled};

const QList<DeliveryStatus> Deliveries{DeliveryStatus::Submitted,     DeliveryStatus::Delivered,
                                       DeliveryStatus::Read,          DeliveryStatus::Rejected,
                                       DeliveryStatus::Undeliverable, DeliveryStatus::Failed,
                                       DeliveryStatus::Other};

/// Those of tst_wireoutcomes, and the rest of what servers answer.
const QList<int> Statuses{20,  100, 103, 200, 201, 202, 204, 206, 300, 301, 302, 303,
                          304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408,
                          409, 410, 413, 415, 418, 422, 425, 429, 431, 451, 499, 500,
                          501, 502, 503, 504, 505, 511, 599, 600, 999, 2000};

/// Statuses that must have words of their own, not only those of their class.
const QList<int> NamedStatuses{200, 201, 204, 304, 400, 401, 402, 403, 404, 405, 407, 408,
                               409, 410, 413, 418, 422, 429, 451, 500, 501, 502, 503, 504};

/// Every code of the documentation's tables: Messages API, then WhatsApp.
const QList<int> VonageCodes{1000, 1010, 1020, 1021, 1022, 1030, 1040, 1050, 1060, 1070,
                             1080, 1090, 1100, 1110, 1120, 1130, 1140, 1150, 1160, 1170,
                             1180, 1190, 1200, 1210, 1220, 1230, 1240, 1241, 1250, 1260,
                             1270, 1280, 1290, 1300, 1310, 1320, 1330, 1340, 1350, 1360,
                             1370, 1380, 1400, 1420, 1430, 1440, 1450, 1460, 1470, 1999};
const QList<int> MetaCodes{0,      1,      2,      3,      4,      10,     33,     100,    190,
                           200,    250,    299,    368,    80007,  130429, 130472, 130497, 131000,
                           131005, 131008, 131009, 131016, 131021, 131026, 131031, 131037, 131042,
                           131045, 131047, 131048, 131049, 131051, 131052, 131053, 131056, 131057,
                           132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068,
                           132069, 133004, 133010, 135000};
const QStringList ProblemTypes{u"low-balance"_s,    u"unauthorized"_s,     u"forbidden"_s,
                               u"not-found"_s,      u"unprovisioned"_s,    u"account-suspended"_s,
                               u"jwt-expired"_s,    u"jwt-revoked"_s,      u"invalid-api-key"_s,
                               u"invalid-params"_s, u"invalid-signature"_s};

/// The most specific of what applies, or nullptr.
const CatalogueEntry *best(const CaseFacts &facts)
{
    const auto found = Catalogue::builtIn().matching(facts);
    return found.isEmpty() ? nullptr : Catalogue::builtIn().find(found.first().id);
}

Outcome outcomeOf(int status)
{
    return classify({true, true, status, false});
}

QByteArray entryWith(const QByteArray &members)
{
    return R"({"entries":[{"id":"x","when":{"outcome":["refused"]},"title":"T","means":"M",)"
           R"("reached":"no","again":"safe","mover":["you"],"next":"N","sure":"inferred",)"
           R"("source":"S")"
        + members + "}]}";
}

QString mistakeIn(const QByteArray &json)
{
    const auto read = Catalogue::fromJson(u"f.json"_s, json);
    return read ? QString() : read.error().detail;
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private slots:
    void everyEntryAnswersAllFiveAndNamesItsSource();
    void everyOutcomeHasAnEntry();
    void everyStateOfDeliveryHasAnEntry();
    void everyStatusHasAnEntry();
    void everyNetworkProblemHasAnEntry();
    void everyVonageCodeHasAnEntry();
    void everyMetaCodeHasAnEntry();
    void everyProblemTypeHasAnEntry();
    void bodiesAreRecognised_data();
    void bodiesAreRecognised();
    void whatIsNotKnownIsNotPromised();
    void nothingIsSafeThatIsNeverSentAgain();
    void unsureEntriesSaySo();
    void badFilesAreRefusedWithTheirReason_data();
    void badFilesAreRefusedWithTheirReason();
    void theSameConditionsTwiceAreRefused();
    void aMissingFolderIsAnError();
};

void TestCatalogue::everyEntryAnswersAllFiveAndNamesItsSource()
{
    QVERIFY(Catalogue::load(u":/icebreaker/catalogue"_s));
    QVERIFY(Catalogue::builtIn().entries().size() > 100);
    QSet<QString> ids;
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        QVERIFY2(!entry.title.isEmpty() && !entry.means.isEmpty() && !entry.movers.isEmpty()
                     && !entry.next.isEmpty() && !entry.source.isEmpty(),
                 qPrintable(entry.id));
        QVERIFY2(entry.means.endsWith(u'.') && entry.next.endsWith(u'.'), qPrintable(entry.id));
        ids.insert(entry.id);
    }
    QCOMPARE(ids.size(), Catalogue::builtIn().entries().size());
}

void TestCatalogue::everyOutcomeHasAnEntry()
{
    CaseFacts inFlight;
    QVERIFY(best(inFlight) != nullptr && best(inFlight)->when.inFlight);
    for (const Outcome outcome : Outcomes) {
        CaseFacts facts;
        facts.outcome = outcome;
        facts.delivery = DeliveryStatus::Other; // "none" has words of its own
        const auto found = Catalogue::builtIn().matching(facts);
        QVERIFY2(std::any_of(found.begin(), found.end(),
                             [outcome](const CatalogueEntry &entry) {
                                 return entry.when.rank() == 1
                                     && entry.when.outcomes == QList{outcome};
                             }),
                 outcomeName(outcome).data());
    }
}

void TestCatalogue::everyStateOfDeliveryHasAnEntry()
{
    for (const Outcome outcome : {Outcome::Accepted, Outcome::Unknown}) {
        for (const DeliveryStatus delivery : Deliveries) {
            CaseFacts facts;
            facts.outcome = outcome;
            facts.delivery = delivery;
            QVERIFY(best(facts) != nullptr);
            QCOMPARE(best(facts)->when.deliveries, QList{delivery});
            facts.isGuess = true;
            QVERIFY(best(facts)->when.guessedDelivery);
        }
    }
    CaseFacts nothingHeard;
    nothingHeard.outcome = Outcome::Accepted;
    QCOMPARE(best(nothingHeard)->id, u"delivery-none"_s);
}

void TestCatalogue::everyStatusHasAnEntry()
{
    for (const int status : Statuses) {
        CaseFacts facts;
        facts.outcome = outcomeOf(status);
        facts.status = status;
        facts.form = AnswerForm::Json;
        facts.delivery = DeliveryStatus::Other;
        const auto found = Catalogue::builtIn().matching(facts);
        const auto entry = std::find_if(found.begin(), found.end(), [](const auto &each) {
            return !each.when.statuses.isEmpty();
        });
        QVERIFY2(entry != found.end(), qPrintable(QString::number(status)));
        if (NamedStatuses.contains(status))
            QCOMPARE(entry->when.statuses, (QList<CodeRange>{{status, status}}));
    }
}

void TestCatalogue::everyNetworkProblemHasAnEntry()
{
    for (int number = 1; number <= int(TransportProblem::Other); ++number) {
        const auto problem = static_cast<TransportProblem>(number);
        // Before the connection stands, nothing can be unknown.
        const bool isEarly = problem == TransportProblem::NameNotResolved
            || problem == TransportProblem::ConnectionRefused
            || problem == TransportProblem::KeyNotForHost;
        for (const Outcome outcome : {Outcome::NotSent, Outcome::Unknown, Outcome::Accepted,
                                      Outcome::Refused, Outcome::RateLimited}) {
            if (isEarly && outcome != Outcome::NotSent)
                continue;
            CaseFacts facts;
            facts.outcome = outcome;
            facts.problem = problem;
            facts.form = AnswerForm::Json;
            facts.delivery = DeliveryStatus::Other;
            const auto found = Catalogue::builtIn().matching(facts);
            QVERIFY2(std::any_of(found.begin(), found.end(),
                                 [problem](const CatalogueEntry &entry) {
                                     return entry.when.problems.contains(problem);
                                 }),
                     qPrintable(u"%1 %2"_s.arg(number).arg(QString(outcomeName(outcome)))));
        }
    }
}

void TestCatalogue::everyVonageCodeHasAnEntry()
{
    for (const int code : VonageCodes) {
        CaseFacts facts;
        facts.outcome = Outcome::Accepted;
        facts.delivery = DeliveryStatus::Rejected;
        facts.vonageCodes = {QString::number(code)};
        QVERIFY2(best(facts) != nullptr && !best(facts)->when.vonageCodes.isEmpty(),
                 qPrintable(QString::number(code)));
    }
    for (const char *code : {"1390", "1410", "2000", "999", "x", ""})
        QVERIFY(!Catalogue::builtIn().knowsVonage(QString::fromLatin1(code)));
}

void TestCatalogue::everyMetaCodeHasAnEntry()
{
    for (const int code : MetaCodes) {
        CaseFacts facts;
        facts.outcome = Outcome::Accepted;
        facts.delivery = DeliveryStatus::Rejected;
        facts.vonageCodes = {u"1030"_s};
        facts.metaCodes = {QString::number(code)};
        QVERIFY2(best(facts) != nullptr && !best(facts)->when.metaCodes.isEmpty(),
                 qPrintable(QString::number(code)));
    }
    QVERIFY(!Catalogue::builtIn().knowsMeta(u"139999"_s));
}

void TestCatalogue::everyProblemTypeHasAnEntry()
{
    for (const QString &type : ProblemTypes) {
        CaseFacts facts;
        facts.outcome = Outcome::Refused;
        facts.problemTypes = {type};
        QVERIFY2(best(facts)->when.problemTypes == QStringList{type}, qPrintable(type));
    }
}

void TestCatalogue::bodiesAreRecognised_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("unpublished") << 404
                                 << QByteArray(R"({"message":"published version for Agent x)"
                                               R"( was not found"})")
                                 << u"body-unpublished"_s;
    QTest::newRow("no agent") << 400
                              << QByteArray("ID x is not an ID to any agent or published version")
                              << u"body-unpublished"_s;
    QTest::newRow("too many") << 429 << QByteArray(R"({"message":"Too Many Requests. Ask"})")
                              << u"body-too-many"_s;
    QTest::newRow("too many, doubled quotes")
        << 429 << QByteArray(R"({""message"":""Too Many Requests. Ask""})") << u"body-too-many"_s;
    QTest::newRow("page, unknown")
        << 200 << QByteArray("<!doctype html><p>Log in") << u"body-html-unknown"_s;
    QTest::newRow("page, refused") << 403 << QByteArray("<html>no") << u"body-html-refused"_s;
    QTest::newRow("empty") << 400 << QByteArray("  ") << u"body-empty-refused"_s;
    QTest::newRow("almost JSON") << 400 << QByteArray(R"({""message"":""locale is wrong""})")
                                 << u"body-lenient"_s;
}

void TestCatalogue::bodiesAreRecognised()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, id);
    SendRecord record;
    record.answer.status = status;
    record.answer.body = body;
    record.outcome = classify({true, true, status, isHtml(record.answer)});
    const Explanation explanation = explain(Catalogue::builtIn(), record, {});
    QVERIFY(!explanation.applied.isEmpty());
    QCOMPARE(explanation.lead()->id, id);
}

// Break it by writing "Nothing reached the recipient" into an entry for 500.
void TestCatalogue::whatIsNotKnownIsNotPromised()
{
    const QStringList forbidden{
        u"nothing reached"_s, u"was not sent"_s,   u"was not started"_s,   u"nothing was started"_s,
        u"it is safe"_s,      u"did not arrive"_s, u"may be sent again"_s, u"then send it again"_s};
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        const QList<Outcome> &outcomes = entry.when.outcomes;
        bool mayBeUnknown = outcomes.contains(Outcome::Unknown) || entry.when.inFlight
            || !entry.when.notes.isEmpty();
        for (const CodeRange &range : entry.when.statuses) {
            mayBeUnknown = mayBeUnknown || outcomeOf(range.first) == Outcome::Unknown
                || outcomeOf(range.last) == Outcome::Unknown;
        }
        if (!mayBeUnknown)
            continue;
        QVERIFY2(entry.reached == Reached::Unknown, qPrintable(entry.id));
        QVERIFY2(entry.again == Again::FindOutFirst, qPrintable(entry.id));
        QVERIFY2(!entry.actions.contains(NextAction::SendAgain), qPrintable(entry.id));
        const QString all = u"%1 %2 %3 %4 %5"_s.arg(entry.title, entry.means, entry.reachedNote,
                                                    entry.againNote, entry.next);
        for (const QString &claim : forbidden)
            QVERIFY2(!all.contains(claim, Qt::CaseInsensitive),
                     qPrintable(entry.id + u": "_s + claim));
    }
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        if (!entry.when.outcomes.contains(Outcome::Accepted))
            continue; // accepted is not delivered
        QVERIFY2(entry.reached == Reached::Unknown, qPrintable(entry.id));
        QVERIFY2(entry.again == Again::Never, qPrintable(entry.id));
    }
}

void TestCatalogue::nothingIsSafeThatIsNeverSentAgain()
{
    const QList<Outcome> offered{Outcome::NotSent, Outcome::Cancelled, Outcome::RateLimited};
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        const bool isOffered = !entry.when.outcomes.isEmpty()
            && std::all_of(entry.when.outcomes.begin(), entry.when.outcomes.end(),
                           [&offered](Outcome each) { return offered.contains(each); });
        const bool is429 = entry.when.statuses == QList<CodeRange>{{429, 429}};
        if (entry.again == Again::Safe)
            QVERIFY2(isOffered, qPrintable(entry.id));
        if (entry.actions.contains(NextAction::SendAgain))
            QVERIFY2(isOffered || is429, qPrintable(entry.id));
    }
}

void TestCatalogue::unsureEntriesSaySo()
{
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        if (!entry.when.metaCodes.isEmpty())
            QVERIFY2(entry.certainty == Certainty::SecondHand, qPrintable(entry.id));
    }
    const CatalogueEntry *entry = Catalogue::builtIn().find(u"vonage-not-known"_s);
    QVERIFY(entry != nullptr);
    QCOMPARE(entry->certainty, Certainty::NotKnown);
    QCOMPARE(entry->reached, Reached::Unknown);
}

void TestCatalogue::badFilesAreRefusedWithTheirReason_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no JSON") << QByteArray("{") << u"f.json: not JSON at line 1"_s;
    QTest::newRow("another document") << QByteArray("[]") << u"“entries”"_s;
    QTest::newRow("more than entries") << QByteArray(R"({"entries":[],"x":1})") << u"“entries”"_s;
    QTest::newRow("no object") << QByteArray(R"({"entries":[1]})") << u"not an object"_s;
    QTest::newRow("nothing in it") << QByteArray(R"({"entries":[{}]})") << u"no “id”"_s;
    QTest::newRow("unknown member") << entryWith(R"(,"meens":"M")") << u"“meens” is not known"_s;
    QTest::newRow("twice") << entryWith(R"(,"next":"N")") << u"“next” is there twice"_s;
    QTest::newRow("empty text") << entryWith(R"(,"url":"")") << u"“url” is not a text"_s;
    QTest::newRow("http") << entryWith(R"(,"url":"http://x.invalid/")") << u"no https address"_s;
    QTest::newRow("action") << entryWith(R"(,"actions":["fly"])") << u"“actions” cannot be “fly”"_s;
    QTest::newRow("empty list") << entryWith(R"(,"actions":[])") << u"or empty"_s;
    const QByteArray good = entryWith({});
    QTest::newRow("word") << QByteArray(good).replace(R"("again":"safe")", R"("again":"sure")")
                          << u"“again” cannot be “sure”"_s;
    QTest::newRow("no source") << QByteArray(good).replace(R"(,"source":"S")", "")
                               << u"entry x: no “source”"_s;
    QTest::newRow("no condition") << QByteArray(good).replace(R"({"outcome":["refused"]})", "{}")
                                  << u"asks for nothing"_s;
    QTest::newRow("outcome") << QByteArray(good).replace("refused", "lost")
                             << u"“outcome” cannot be “lost”"_s;
    QTest::newRow("range") << QByteArray(good).replace(R"("outcome":["refused"])",
                                                       R"("status":["599-500"])")
                           << u"599-500 is no code"_s;
    QTest::newRow("not a code") << QByteArray(good).replace(R"("outcome":["refused"])",
                                                            R"("meta":["131x"])")
                                << u"131x is no code"_s;
    QTest::newRow("delivery") << QByteArray(good).replace(R"("outcome":["refused"])",
                                                          R"("delivery":["eaten"])")
                              << u"“delivery” cannot be “eaten”"_s;
    QTest::newRow("state") << QByteArray(good).replace(R"("outcome":["refused"])",
                                                       R"("state":["odd"])")
                           << u"“state” can only be"_s;
    QTest::newRow("unknown condition") << QByteArray(good).replace(R"("outcome":)", R"("weather":)")
                                       << u"“weather” is not known"_s;
}

void TestCatalogue::badFilesAreRefusedWithTheirReason()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, reason);
    const QString mistake = mistakeIn(json);
    QVERIFY2(mistake.contains(reason), qPrintable(mistake));
    QVERIFY(mistake.startsWith(u"f.json"_s));
    QCOMPARE(mistakeIn(entryWith({})), QString());
}

void TestCatalogue::theSameConditionsTwiceAreRefused()
{
    const QByteArray one = entryWith({}).chopped(2); // without the end
    const QByteArray second = entryWith({}).mid(qsizetype(qstrlen(R"({"entries":[)")));
    QVERIFY(mistakeIn(one + ',' + second).contains(u"there twice"_s));
    const QByteArray other = QByteArray(second).replace(R"("id":"x")", R"("id":"y")");
    QVERIFY(mistakeIn(one + ',' + other).contains(u"applies exactly when x does"_s));
}

void TestCatalogue::aMissingFolderIsAnError()
{
    const auto loaded = Catalogue::load(u":/icebreaker/nowhere"_s);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::InvalidInput);
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
