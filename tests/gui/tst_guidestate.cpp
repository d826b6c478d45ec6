#include "guide/guidestate.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestGuideState : public QObject
{
    Q_OBJECT

private slots:
    void withoutAFileThereAreDefaults();
    void everythingRoundTrips();
    void aFileThatIsNotUnderstoodIsSetAside_data();
    void aFileThatIsNotUnderstoodIsSetAside();
    void aFolderThatCannotBeMadeIsAnError();
    void whatWasUsedLastIsFirstAndOnce();
};

void TestGuideState::withoutAFileThereAreDefaults()
{
    const QTemporaryDir dir;
    const auto state = loadGuideState(dir.path());
    QVERIFY(state);
    QVERIFY(*state == GuideState());
    QVERIFY(!state->isTourDone);
}

void TestGuideState::everythingRoundTrips()
{
    const QTemporaryDir dir;
    const GuideState state{{{u"sendAction"_s, u"Ctrl+Alt+S"_s}, {u"\"\u00e9\n"_s, QString()}},
                           {u"action:a"_s, u"send:b"_s},
                           true};
    QVERIFY(saveGuideState(dir.path(), state));
    const auto loaded = loadGuideState(dir.path());
    QVERIFY(loaded);
    QVERIFY(*loaded == state);
}

void TestGuideState::aFileThatIsNotUnderstoodIsSetAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version":1,"shortcuts":{"a")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("numbers for keys") << QByteArray(R"({"shortcuts":{"sendAction":7}})");
    QTest::newRow("a list of keys") << QByteArray(R"({"shortcuts":[]})");
    QTest::newRow("an object of what was used") << QByteArray(R"({"recent":{}})");
    QTest::newRow("no answer") << QByteArray(R"({"tour_done":"yes"})");
    QTest::newRow("binary") << QByteArray("\xff\x00\x01", 3);
}

void TestGuideState::aFileThatIsNotUnderstoodIsSetAside()
{
    QFETCH(const QByteArray, bytes);
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"guide.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QString aside;
    const auto state = loadGuideState(dir.path(), &aside);
    QVERIFY(state);
    QVERIFY(*state == GuideState());
    QVERIFY(!file.exists());
    QFile kept(aside);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
}

void TestGuideState::aFolderThatCannotBeMadeIsAnError()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!saveGuideState(file.fileName() + u"/data"_s, {}));
}

void TestGuideState::whatWasUsedLastIsFirstAndOnce()
{
    QStringList recent;
    for (int i = 0; i < 60; ++i)
        recent = withRecent(recent, QString::number(i));
    QCOMPARE(recent.size(), MostRecent);
    recent = withRecent(recent, u"40"_s);
    QCOMPARE(recent.size(), MostRecent);
    QCOMPARE(recent.front(), u"40"_s);
    QCOMPARE(recent.count(u"40"_s), 1);
    QCOMPARE(recent.at(1), u"59"_s);
}

QTEST_GUILESS_MAIN(TestGuideState)
#include "tst_guidestate.moc"
