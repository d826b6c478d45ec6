#include "store/savedfilters.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestSavedFilters : public QObject
{
    Q_OBJECT

private slots:
    void areKeptInOrder();
    void namesAreOnes();
    void brokenFileIsSetAside();
};

void TestSavedFilters::areKeptInOrder()
{
    const QTemporaryDir dir;
    QVERIFY(loadSavedFilters(dir.path())->isEmpty());
    QList<SavedFilter> filters = withFilter({}, {u" Slow  ones "_s, u" took:>2s "_s});
    filters = withFilter(filters, {u"Failed"_s, u"delivery:failed \"Grüße\""_s});
    QVERIFY(saveSavedFilters(dir.path(), filters));
    const auto loaded = loadSavedFilters(dir.path());
    QCOMPARE(*loaded, filters);
    QCOMPARE(loaded->first().name, u"Failed"_s);
    QCOMPARE(loaded->last(), (SavedFilter{u"Slow ones"_s, u"took:>2s"_s}));
    const auto others = QFile::ReadGroup | QFile::ReadOther;
    QVERIFY(!(QFile::permissions(dir.filePath(u"filters.json"_s)) & others));
}

void TestSavedFilters::namesAreOnes()
{
    QList<SavedFilter> filters = withFilter({}, {u"Slow"_s, u"took:>2s"_s});
    filters = withFilter(filters, {u"SLOW"_s, u"took:>3s"_s});
    QCOMPARE(filters, (QList<SavedFilter>{{u"SLOW"_s, u"took:>3s"_s}}));
    QCOMPARE(withFilter(filters, {u" "_s, u"x"_s}), filters);
    QCOMPARE(withFilter(filters, {u"x"_s, u" "_s}), filters);
    QVERIFY(withoutFilter(filters, u"slow"_s).isEmpty());
}

void TestSavedFilters::brokenFileIsSetAside()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"filters.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"filters\":");
    file.close();
    QString aside;
    QVERIFY(loadSavedFilters(dir.path(), &aside)->isEmpty());
    QVERIFY(QFile::exists(aside));
    QVERIFY(!file.exists());
}

QTEST_GUILESS_MAIN(TestSavedFilters)
#include "tst_savedfilters.moc"
