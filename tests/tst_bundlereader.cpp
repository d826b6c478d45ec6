#include "interop/bundlezip.h"
#include "share/bundlereader.h"

#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

const QByteArray About = "{\"icebreaker_bundle\":1,\"made_at\":\"2026-11-23T08:00:00.000Z\"}";
const QByteArray Send = "{\"id\":\"a\",\"to\":\"+44\",\"outcome\":\"accepted\",\"status\":200}\n";
const QDateTime Made(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC);

QByteArray bundleOf(const QByteArray &sends, const QByteArray &about = About,
                    const QByteArray &callbacks = {})
{
    return zipped(
        {{u"about.json"_s, about}, {u"sends.jsonl"_s, sends}, {u"callbacks.jsonl"_s, callbacks}},
        Made);
}

} // namespace

/// A bundle from anyone is bad input until proven otherwise.
class TestBundleReader : public QObject
{
    Q_OBJECT

private slots:
    void whatIsNoBundleIsSaidToBeNone_data();
    void whatIsNoBundleIsSaidToBeNone();
    void namesThatLeadElsewhereAreRefused_data();
    void namesThatLeadElsewhereAreRefused();
    void twoFilesOfOneNameAreRefused();
    void bombsAreRefused();
    void encryptedFilesAreRefused();
    void aWrongChecksumIsDamage();
    void aZipThatIsCutIsDamage();
    void anyByteMayBeWrong();
    void badLinesAreLeftOutAndCounted();
    void sendsOfOneIdAreTakenOnce();
    void deepJsonIsLeftOut();
    void bytesThatAreNoTextAreShownAsSuch();
    void aHarOfAnotherProgramIsTaken();
    void aBundleIsKnownByItsHead();
};

void TestBundleReader::whatIsNoBundleIsSaidToBeNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<BundleProblem>("problem");
    const auto add = [](const char *name, const QByteArray &bytes, BundleProblem problem) {
        QTest::newRow(name) << bytes << problem;
    };
    add("nothing", {}, BundleProblem::NotABundle);
    add("text", "hello", BundleProblem::NotABundle);
    add("json", "{\"log\":7}", BundleProblem::NotABundle);
    add("other json", "{\"log\":{\"entries\":{}}}", BundleProblem::NotABundle);
    add("har without sends", "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\"}},7]}}",
        BundleProblem::Empty);
    add("zip's head only", "PK\x03\x04", BundleProblem::Damaged);
    add("zip of something else", zipped({{u"a.txt"_s, "x"}}, Made), BundleProblem::NotABundle);
    add("about is no json", bundleOf(Send, "{"), BundleProblem::NotABundle);
    add("about is a list", bundleOf(Send, "[1]"), BundleProblem::NotABundle);
    add("no version", bundleOf(Send, "{}"), BundleProblem::NotABundle);
    add("version is a word", bundleOf(Send, "{\"icebreaker_bundle\":\"x\"}"),
        BundleProblem::NotABundle);
    add("version 0", bundleOf(Send, "{\"icebreaker_bundle\":0}"), BundleProblem::NotABundle);
    add("newer", bundleOf(Send, "{\"icebreaker_bundle\":2}"), BundleProblem::TooNew);
    add("no sends", bundleOf({}), BundleProblem::Empty);
    add("sends of the wrong type", bundleOf("[1]\n\"x\"\n{\"id\":[]}\nnull"), BundleProblem::Empty);
    add("too big", QByteArray(BundleFileMaxBytes + 1, 'x'), BundleProblem::TooBig);
}

void TestBundleReader::whatIsNoBundleIsSaidToBeNone()
{
    QFETCH(QByteArray, bytes);
    QFETCH(BundleProblem, problem);
    const auto opened = readBundle(bytes);
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error(), problem);
}

void TestBundleReader::namesThatLeadElsewhereAreRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name :
         {u"../about.json"_s, u"/etc/passwd"_s, u"a/b"_s, u"a\\b"_s, u"C:x"_s, u".hidden"_s,
          u".."_s, u"a b"_s, u"\u202etxt.exe"_s, u"x"_s.repeated(65)})
        QTest::newRow(qPrintable(name)) << name;
}

void TestBundleReader::namesThatLeadElsewhereAreRefused()
{
    QFETCH(QString, name);
    const auto entries = unzipped(zipped({{u"about.json"_s, About}, {name, "x"}}, Made));
    QVERIFY(!entries.has_value());
    QCOMPARE(entries.error(), BundleProblem::SuspiciousName);
}

void TestBundleReader::twoFilesOfOneNameAreRefused()
{
    for (const QString &twin : {u"about.json"_s, u"ABOUT.json"_s}) {
        const auto entries = unzipped(zipped({{u"about.json"_s, About}, {twin, About}}, Made));
        QVERIFY(!entries.has_value());
        QCOMPARE(entries.error(), BundleProblem::DuplicateName);
    }
}

void TestBundleReader::bombsAreRefused()
{
    constexpr qsizetype size = 8 * 1024 * 1024;
    const QByteArray bomb = zipped({{u"sends.jsonl"_s, QByteArray(size, ' ')}}, Made);
    QVERIFY(bomb.size() < 20'000);
    QCOMPARE(unzipped(bomb).error(), BundleProblem::TooBig); // by its ratio
    ZipLimits limits;
    limits.ratio = 10'000;
    QVERIFY(unzipped(bomb, limits).has_value());
    limits.bytes = size - 1;
    QCOMPARE(unzipped(bomb, limits).error(), BundleProblem::TooBig);
    // A zip may lie about what it unpacks to: it is not asked.
    QByteArray liar = bomb;
    liar.replace(QByteArray("\x00\x00\x80\x00", 4), QByteArray("\x01\x00\x00\x00", 4));
    QVERIFY(!unzipped(liar).has_value());
    QList<ZipEntry> many;
    for (int i = 0; i < 33; ++i)
        many.append({u"f%1"_s.arg(i), "x"});
    QCOMPARE(unzipped(zipped(many, Made)).error(), BundleProblem::TooManyFiles);
    limits.zipBytes = 10;
    QCOMPARE(unzipped(bomb, limits).error(), BundleProblem::TooBig);
}

void TestBundleReader::encryptedFilesAreRefused()
{
    QByteArray zip = bundleOf(Send);
    constexpr qsizetype flagsOfCentralHeader = 8; // APPNOTE.TXT 4.3.12
    const qsizetype central = zip.indexOf("PK\x01\x02");
    QVERIFY(central > 0);
    zip[central + flagsOfCentralHeader] =
        static_cast<char>(zip.at(central + flagsOfCentralHeader) | 1);
    QCOMPARE(unzipped(zip).error(), BundleProblem::Encrypted);
}

void TestBundleReader::aWrongChecksumIsDamage()
{
    QByteArray zip = bundleOf(Send);
    constexpr qsizetype checksumOfCentralHeader = 16;
    const qsizetype central = zip.indexOf("PK\x01\x02");
    zip[central + checksumOfCentralHeader] =
        static_cast<char>(~zip.at(central + checksumOfCentralHeader));
    QCOMPARE(unzipped(zip).error(), BundleProblem::Damaged);
}

void TestBundleReader::aZipThatIsCutIsDamage()
{
    const QByteArray zip = bundleOf(Send);
    QVERIFY(readBundle(zip).has_value());
    constexpr qsizetype endRecord = 22; // its own end holds nothing that anybody misses
    for (qsizetype size = 2; size < zip.size(); ++size) {
        const auto read = readBundle(zip.first(size));
        QVERIFY2(!read || size > zip.size() - endRecord, QByteArray::number(size).constData());
        if (read)
            QCOMPARE(read->sends.size(), 1);
    }
}

/// Whatever comes of it: neither a crash nor more than there was.
void TestBundleReader::anyByteMayBeWrong()
{
    QRandomGenerator random(7);
    const QByteArray zip = bundleOf(Send.repeated(20));
    int opened = 0;
    for (int round = 0; round < 4000; ++round) {
        QByteArray wrong = zip;
        for (int i = 1 + random.bounded(3); i > 0; --i)
            wrong[random.bounded(wrong.size())] = static_cast<char>(random.bounded(256));
        const auto read = readBundle(wrong);
        opened += read ? 1 : 0;
        if (read)
            QVERIFY(read->sends.size() <= 1);
    }
    QVERIFY(opened < 4000);
}

void TestBundleReader::badLinesAreLeftOutAndCounted()
{
    const QByteArray callbacks = "{\"send\":\"a\",\"raw\":{\"status\":\"read\"}}\n"
                                 "{\"send\":\"nobody\",\"raw\":{}}\n{\"send\":\"a\"}\nrubbish\n";
    const auto opened = readBundle(bundleOf(Send + "\n\nrubbish\n{}\r\n", About, callbacks));
    QVERIFY(opened.has_value());
    QCOMPARE(opened->sends.size(), 1);
    QCOMPARE(opened->events.value(u"a"_s).size(), 1);
    QCOMPARE(opened->unreadable, 5);
}

void TestBundleReader::sendsOfOneIdAreTakenOnce()
{
    const auto opened = readBundle(bundleOf(Send + Send));
    QCOMPARE(opened->sends.size(), 1);
    QCOMPARE(opened->unreadable, 1);
}

void TestBundleReader::deepJsonIsLeftOut()
{
    const QByteArray deep = "{\"id\":\"deep\",\"request\":" + QByteArray(100'000, '[')
        + QByteArray(100'000, ']') + "}\n";
    const auto opened = readBundle(bundleOf(Send + deep));
    QCOMPARE(opened->sends.size(), 1);
    QCOMPARE(opened->unreadable, 1);
    QCOMPARE(readBundle(QByteArray(1'000'000, '[')).error(), BundleProblem::NotABundle);
}

void TestBundleReader::bytesThatAreNoTextAreShownAsSuch()
{
    const auto opened = readBundle(bundleOf(Send + "{\"id\":\"\xff\xfe\"}\n", About));
    QVERIFY(opened.has_value());
    QCOMPARE(opened->sends.first().claim.sendId, u"a"_s);
    const QByteArray withDiagnosis = zipped(
        {{u"about.json"_s, About}, {u"sends.jsonl"_s, Send}, {u"diagnosis.txt"_s, "\xff ok"}},
        Made);
    QCOMPARE(readBundle(withDiagnosis)->diagnosis, u"\ufffd ok"_s);
}

void TestBundleReader::aHarOfAnotherProgramIsTaken()
{
    const QByteArray entry = "{\"request\":{\"method\":\"POST\",\"url\":\"https://h/\"},"
                             "\"response\":{\"status\":401}}";
    const auto opened = readBundle("{\"log\":{\"creator\":{\"name\":\"Fox\",\"version\":\"1\"},"
                                   "\"entries\":["
                                   + entry + ',' + entry + "]}}");
    QVERIFY(opened.has_value());
    QVERIFY(opened->isHar);
    QCOMPARE(opened->madeBy, u"Fox 1"_s);
    QCOMPARE(opened->sends.size(), 2);
    QCOMPARE(opened->sends.at(1).outcome, Outcome::Refused);
    QVERIFY(opened->sends.at(0).claim.sendId != opened->sends.at(1).claim.sendId);
}

void TestBundleReader::aBundleIsKnownByItsHead()
{
    QVERIFY(looksLikeBundle(bundleOf(Send)));
    QVERIFY(looksLikeBundle(" {\"log\":{\"entries\":[{\"_icebreaker\":{}}]}}"));
    QVERIFY(!looksLikeBundle("{\"log\":{\"entries\":[]}}"));
    QVERIFY(!looksLikeBundle("to,name\n"));
}

QTEST_APPLESS_MAIN(TestBundleReader)
#include "tst_bundlereader.moc"
