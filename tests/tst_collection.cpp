#include "store/collection.h"
#include "store/collectionfiles.h"
#include "store/collectionwatch.h"
#include "store/requestnames.h"

#include "support/storesamples.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

using Kind = CollectionEntry::Kind;

/// Saved requests: their files, and that nobody's work is overwritten.
class TestCollection : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_dir.reset(); }

    void aFileReadsBackAsItWasWritten();
    void theFileIsForPeopleAndStable();
    void whatIsNotOursStaysInItsPlace();
    void brokenFilesAreToldAndLeftAlone_data();
    void brokenFilesAreToldAndLeftAlone();
    void aChangedFileIsNotOverwritten();
    void aNewFileTakesNobodysPlace();
    void aHostileNameBecomesAHarmlessFile_data();
    void aHostileNameBecomesAHarmlessFile();
    void namesThatDifferInCaseOnlyGetFilesOfTheirOwn();
    void theTreeIsSortedAndKnowsItsFolders();
    void linksInARingEnd();
    void aPipeIsNotWaitedFor();
    void renamingMovesTheExamplesToo();
    void nothingIsMovedOntoSomethingElse();
    void aCopyHasANameOfItsOwn();
    void variablesAreReadFromTheirFile();
    void aKeyIsFoundBeforeItIsWritten();
    void changesOnDiskAreSeenAtOnce();
    void fiveThousandFilesAreReadQuickly();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray bytesOf(const QString &name) const;
    [[nodiscard]] Collection read() const
    {
        return readCollection(m_dir->path(), [] { return false; });
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

SavedRequest named(const QString &name)
{
    SavedRequest saved;
    saved.name = name;
    saved.request.setText(Field::Locale, u"es"_s);
    return saved;
}

const QByteArray Minimal = R"({"icebreaker_request":1,"request":{"template":"t","locale":"de"}})";

} // namespace

void TestCollection::write(const QString &name, const QByteArray &bytes) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray TestCollection::bytesOf(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCollection::aFileReadsBackAsItWasWritten()
{
    SavedRequest saved = named(u"Order update"_s);
    saved.description = u"# Über\n\nwith `code` and \U0001F600"_s;
    saved.request =
        OutboundRequest::fromJson(
            R"({"x":[1.0,{"y":null}],"to":"{{to}}","status_url":"{{inbox}}","n":12345678901234567890})")
            .value();
    const auto added = addRequest(m_dir->path(), saved);
    QVERIFY(added);
    QCOMPARE(*added, path(u"Order update.json"_s));
    const auto again = readSavedRequest(*added);
    QVERIFY(again);
    QCOMPARE(again->saved.name, saved.name);
    QCOMPARE(again->saved.description, saved.description);
    QCOMPARE(again->saved.request, saved.request);
    QCOMPARE(savedRequestBytes(again->saved, saved.name), bytesOf(u"Order update.json"_s));
}

void TestCollection::theFileIsForPeopleAndStable()
{
    SavedRequest saved = named(u"a/b"_s);
    saved.description = u"Why"_s;
    const QByteArray bytes = savedRequestBytes(saved, u"a-b"_s);
    QVERIFY(bytes.startsWith("{\n  \"icebreaker_request\": 1,\n  \"name\": \"a/b\",\n"
                             "  \"description\": \"Why\",\n  \"request\": {\n"));
    QVERIFY(bytes.endsWith("}\n"));
    QVERIFY(!savedRequestBytes(named(u"ab"_s), u"ab"_s).contains("\"name\""));
}

void TestCollection::whatIsNotOursStaysInItsPlace()
{
    write(u"a.json"_s,
          R"({"owner":"me","request":{"to":"1"},"icebreaker_request":1,"tags":[1.0]})");
    auto read = readSavedRequest(path(u"a.json"_s));
    QVERIFY(read);
    read->saved.request.setText(Field::To, u"2"_s);
    const QByteArray bytes = savedRequestBytes(read->saved, u"a"_s);
    QCOMPARE(parseJson(bytes)->object()->members.front().first, u"owner"_s);
    QCOMPARE(parseJson(bytes)->object()->members.back().first, u"tags"_s);
    QVERIFY(bytes.contains("1.0"));
}

void TestCollection::brokenFilesAreToldAndLeftAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<BrokenRequest>("why");
    QTest::newRow("empty") << QByteArray() << BrokenRequest::NotJson;
    QTest::newRow("cut") << QByteArray(R"({"icebreaker_request":1,"request":{)")
                         << BrokenRequest::NotJson;
    QTest::newRow("merge") << QByteArray("<<<<<<< HEAD\n{}\n=======\n") << BrokenRequest::NotJson;
    QTest::newRow("binary") << nastyBytes() << BrokenRequest::NotJson;
    QTest::newRow("deep") << QByteArray(100'000, '[') << BrokenRequest::NotJson;
    QTest::newRow("another kind") << QByteArray(R"({"name":"package"})")
                                  << BrokenRequest::NotARequest;
    QTest::newRow("list") << QByteArray("[]") << BrokenRequest::NotARequest;
    QTest::newRow("no request") << QByteArray(R"({"icebreaker_request":1,"request":"x"})")
                                << BrokenRequest::NotARequest;
    QTest::newRow("newer") << QByteArray(R"({"icebreaker_request":2,"request":{}})")
                           << BrokenRequest::TooNew;
    QTest::newRow("huge") << QByteArray(LargestRequestFile + 1, ' ') << BrokenRequest::TooLarge;
}

void TestCollection::brokenFilesAreToldAndLeftAlone()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const BrokenRequest, why);
    write(u"x.json"_s, bytes);
    write(u"good.json"_s, Minimal);
    const auto all = read().top.children;
    QCOMPARE(all.size(), 2);
    QVERIFY(all.at(0).kind == Kind::Request);
    QVERIFY(all.at(1).kind == Kind::Broken);
    QVERIFY(all.at(1).problem.why == why);
    QCOMPARE(bytesOf(u"x.json"_s), bytes);
    QVERIFY(!renameEntry(path(u"x.json"_s), u"y"_s));
    QCOMPARE(bytesOf(u"x.json"_s), bytes);
}

// Break it by leaving the comparison of hashes out of writeUnlessChanged().
void TestCollection::aChangedFileIsNotOverwritten()
{
    write(u"a.json"_s, Minimal);
    const auto before = readSavedRequest(path(u"a.json"_s));
    const QByteArray theirs = R"({"icebreaker_request":1,"request":{"template":"theirs"}})";
    write(u"a.json"_s, theirs);
    const auto refused = writeUnlessChanged(path(u"a.json"_s), "mine", before->hash);
    QVERIFY(!refused);
    QCOMPARE(std::get<ChangedOnDisk>(refused.error()).hash, contentHash(theirs));
    QCOMPARE(bytesOf(u"a.json"_s), theirs);
    QVERIFY(writeUnlessChanged(path(u"a.json"_s), "mine", contentHash(theirs)));
    QCOMPARE(bytesOf(u"a.json"_s), QByteArray("mine"));
    QVERIFY(QFile::remove(path(u"a.json"_s)));
    QVERIFY(writeUnlessChanged(path(u"a.json"_s), "again", contentHash("mine")));
    QCOMPARE(bytesOf(u"a.json"_s), QByteArray("again"));
}

void TestCollection::aNewFileTakesNobodysPlace()
{
    write(u"a.json"_s, "theirs");
    QVERIFY(!writeUnlessChanged(path(u"a.json"_s), "mine", {}));
    QCOMPARE(bytesOf(u"a.json"_s), QByteArray("theirs"));
    const auto added = addRequest(m_dir->path(), named(u"A"_s));
    QVERIFY(added);
    QCOMPARE(*added, path(u"A 2.json"_s));
    QCOMPARE(readSavedRequest(*added)->saved.name, u"A 2"_s);
}

void TestCollection::aHostileNameBecomesAHarmlessFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("stem");
    QTest::newRow("harmless") << u"Größe 1.5 (neu)"_s << u"Größe 1.5 (neu)"_s;
    QTest::newRow("slashes") << u"../../etc/passwd"_s << u"_..-..-etc-passwd"_s;
    QTest::newRow("windows") << u"a\\b:c*d?e\"f<g>h|i"_s << u"a-b-c-d-e-f-g-h-i"_s;
    QTest::newRow("device") << u"con"_s << u"_con"_s;
    QTest::newRow("device with suffix") << u"LPT1.old"_s << u"_LPT1.old"_s;
    QTest::newRow("no device") << u"console"_s << u"console"_s;
    QTest::newRow("dots") << u".."_s << u"Request"_s;
    QTest::newRow("hidden") << u".git"_s << u"_.git"_s;
    QTest::newRow("dot at the end") << u"a. ."_s << u"a"_s;
    QTest::newRow("control") << u"a\u0001b\u202Ec"_s << u"a-b-c"_s;
    QTest::newRow("nul") << u"a"_s + QChar(0) + u"b"_s << u"a-b"_s;
    QTest::newRow("empty") << u"  "_s << u"Request"_s;
}

void TestCollection::aHostileNameBecomesAHarmlessFile()
{
    QFETCH(const QString, name);
    QFETCH(const QString, stem);
    QCOMPARE(fileNameFor(name), stem);
    QCOMPARE(fileNameFor(stem), stem);
    const auto added = addRequest(m_dir->path(), named(name));
    QVERIFY(added);
    QCOMPARE(*added, path(stem + u".json"_s));
    QCOMPARE(readSavedRequest(*added)->saved.name, name.trimmed().isEmpty() ? stem : name);
}

void TestCollection::namesThatDifferInCaseOnlyGetFilesOfTheirOwn()
{
    for (const QString &name : {u"Straße"_s, u"STRASSE"_s, u"straße"_s}) {
        QVERIFY(addRequest(m_dir->path(), named(name)));
        QVERIFY(addRequest(m_dir->path(), named(QString(5000, u'x'))));
        QVERIFY(
            addRequest(m_dir->path(), named(QString::fromUtf8("\xF0\x9F\x98\x80").repeated(99))));
    }
    QSet<QString> folded;
    const auto names = QDir(m_dir->path()).entryList(QDir::Files);
    for (const QString &each : names) {
        folded.insert(each.toCaseFolded());
        QVERIFY(each.toUtf8().size() < 200);
        QVERIFY(each.isValidUtf16());
    }
    QCOMPARE(folded.size(), 9);
}

void TestCollection::theTreeIsSortedAndKnowsItsFolders()
{
    write(u"b 10.json"_s, Minimal);
    write(u"b 9.json"_s, Minimal);
    write(u"Zoo/inner/c.json"_s, Minimal);
    write(u".git/config.json"_s, Minimal);
    write(u"b 9.answers/ok.json"_s, "{}");
    write(u"README.md"_s, "x");
    const auto all = read().top.children;
    QCOMPARE(all.size(), 3);
    QCOMPARE(all.at(0).name, u"Zoo"_s);
    QCOMPARE(all.at(0).children.first().children.first().name, u"c"_s);
    QCOMPARE(all.at(1).name, u"b 9"_s);
    QCOMPARE(all.at(1).locale, u"de"_s);
    QCOMPARE(all.at(1).examples, QStringList{u"ok.json"_s});
    QCOMPARE(all.at(2).name, u"b 10"_s);
}

void TestCollection::linksInARingEnd()
{
    write(u"a/b/x.json"_s, Minimal);
    QVERIFY(QFile::link(m_dir->path(), path(u"a/b/up"_s)));
    QVERIFY(QFile::link(path(u"a/b"_s), path(u"a/b/self"_s)));
    QVERIFY(QFile::link(path(u"nowhere"_s), path(u"gone.json"_s)));
    const auto all = read().top.children;
    QCOMPARE(all.first().children.first().children.size(), 1);
}

void TestCollection::aPipeIsNotWaitedFor()
{
    QCOMPARE(::mkfifo(path(u"pipe.json"_s).toUtf8().constData(), 0600), 0);
    const auto all = read().top.children;
    QVERIFY(all.isEmpty() || all.first().problem.why == BrokenRequest::Unreadable);
}

void TestCollection::renamingMovesTheExamplesToo()
{
    const QString before = addRequest(m_dir->path(), named(u"old"_s)).value();
    QVERIFY(addExample(before, u"Accepted"_s, {}));
    const auto after = renameEntry(before, u"new/er"_s);
    QVERIFY(after);
    QCOMPARE(*after, path(u"new-er.json"_s));
    QCOMPARE(readSavedRequest(*after)->saved.name, u"new/er"_s);
    QVERIFY(QFile::exists(path(u"new-er.answers/Accepted.json"_s)));
    const auto plain = renameEntry(*after, u"plain"_s);
    QVERIFY(plain);
    QVERIFY(!bytesOf(u"plain.json"_s).contains("\"name\""));
    const QString folder = addFolder(m_dir->path(), u"f"_s).value();
    const auto moved = moveEntry(*plain, folder);
    QVERIFY(moved);
    QVERIFY(QFile::exists(path(u"f/plain.answers/Accepted.json"_s)));
    const auto renamed = renameEntry(folder, u"g"_s);
    QVERIFY(renamed);
    QVERIFY(QFile::exists(path(u"g/plain.json"_s)));
}

void TestCollection::nothingIsMovedOntoSomethingElse()
{
    write(u"a.json"_s, Minimal);
    write(u"f/a.json"_s, "theirs");
    write(u"b.json"_s, Minimal);
    QVERIFY(!moveEntry(path(u"a.json"_s), path(u"f"_s)));
    QVERIFY(!renameEntry(path(u"b.json"_s), u"a"_s));
    QVERIFY(!moveEntry(path(u"f"_s), path(u"f"_s)));
    QVERIFY(QDir().mkpath(path(u"f/inner"_s)));
    QVERIFY(!moveEntry(path(u"f"_s), path(u"f/inner"_s)));
    QCOMPARE(bytesOf(u"f/a.json"_s), QByteArray("theirs"));
    QCOMPARE(bytesOf(u"a.json"_s), Minimal);
    QCOMPARE(bytesOf(u"b.json"_s), Minimal);
}

void TestCollection::aCopyHasANameOfItsOwn()
{
    const QString first = addRequest(m_dir->path(), named(u"a"_s)).value();
    QVERIFY(addExample(first, u"Accepted"_s, {}));
    const auto copy = duplicateRequest(first, u"a"_s);
    QVERIFY(copy);
    QCOMPARE(*copy, path(u"a 2.json"_s));
    QVERIFY(QFile::exists(path(u"a 2.answers/Accepted.json"_s)));
    QVERIFY(QFile::exists(path(u"a.answers/Accepted.json"_s)));
}

void TestCollection::variablesAreReadFromTheirFile()
{
    const QList<Variable> variables{{u"shop"_s, nastyText()}, {u"a b"_s, u"{{x}}"_s}};
    write(u"variables.json"_s, variablesFileBytes(variables));
    QCOMPARE(read().variables, variables);
    QVERIFY(read().top.children.isEmpty());
    for (const QByteArray &bad :
         {QByteArray(R"({"variables":{"a":"b"}})"), QByteArray("[]"),
          QByteArray(R"({"icebreaker_variables":1,"variables":{"a":1}})"),
          QByteArray(R"({"icebreaker_variables":1,"variables":{"a":"1","a":"2"}})")}) {
        write(u"variables.json"_s, bad);
        QVERIFY(read().variablesBroken);
        QVERIFY(read().variables.isEmpty());
    }
}

void TestCollection::aKeyIsFoundBeforeItIsWritten()
{
    const QByteArray key = "9f8e7d6c5b4a39281706";
    SavedRequest saved = named(u"a"_s);
    saved.request =
        OutboundRequest::fromJson(
            R"({"to":"447946000958","status_url":"{{inbox}}","agent_id":"64b7f0c2a9d14e5b8c3f1a20"})")
            .value();
    QVERIFY(secretInside(savedRequestBytes(saved, u"a"_s), {key}) == SecretInside::None);
    saved.description = u"My key is "_s + QString::fromLatin1(key.toBase64());
    QVERIFY(secretInside(savedRequestBytes(saved, u"a"_s), {key}) == SecretInside::Known);
    saved.description = u"X-Vgai-Key: 0123456789abcdef"_s;
    QVERIFY(secretInside(savedRequestBytes(saved, u"a"_s), {key}) == SecretInside::Likely);
}

void TestCollection::changesOnDiskAreSeenAtOnce()
{
    write(u"f/a.json"_s, Minimal);
    CollectionWatch watch(m_dir->path());
    const auto locale = [&watch] {
        const auto &all = watch.collection().top.children;
        return all.isEmpty() || all.first().children.isEmpty()
            ? QString()
            : all.first().children.first().locale;
    };
    QTRY_COMPARE(locale(), u"de"_s);
    // In place, as some editors do; then by another file, as others do.
    write(u"f/a.json"_s, R"({"icebreaker_request":1,"request":{"locale":"fr"}})");
    QTRY_COMPARE(locale(), u"fr"_s);
    write(u"f/new"_s, R"({"icebreaker_request":1,"request":{"locale":"it"}})");
    QVERIFY(QFile::remove(path(u"f/a.json"_s)));
    QVERIFY(QFile::rename(path(u"f/new"_s), path(u"f/a.json"_s)));
    QTRY_COMPARE(locale(), u"it"_s);
    write(u"f/a.json"_s, R"({"icebreaker_request":1,"request":{"locale":"en"}})");
    QTRY_COMPARE(locale(), u"en"_s);
    write(u"0/z.json"_s, Minimal);
    QTRY_COMPARE(locale(), u"de"_s);
    QVERIFY(QDir(path(u"f"_s)).removeRecursively());
    QTRY_COMPARE(watch.collection().top.children.size(), 1);
}

void TestCollection::fiveThousandFilesAreReadQuickly()
{
    for (int i = 0; i < 5000; ++i)
        write(u"f%1/r%2.json"_s.arg(i % 50).arg(i), Minimal);
    QElapsedTimer clock;
    clock.start();
    CollectionWatch watch(m_dir->path());
    const qint64 made = clock.elapsed();
    const QSignalSpy read(&watch, &CollectionWatch::wasRead);
    qint64 longest = 0;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            longest = std::max(longest, clock.restart());
            return !read.isEmpty();
        }(),
        30'000);
    qsizetype count = 0;
    for (const CollectionEntry &folder : watch.collection().top.children)
        count += folder.children.size();
    QCOMPARE(count, 5000);
    qInfo() << "constructed in" << made << "ms, longest wait" << longest << "ms";
    QVERIFY(made < 200); // it is read elsewhere
}

QTEST_GUILESS_MAIN(TestCollection)
#include "tst_collection.moc"
