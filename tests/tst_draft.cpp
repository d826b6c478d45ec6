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
};

namespace {

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
        QVERIFY(saveDraft(dir.path(), id, draft));
        const auto loaded = loadDraft(dir.path(), id);
        QVERIFY(loaded);
        QVERIFY(*loaded == draft);
    }
}

void TestDraft::eachProfileHasItsOwn()
{
    const QTemporaryDir dir;
    const QString first = newId();
    const QString second = newId();
    QVERIFY(saveDraft(dir.path(), first, {"1", true, {}}));
    QVERIFY(saveDraft(dir.path(), second, {"2", true, {}}));
    QCOMPARE(loadDraft(dir.path(), first)->request, QByteArray("1"));
    QCOMPARE(loadDraft(dir.path(), second)->request, QByteArray("2"));
}

void TestDraft::absentDraftIsNothing()
{
    const QTemporaryDir dir;
    QVERIFY(!loadDraft(dir.path(), newId()));
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestDraft::requestThatIsNotUtf8IsRefused()
{
    const QTemporaryDir dir;
    const auto saved = saveDraft(dir.path(), newId(), {"\xFF\xFE", true, {}});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::InvalidInput);
}

void TestDraft::idThatIsNoUuidNamesNoFile()
{
    const QTemporaryDir dir;
    for (const QString &id : {u"../evil"_s, QString(), u'{' + newId() + u'}'}) {
        const auto saved = saveDraft(dir.path(), id, {"1", true, {}});
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::InvalidInput);
        QVERIFY(!loadDraft(dir.path(), id));
    }
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestDraft::brokenDraftIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut") << QByteArray(R"({"request":"x)");
    QTest::newRow("wrong type") << QByteArray(R"({"request":{},"built_in_inbox":true,"to":""})");
    QTest::newRow("member gone") << QByteArray(R"({"request":"","to":""})");
}

void TestDraft::brokenDraftIsSetAside()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveDraft(dir.path(), id, {}));
    QFile file(pathOf(dir, id));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    QVERIFY(!loadDraft(dir.path(), id));
    QVERIFY(saveDraft(dir.path(), id, {"new", true, {}}));
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
    QVERIFY(saveDraft(dir.path(), id, {"old", true, {}}));
    QVERIFY(!saveDraft(dir.path(), id, {"\xFF", true, {}}));
    QCOMPARE(loadDraft(dir.path(), id)->request, QByteArray("old"));
    QCOMPARE(QDir(dir.filePath(u"drafts"_s)).entryList(QDir::Files).size(), 1);
}

void TestDraft::othersCannotReadTheFiles()
{
    const QTemporaryDir dir;
    const QString id = newId();
    QVERIFY(saveDraft(dir.path(), id, {}));
    constexpr auto Others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(pathOf(dir, id)).permissions() & Others, QFile::Permissions());
    QCOMPARE(QFileInfo(dir.filePath(u"drafts"_s)).permissions() & Others, QFile::Permissions());
}

QTEST_GUILESS_MAIN(TestDraft)
#include "tst_draft.moc"
