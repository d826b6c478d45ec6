#include "store/settings.h"

#include "support/storesamples.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void withoutAFileThereAreDefaults();
    void everythingRoundTrips();
    void outOfRangeIsClamped();
    void nonsenseIsTheDefault();
    void forgottenSplittersGo();
    void othersCannotReadTheFile();
    void folderThatCannotBeMadeIsAnError();
};

void TestSettings::withoutAFileThereAreDefaults()
{
    const QTemporaryDir dir;
    const Settings settings = loadSettings(dir.path());
    QVERIFY(settings == Settings());
    QCOMPARE(settings.totalTimeoutSeconds, 30);
    QCOMPARE(settings.colourScheme, u"system"_s);
    QCOMPARE(settings.keepDays, 0); // nothing is deleted by itself
}

void TestSettings::everythingRoundTrips()
{
    const QTemporaryDir dir;
    Settings settings;
    settings.totalTimeoutSeconds = 600;
    settings.inactivityTimeoutSeconds = 1;
    settings.currentProfile = nastyText();
    settings.windowGeometry = nastyBytes();
    settings.windowState = nastyBytes();
    settings.splitters = {{u"main splitter/%1"_s.left(8), nastyBytes()}, {u"log"_s, "x"}};
    settings.colourScheme = u"dark"_s;
    settings.keepDays = 30;
    QVERIFY(saveSettings(dir.path(), settings));
    QVERIFY(loadSettings(dir.path()) == settings);
}

void TestSettings::outOfRangeIsClamped()
{
    const QTemporaryDir dir;
    Settings settings;
    settings.totalTimeoutSeconds = 601;
    settings.inactivityTimeoutSeconds = -5;
    settings.colourScheme = u"pink"_s;
    settings.keepDays = 1;
    QVERIFY(saveSettings(dir.path(), settings));
    const Settings loaded = loadSettings(dir.path());
    QCOMPARE(loaded.totalTimeoutSeconds, 600);
    QCOMPARE(loaded.inactivityTimeoutSeconds, 1);
    QCOMPARE(loaded.colourScheme, u"system"_s);
    QCOMPARE(loaded.keepDays, 0);
    {
        QSettings file(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        file.setValue(u"send/totalTimeoutSeconds"_s, 0);
    }
    QCOMPARE(loadSettings(dir.path()).totalTimeoutSeconds, 1);
}

void TestSettings::nonsenseIsTheDefault()
{
    const QTemporaryDir dir;
    {
        QSettings file(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        file.setValue(u"send/totalTimeoutSeconds"_s, u"soon"_s);
    }
    QCOMPARE(loadSettings(dir.path()).totalTimeoutSeconds, 30);
}

void TestSettings::forgottenSplittersGo()
{
    const QTemporaryDir dir;
    Settings settings;
    settings.splitters = {{u"old"_s, "1"}};
    QVERIFY(saveSettings(dir.path(), settings));
    settings.splitters = {{u"new"_s, "2"}};
    QVERIFY(saveSettings(dir.path(), settings));
    QVERIFY(loadSettings(dir.path()) == settings);
}

void TestSettings::othersCannotReadTheFile()
{
    const QTemporaryDir dir;
    QVERIFY(saveSettings(dir.path(), {}));
    constexpr auto Others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(dir.filePath(u"settings.ini"_s)).permissions() & Others,
             QFile::Permissions());
}

void TestSettings::folderThatCannotBeMadeIsAnError()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto saved = saveSettings(file.fileName() + u"/data"_s, {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::StorageReadOnly);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
