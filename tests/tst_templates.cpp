#include "store/templates.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestTemplates : public QObject
{
    Q_OBJECT

private slots:
    void aCardComesBackAsItWas();
    void filesAreForTheirOwnerOnly();
    void aBrokenFileIsNamedAndLeftAlone();
    void aFileOfSomebodyElseIsACardToo();
    void namesOfFilesStayInsideTheFolder_data();
    void namesOfFilesStayInsideTheFolder();
    void cardsOfOneNameHaveFilesOfTheirOwn();
    void whatCannotBeKeptIsNotWritten();
    void theSourceComesBack();

private:
    static TemplateCard card(const QString &name)
    {
        TemplateCard made{name, u"ns"_s, {}, {}};
        TemplateVersion version(
            *parseJson(R"({"language":"en","novel":1.0,"components":[]})")->object());
        version.setBodyText(u"Hello {{1}}"_s);
        made.put(version);
        version.setLocale(u"he"_s);
        version.setBodyText(u"שלום {{1}}"_s);
        made.put(version);
        made.rest.set(u"note"_s, u"kept"_s);
        return made;
    }
    static void put(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
};

void TestTemplates::aCardComesBackAsItWas()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"data"_s);
    QVERIFY(loadTemplates(folder).cards.isEmpty()); // no folder yet
    const auto file = saveTemplate(folder, {{}, card(u"order_update"_s)});
    QVERIFY(file.has_value());
    QCOMPARE(*file, u"order_update.json"_s);
    auto loaded = loadTemplates(folder);
    QVERIFY(loaded.broken.isEmpty());
    QCOMPARE(loaded.cards, (QList{StoredCard{*file, card(u"order_update"_s)}}));

    StoredCard changed = loaded.cards.first();
    changed.card.versions.removeFirst();
    QCOMPARE(saveTemplate(folder, changed).value(), *file);
    QCOMPARE(loadTemplates(folder).cards, QList{changed});
    QVERIFY(removeTemplate(folder, *file).has_value());
    QVERIFY(removeTemplate(folder, *file).has_value()); // gone is gone
    QVERIFY(loadTemplates(folder).cards.isEmpty());
}

void TestTemplates::filesAreForTheirOwnerOnly()
{
    const QTemporaryDir dir;
    QVERIFY(saveTemplate(dir.path(), {{}, card(u"a"_s)}).has_value());
    QVERIFY(saveTemplateSource(dir.path(), {}).has_value());
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther;
    for (const auto &path : {u"templates"_s, u"templates/a.json"_s, u"templatesource.json"_s})
        QVERIFY(!(QFileInfo(dir.filePath(path)).permissions() & others));
}

void TestTemplates::aBrokenFileIsNamedAndLeftAlone()
{
    const QTemporaryDir dir;
    QVERIFY(saveTemplate(dir.path(), {{}, card(u"good"_s)}).has_value());
    const QByteArray broken = R"({"name":"half)";
    const QByteArray other = R"({"hello":"world"})";
    const QByteArray nameless = R"({"components":[{"type":"BODY","text":"x"}]})";
    put(dir.filePath(u"templates/half.json"_s), broken);
    put(dir.filePath(u"templates/other.json"_s), other);
    put(dir.filePath(u"templates/nameless.json"_s), nameless);
    put(dir.filePath(u"templates/empty.json"_s), {});
    put(dir.filePath(u"templates/readme.txt"_s), "not a card");
    const auto loaded = loadTemplates(dir.path());
    QCOMPARE(loaded.cards.size(), 1);
    QCOMPARE(loaded.cards.first().card.name, u"good"_s);
    QCOMPARE(loaded.broken,
             (QStringList{dir.filePath(u"templates/empty.json"_s),
                          dir.filePath(u"templates/half.json"_s),
                          dir.filePath(u"templates/nameless.json"_s),
                          dir.filePath(u"templates/other.json"_s)}));
    QFile file(dir.filePath(u"templates/half.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), broken);
}

void TestTemplates::aFileOfSomebodyElseIsACardToo()
{
    const QTemporaryDir dir;
    put(dir.filePath(u"templates/meta.json"_s),
        R"({"data":[{"name":"b","language":"en","components":[{"type":"BODY","text":"1"}]},
                    {"name":"a","language":"en","components":[{"type":"BODY","text":"2"}]},
                    {"name":"b","language":"de","components":[{"type":"BODY","text":"3"}]}]})");
    put(dir.filePath(u"templates/single.json"_s),
        R"({"name":"c","language":"en","components":[{"type":"BODY","text":"4"}]})");
    const auto loaded = loadTemplates(dir.path());
    QCOMPARE(loaded.cards.size(), 3);
    QCOMPARE(loaded.cards.at(0).card.name, u"a"_s);
    QCOMPARE(loaded.cards.at(1).card.locales(), (QStringList{u"en"_s, u"de"_s}));
    QVERIFY(loaded.cards.at(0).file.isEmpty()); // saving one must not lose the other
    QCOMPARE(loaded.cards.at(2).file, u"single.json"_s);
    // One of them that is changed gets its own file, and is there once.
    StoredCard changed = loaded.cards.at(0);
    changed.card.versions.first().setBodyText(u"changed"_s);
    QCOMPARE(saveTemplate(dir.path(), changed).value(), u"a.json"_s);
    const auto again = loadTemplates(dir.path());
    QCOMPARE(again.cards.size(), 3);
    QCOMPARE(again.cards.at(0).card, changed.card);
}

void TestTemplates::namesOfFilesStayInsideTheFolder_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : {u"../../etc/passwd"_s, u".."_s, u"a/b"_s, u"שלום"_s, u"a b"_s,
                                QString(u"x"_s).repeated(600)})
        QTest::newRow(qPrintable(name.left(20))) << name;
}

void TestTemplates::namesOfFilesStayInsideTheFolder()
{
    QFETCH(const QString, name);
    const QTemporaryDir dir;
    const auto file = saveTemplate(dir.path(), {{}, card(name)});
    QVERIFY(file.has_value());
    QVERIFY(QFileInfo::exists(dir.filePath(u"templates/"_s + *file)));
    QCOMPARE(loadTemplates(dir.path()).cards.first().card.name, name);
    for (const auto &wrong : {u"../x.json"_s, u"/tmp/x.json"_s, u"a/x.json"_s, u"x.txt"_s}) {
        QVERIFY(!saveTemplate(dir.path(), {wrong, card(u"a"_s)}).has_value());
        QVERIFY(!removeTemplate(dir.path(), wrong).has_value());
    }
}

void TestTemplates::cardsOfOneNameHaveFilesOfTheirOwn()
{
    const QTemporaryDir dir;
    TemplateCard other = card(u"a"_s);
    other.namespaceId = u"another"_s;
    QCOMPARE(saveTemplate(dir.path(), {{}, card(u"a"_s)}).value(), u"a.json"_s);
    QCOMPARE(saveTemplate(dir.path(), {{}, other}).value(), u"a-2.json"_s);
    QCOMPARE(loadTemplates(dir.path()).cards.size(), 2);
}

void TestTemplates::whatCannotBeKeptIsNotWritten()
{
    const QTemporaryDir dir;
    QCOMPARE(saveTemplate(dir.path(), {{}, card({})}).error().kind, ErrorKind::InvalidInput);
    QCOMPARE(saveTemplate(dir.path(), {{}, {u"a"_s, {}, {}, {}}}).error().kind,
             ErrorKind::InvalidInput);
    QVERIFY(!QFileInfo::exists(dir.filePath(u"templates"_s)));
    put(dir.filePath(u"templates"_s), "a file in the folder's place");
    QCOMPARE(saveTemplate(dir.path(), {{}, card(u"a"_s)}).error().kind, ErrorKind::StorageReadOnly);
}

void TestTemplates::theSourceComesBack()
{
    const QTemporaryDir dir;
    QCOMPARE(loadTemplateSource(dir.path()), TemplateSource());
    const TemplateSource source{u"https://api-eu.vonage.com"_s, u"123"_s, u"app"_s, true};
    QVERIFY(saveTemplateSource(dir.path(), source).has_value());
    QCOMPARE(loadTemplateSource(dir.path()), source);
    put(dir.filePath(u"templatesource.json"_s), "[1]");
    QCOMPARE(loadTemplateSource(dir.path()), TemplateSource());
}

QTEST_APPLESS_MAIN(TestTemplates)
#include "tst_templates.moc"
