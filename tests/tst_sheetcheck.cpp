#include "batch/rowjudge.h"
#include "batch/sheetcheck.h"
#include "batch/sheetexport.h"
#include "support/sheets.h"
#include "support/storesamples.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

class TestSheetCheck : public QObject
{
    Q_OBJECT

private slots:
    void judgesEveryRow();
    void verdictsAreWhatTheFormSays();
    void saysWhatIsWrongWithARow();
    void anUnknownPlaceholderMakesEveryRowBad();
    void aRepetitionIsOneOfTheFirstSuchRow();
    void onlyRowsThatCanBeSentAreRepeated();
    void aChangedCellCounts();
    void theSameEveryTimeAndOnAnyNumberOfThreads();
    void readsTheDoNotMessageList();
    void cancellingSaysNothing();
    void startingAgainReplaces();
    void canBeDestroyedWhileChecking();
    void anEmptySheetHasNoVerdicts();
    void exportsTheBadRowsWithTheReason();
    void anExportThatCannotBeWrittenLeavesTheOldFile();
};

namespace {

const CheckContext Live{false, false, u"studio-api-eu.ai.vonage.com"_s};

OutboundRequest sampleRequest()
{
    OutboundRequest request;
    request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    request.setText(Field::Template, u"order_update"_s);
    request.setText(Field::Locale, u"es"_s);
    request.setText(Field::To, u"{{phone}}"_s);
    request.setText(Field::AgentId, u"64b7f0c2a9d14e5b8c3f1a20"_s);
    request.setText(Field::StatusUrl, u"https://inbox.example.org/{{id}}"_s);
    request.addParameter({Part::Body, 0, ParameterType::Text, u"{{name}}"_s});
    return request;
}

SheetVerdicts verdictsOf(const Sheet &sheet, const OutboundRequest &request = sampleRequest(),
                         const DoNotMessageList &list = {}, const CheckContext &context = Live)
{
    SheetCheck check;
    std::optional<SheetVerdicts> verdicts;
    QObject::connect(&check, &SheetCheck::finished, &check,
                     [&verdicts](const SheetVerdicts &found) { verdicts = found; });
    check.start(sheet, RequestTemplate(request, sheet.columns()), context, list);
    if (!QTest::qWaitFor([&verdicts] { return verdicts.has_value(); }, 30'000))
        qFatal("the check takes too long");
    return *verdicts;
}

QList<Verdict> listOf(const SheetVerdicts &verdicts)
{
    QList<Verdict> list;
    for (qsizetype row = 0; row < verdicts.rowCount(); ++row)
        list.append(verdicts.verdict(row));
    return list;
}

QList<CheckCode> codesOf(const QList<CheckEntry> &entries)
{
    QList<CheckCode> codes;
    for (const CheckEntry &entry : entries)
        codes.append(entry.code);
    return codes;
}

} // namespace

void TestSheetCheck::judgesEveryRow()
{
    const Sheet sheet = sheetOf(u"phone,name,id\n"
                                "+44 7946 000958,Marta,1\n"
                                "447946000958,Marta,2\n" // the same once more
                                "07946 000958,Marta,3\n" // national
                                "447946000959,,4\n" // empty value
                                "447700900958,Marta,5\n" // nobody has it
                                "+44 (0)7946 000960,Marta,6\n" // trunk zero
                                "34600111222,Pepe,7\n" // on the list
                                "447946000958,Marta again,8\n"_s);
    const auto verdicts =
        verdictsOf(sheet, sampleRequest(), DoNotMessageList::fromText(u"+34 600 111 222"_s));
    using enum Verdict;
    QCOMPARE(listOf(verdicts),
             (QList<Verdict>{Ready, Duplicate, Bad, Bad, Warned, Bad, DoNotMessage, Ready}));
    QCOMPARE(verdicts.firstOf(1), 0);
    QCOMPARE(verdicts.firstOf(0), -1);
    QCOMPARE(verdicts.count(Ready), 2);
    QCOMPARE(verdicts.count(Warned), 1);
    QCOMPARE(verdicts.count(Bad), 3);
    QCOMPARE(verdicts.count(Duplicate), 1);
    QCOMPARE(verdicts.count(DoNotMessage), 1);
    QCOMPARE(verdicts.people(), 2);
}

void TestSheetCheck::verdictsAreWhatTheFormSays()
{
    // All values in all columns, so that many things are wrong in many combinations.
    const QStringList phones{u"447946000958"_s, u"+34 600 111 222"_s,    u"44"_s,
                             QString(),         u"+44 (0)7946 000958"_s, u"call me"_s,
                             u"99912345678"_s,  u"33123456789"_s};
    const QStringList names{u"Marta"_s, QString(), u"\"a\nb\""_s, u"a      b"_s,
                            QString(1100, u'x')};
    const QStringList words{u"whatsapp"_s,
                            u"sms"_s,
                            u"es"_s,
                            u"xx"_s,
                            u"not a url"_s,
                            u"https://inbox.example.org"_s,
                            u"http://10.0.0.1/"_s};
    QString text = u"phone,name,word\n"_s;
    for (const QString &phone : phones) {
        for (const QString &name : names) {
            for (const QString &word : words)
                text += phone + u',' + name + u',' + word + u'\n';
        }
    }
    const Sheet sheet = sheetOf(text);
    QCOMPARE(sheet.rowCount(), phones.size() * names.size() * words.size());

    QList<OutboundRequest> requests;
    for (const Field field : {Field::Namespace, Field::Template, Field::Locale, Field::AgentId,
                              Field::Channel, Field::StatusUrl}) {
        auto request = sampleRequest();
        request.setText(Field::StatusUrl, u"https://inbox.example.org/s"_s);
        request.setText(field, u"{{word}}"_s);
        requests.append(request);
    }
    auto others = sampleRequest();
    others.setText(Field::StatusUrl, u"http://127.0.0.1/"_s); // wrong in every row
    others.addSessionParameter({u"{{word}}"_s, u"{{name}}"_s});
    others.addSessionParameter({u"sms"_s, u"x"_s});
    requests.append(others);
    auto constant = sampleRequest();
    constant.setText(Field::To, u"+44 (0)7946 000958"_s);
    requests.append(constant);
    auto sms = sampleRequest();
    sms.setText(Field::Channel, u"sms"_s);
    requests.append(sms);

    for (const auto &request : std::as_const(requests)) {
        const RequestTemplate compiled(request, sheet.columns());
        const auto verdicts = verdictsOf(sheet, request);
        for (qsizetype row = 0; row < sheet.rowCount(); ++row) {
            const auto entries = checkRow(compiled, sheet.cells(row), Live);
            const Verdict expected = hasErrors(entries) ? Verdict::Bad
                : entries.isEmpty()                     ? Verdict::Ready
                                                        : Verdict::Warned;
            if (verdicts.verdict(row) == Verdict::Duplicate)
                QVERIFY(expected != Verdict::Bad);
            else
                QCOMPARE(verdicts.verdict(row), expected);
        }
    }
}

void TestSheetCheck::saysWhatIsWrongWithARow()
{
    const RequestTemplate request(sampleRequest(), {u"phone"_s, u"name"_s, u"id"_s});
    const auto codes = [&request](const QStringList &cells) {
        return codesOf(checkRow(request, cells, Live));
    };
    using enum CheckCode;
    QCOMPARE(codes({u"447946000958"_s, u"Marta"_s, u"1"_s}), QList<CheckCode>());
    QCOMPARE(codes({u"+44 (0)7946 000958"_s, u"Marta"_s}), QList<CheckCode>{RecipientTrunkZero});
    QCOMPARE(codes({u"447946000958"_s, QString()}), QList<CheckCode>{ValueEmpty});
    QCOMPARE(codes({u"44 7946 ooo958"_s, u"a\tb"_s}),
             (QList<CheckCode>{RecipientStrange, ValueTab}));
    QCOMPARE(codes({u"33123456789"_s, u"a\tb"_s}), (QList<CheckCode>{ValueTab, RecipientLandline}));
    QCOMPARE(codes({}), (QList<CheckCode>{Missing, ValueEmpty}));
}

void TestSheetCheck::anUnknownPlaceholderMakesEveryRowBad()
{
    auto request = sampleRequest();
    request.setText(Field::Template, u"order_{{nmae}}"_s);
    const Sheet sheet = sheetOf(u"phone,name,id\n447946000958,Marta,1\n34600111222,Pepe,2\n"_s);
    const auto entries = checkRow(RequestTemplate(request, sheet.columns()), sheet.cells(0), Live);
    QCOMPARE(entries.first().code, CheckCode::PlaceholderUnknown);
    QCOMPARE(entries.first().argument, u"nmae"_s);
    QCOMPARE(verdictsOf(sheet, request).count(Verdict::Bad), 2);
    QCOMPARE(verdictsOf(sheet, request).people(), 0);
}

void TestSheetCheck::aRepetitionIsOneOfTheFirstSuchRow()
{
    QString text = u"phone,name,id\n"_s;
    for (int i = 0; i < 5'000; ++i)
        text += u"%1,Marta,%2\n"_s.arg(447'946'000'000 + i % 1000).arg(i);
    const auto verdicts = verdictsOf(sheetOf(text));
    QCOMPARE(verdicts.count(Verdict::Duplicate), 4'000);
    QCOMPARE(verdicts.people(), 1'000);
    for (qsizetype row = 0; row < 5'000; ++row)
        QCOMPARE(verdicts.firstOf(row), row < 1'000 ? -1 : row % 1'000);
}

void TestSheetCheck::onlyRowsThatCanBeSentAreRepeated()
{
    // The Status URL makes the first one bad; but for it both bodies are the same.
    const Sheet sheet = sheetOf(u"phone,name,id\n447946000958,Marta, {}\n447946000958,Marta,1\n"_s);
    auto request = sampleRequest();
    request.setText(Field::StatusUrl, u"https://inbox.example.org/{{id}}"_s);
    Sheet changed = sheet;
    changed.setCell(0, 2, u"\n"_s);
    using enum Verdict;
    QCOMPARE(listOf(verdictsOf(changed, request)), (QList<Verdict>{Bad, Ready}));
}

void TestSheetCheck::aChangedCellCounts()
{
    Sheet sheet = sheetOf(u"phone,name,id\n07946000958,Marta,1\n"_s);
    QCOMPARE(verdictsOf(sheet).verdict(0), Verdict::Bad);
    sheet.setCell(0, 0, u"447946000958"_s);
    QCOMPARE(verdictsOf(sheet).verdict(0), Verdict::Ready);
}

void TestSheetCheck::theSameEveryTimeAndOnAnyNumberOfThreads()
{
    QString text = u"phone,name,id\n"_s;
    for (int i = 0; i < 20'000; ++i)
        text += u"%1,N%2,%3\n"_s.arg(447'946'000'000 + i % 7'000).arg(i % 13).arg(i);
    const Sheet sheet = sheetOf(text);
    const auto first = verdictsOf(sheet);
    const auto second = verdictsOf(sheet);
    QCOMPARE(listOf(first), listOf(second));
    for (qsizetype row = 0; row < sheet.rowCount(); ++row)
        QCOMPARE(first.firstOf(row), second.firstOf(row));
    QCOMPARE(first.people(), 7'000);
}

void TestSheetCheck::readsTheDoNotMessageList()
{
    QList<int> unreadable;
    const auto list = DoNotMessageList::fromText(u"\uFEFF# never\r\n"
                                                 "+44 7946 000958\r"
                                                 "34600111222, asked on Monday\n"
                                                 "\n"
                                                 "0044 (0)7946-000959 # left\n"
                                                 "07946 000960\n"
                                                 "Marta\n"
                                                 "\"447946000961\";x\n"
                                                 " # only a remark\n"
                                                 ",447946000962\n"_s,
                                                 &unreadable);
    QCOMPARE(list.size(), 4);
    for (const auto &digits :
         {u"447946000958"_s, u"34600111222"_s, u"447946000959"_s, u"447946000961"_s})
        QVERIFY(list.contains(digits));
    QVERIFY(!list.contains(u"447946000960"_s));
    QVERIFY(!list.contains(QString()));
    QVERIFY(!list.contains(u"call me"_s));
    QCOMPARE(unreadable, (QList<int>{6, 7, 10}));
    QCOMPARE(DoNotMessageList().size(), 0);
}

void TestSheetCheck::cancellingSaysNothing()
{
    const Sheet sheet =
        sheetOf(u"phone,name,id\n"_s + u"447946000958,Marta,1\n"_s.repeated(50'000));
    SheetCheck check;
    const QSignalSpy finished(&check, &SheetCheck::finished);
    check.start(sheet, RequestTemplate(sampleRequest(), sheet.columns()), Live, {});
    check.cancel();
    check.cancel();
    // Its threads do the next one after it; anything of it would have come before.
    check.start(sheetOf(u"phone,name,id\n1,a,b\n"_s),
                RequestTemplate(sampleRequest(), sheet.columns()), Live, {});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<SheetVerdicts>().rowCount(), 1);
}

void TestSheetCheck::startingAgainReplaces()
{
    const Sheet sheet =
        sheetOf(u"phone,name,id\n"_s + u"447946000958,Marta,1\n"_s.repeated(50'000));
    SheetCheck check;
    const QSignalSpy finished(&check, &SheetCheck::finished);
    const RequestTemplate request(sampleRequest(), sheet.columns());
    check.start(sheet, request, Live, {});
    check.start(sheetOf(u"phone,name,id\n1,a,b\n2,a,b\n"_s), request, Live, {});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<SheetVerdicts>().rowCount(), 2);
}

void TestSheetCheck::canBeDestroyedWhileChecking()
{
    const Sheet sheet =
        sheetOf(u"phone,name,id\n"_s + u"447946000958,Marta,1\n"_s.repeated(50'000));
    int reports = 0;
    for (int i = 0; i < 5; ++i) {
        SheetCheck check;
        connect(&check, &SheetCheck::finished, this, [&reports] { ++reports; });
        check.start(sheet, RequestTemplate(sampleRequest(), sheet.columns()), Live, {});
    }
    QCoreApplication::processEvents();
    QCOMPARE(reports, 0);
}

void TestSheetCheck::anEmptySheetHasNoVerdicts()
{
    QCOMPARE(verdictsOf(Sheet()).rowCount(), 0);
    QCOMPARE(SheetVerdicts().count(Verdict::Bad), 0);
    QCOMPARE(SheetVerdicts().firstOf(0), -1);
}

void TestSheetCheck::exportsTheBadRowsWithTheReason()
{
    const Sheet sheet = sheetOf(u"phone,name,id\n"
                                "+447946000958,Marta,1\n"
                                "07946000958,=1+1,2\n"
                                "+447946000958,Marta,3\n"
                                "x,José,4\n"_s);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"bad.csv"_s);
    const auto why = [](qsizetype row) { return u"row %1, look"_s.arg(row); };
    QVERIFY(resultOf(exportRows(path, sheet, verdictsOf(sheet), {Verdict::Bad, Verdict::Duplicate},
                                u"Why"_s, why)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
             QByteArray("\xEF\xBB\xBFphone,name,id,Why\r\n"
                        "07946000958,'=1+1,2,\"row 1, look\"\r\n"
                        "+447946000958,Marta,3,\"row 2, look\"\r\n"
                        "x,José,4,\"row 3, look\"\r\n"));
}

void TestSheetCheck::anExportThatCannotBeWrittenLeavesTheOldFile()
{
    const Sheet sheet = sheetOf(u"phone,name,id\nx,Marta,1\n"_s);
    const QTemporaryDir folder;
    const auto result =
        resultOf(exportRows(folder.filePath(u"no/such/folder.csv"_s), sheet, verdictsOf(sheet),
                            {Verdict::Bad}, u"Why"_s, [](qsizetype) { return QString(); }));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::StorageReadOnly);
}

QTEST_GUILESS_MAIN(TestSheetCheck)
#include "tst_sheetcheck.moc"
