#include "store/files.h"
#include "store/mappings.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestMappings : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void remembersAMappingForEachShape();
    void theOrderAndNamesOfColumnsMakeTheShape();
    void savingAgainReplaces();
    void forgetsTheOldestOnes();
    void keepsOthersOut();
    void aBrokenFileCountsAsAbsentAndIsSetAside();

private:
    [[nodiscard]] QString folder() const { return m_folder->path(); }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"mappings.json"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QStringList Columns{u"phone"_s, u"José \"x\""_s};
const QList<FieldMapping> Mapping{{u"to"_s, u"{{phone}}"_s},
                                  {u"body 1"_s, u"Hi {{José \"x\"}}\n"_s}};

} // namespace

void TestMappings::remembersAMappingForEachShape()
{
    QVERIFY(!loadMapping(folder(), Columns));
    QVERIFY(saveMapping(folder(), Columns, Mapping));
    QVERIFY(saveMapping(folder(), {u"other"_s}, {}));
    QCOMPARE(loadMapping(folder(), Columns).value_or(QList<FieldMapping>()), Mapping);
    QVERIFY(loadMapping(folder(), {u"other"_s}).has_value());
    QVERIFY(!loadMapping(folder(), {u"third"_s}));
}

void TestMappings::theOrderAndNamesOfColumnsMakeTheShape()
{
    QVERIFY(saveMapping(folder(), {u"a"_s, u"b"_s}, Mapping));
    QVERIFY(!loadMapping(folder(), {u"b"_s, u"a"_s}));
    QVERIFY(!loadMapping(folder(), {u"a"_s}));
    QVERIFY(!loadMapping(folder(), {u"a"_s, u"B"_s}));
    QVERIFY(!loadMapping(folder(), {u"a,b"_s}));
}

void TestMappings::savingAgainReplaces()
{
    QVERIFY(saveMapping(folder(), Columns, Mapping));
    QVERIFY(saveMapping(folder(), Columns, {{u"to"_s, u"x"_s}}));
    QCOMPARE(loadMapping(folder(), Columns).value(), (QList<FieldMapping>{{u"to"_s, u"x"_s}}));
}

void TestMappings::forgetsTheOldestOnes()
{
    for (int i = 0; i <= MappingsKept; ++i)
        QVERIFY(saveMapping(folder(), {QString::number(i)}, Mapping));
    QVERIFY(!loadMapping(folder(), {u"0"_s}));
    QVERIFY(loadMapping(folder(), {u"1"_s}));
    QVERIFY(loadMapping(folder(), {QString::number(MappingsKept)}));
    QVERIFY(saveMapping(folder(), {u"1"_s}, Mapping)); // used again: now the newest
    QVERIFY(saveMapping(folder(), {u"new"_s}, Mapping));
    QVERIFY(loadMapping(folder(), {u"1"_s}));
    QVERIFY(!loadMapping(folder(), {u"2"_s}));
}

void TestMappings::keepsOthersOut()
{
    QVERIFY(saveMapping(folder(), Columns, Mapping));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther;
    QCOMPARE(QFileInfo(path()).permissions() & others, QFileDevice::Permissions());
}

void TestMappings::aBrokenFileCountsAsAbsentAndIsSetAside()
{
    for (const QByteArray &broken :
         {QByteArray("not json"), QByteArray("[]"), QByteArray(R"({"mappings":[{"columns":[1]}]})"),
          QByteArray(R"({"mappings":[{"columns":[],"fields":[{"target":"to"}]}]})")}) {
        QVERIFY(writePrivateFile(path(), broken));
        QVERIFY(!loadMapping(folder(), Columns));
        QVERIFY(saveMapping(folder(), Columns, Mapping));
        QCOMPARE(loadMapping(folder(), Columns).value(), Mapping);
    }
    QCOMPARE(QDir(folder()).entryList({u"mappings-damaged-*"_s}).size(), 4);
}

QTEST_APPLESS_MAIN(TestMappings)
#include "tst_mappings.moc"
