#include "store/draft.h"

#include "support/storesamples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestDraft : public QObject
{
    Q_OBJECT

private slots:
    void everythingRoundTrips();
    void eachProfileHasItsOwn();
    void absentDraftIsNothing();
    void requestThatIsNotUtf8IsRefused();
    void idThatIsNoUuidNamesNoFile();
    void brokenDraftIsSetAside_data();
    void brokenDraftIsSetAside();
    void failedSaveKeepsTheOldDraft();
    void othersCannotReadTheFiles();
    void theOneDraftOfEarlierVersionsIsATab();
};

namespace {

/// One request, without any other.
TabSet one(const Draft &draft)
{
    return {{{newId(), {}, {}, {}, true, draft}}, 0, {}};
}

QString pathOf(const QTemporaryDir &dir, const QString &id)
{
    return dir.filePath(u"drafts/"_s + id + u".json"_s);
}

} // namespace

void TestDraft::everythingRoundTrips()
{
    const QTemporaryDir dir;
    const QString id = newId();
    const QList<Draft> drafts{
        {R"({ "to" : "44", "to": 1.0 })", false, u"+44 (79) 46"_s},
        {R"({"half a form":)", true, nastyText()},
        {nastyText().toUtf8(), true, QString()},
        {QByteArray(), true, QString()},
    };
    for (const Draft &draft : drafts) {
        const TabSet tabs{{{newId(), nastyText(), u"/a/b.json"_s, "beef", false, draft},
                           {newId(), {}, {}, {}, true, {}}},
                          1,
                          {{newId(), u"gone"_s, {}, {}, true, draft}}};
        QVERIFY(saveTabs(dir.path(), id, tabs));
        const auto loaded = loadTabs(dir.path(), id);
        QVERIFY(loaded);
        QVERIFY(*loaded == tabs);
    }
}

void TestDraft::eachProfileHasItsOwn()
{
    const QTemporaryDir dir;
    const QString first = newId();
    const QString second = newId();
    QVERIFY(saveTabs(dir.path(), first, one({"1", true, {}})));
    QVERIFY(saveTabs(dir.path(), second, one({"2", true, {}})));
    QCOMPARE(loadTabs(dir.path(), first)->tabs.first().draft.request, QByteArray("1"));
    QCOMPARE(loadTabs(dir.path(), second)->tabs.first().draft.request, QByteArray("2"));
}

void TestDraft::absentDraftIsNothing()
{
    const QTemporaryDir dir;
    QVERIFY(!loadTabs(dir.path(), newId()));
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestDraft::requestThatIsNotUtf8IsRefused()
{
    const QTemporaryDir dir;
    const auto saved = saveTabs(dir.path(), newId(), one({"\xFF\xFE", true, {}}));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::InvalidInput);
}

void TestDraft::idThatIsNoUuidNamesNoFile()
{
    const QTemporaryDir dir;
    for (const QString &id : {u"../evil"_s, QString(), u'{' + newId() + u'}'}) {
        const auto saved = saveTabs(dir.path(), id, one({"1", true, {}}));
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::InvalidInput);
        QVERIFY(!loadTabs(dir.path(), id));
    }
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestDraft::brokenDraftIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut") << QByteArray(R"({"request":"x)");
    QTest::newRow("wrong type") << QByteArray(R"({"request":{},"built_in_inbox":true,"to":""})");
    QTest::newRow("a broken tab") << QByteArray(R"({"tabs":[{}],"closed":[],"current":0})");
    QTest::newRow("member gone") << QByteArray(R"({"request":"","to":""})");
}

void TestDraft::brokenDraftIsSetAside()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveTabs(dir.path(), id, one({})));
    QFile file(pathOf(dir, id));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    QVERIFY(!loadTabs(dir.path(), id));
    QVERIFY(saveTabs(dir.path(), id, one({"new", true, {}})));
    const auto aside = QDir(dir.filePath(u"drafts"_s)).entryInfoList({id + u"-damaged-*.json"_s});
    QCOMPARE(aside.size(), 1);
    QFile kept(aside.front().filePath());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
}

void TestDraft::failedSaveKeepsTheOldDraft()
{
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveTabs(dir.path(), id, one({"old", true, {}})));
    QVERIFY(!saveTabs(dir.path(), id, one({"\xFF", true, {}})));
    QCOMPARE(loadTabs(dir.path(), id)->tabs.first().draft.request, QByteArray("old"));
    QCOMPARE(QDir(dir.filePath(u"drafts"_s)).entryList(QDir::Files).size(), 1);
}

void TestDraft::othersCannotReadTheFiles()
{
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveTabs(dir.path(), id, one({})));
    constexpr auto Others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(pathOf(dir, id)).permissions() & Others, QFile::Permissions());
    QCOMPARE(QFileInfo(dir.filePath(u"drafts"_s)).permissions() & Others, QFile::Permissions());
}

void TestDraft::theOneDraftOfEarlierVersionsIsATab()
{
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveTabs(dir.path(), id, {}));
    QFile file(pathOf(dir, id));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(R"({"request":"{\"to\":\"44\"}","built_in_inbox":false,"to":"+44"})");
    file.close();
    const auto tabs = loadTabs(dir.path(), id);
    QVERIFY(tabs);
    QCOMPARE(tabs->tabs.size(), 1);
    QVERIFY(tabs->tabs.first().draft == (Draft{R"({"to":"44"})", false, u"+44"_s}));
    QVERIFY(!tabs->tabs.first().id.isEmpty());
    QVERIFY(QDir(dir.filePath(u"drafts"_s)).entryList({u"*damaged*"_s}).isEmpty());
}

QTEST_GUILESS_MAIN(TestDraft)
#include "tst_draft.moc"
