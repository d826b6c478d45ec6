#include "batch/columnguess.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestColumnGuess : public QObject
{
    Q_OBJECT

private slots:
    void namesEverythingThatCanBeFilled();
    void anSmsHasNoTemplateToFill();
    void changesOneTargetAndNothingElse();
    void guessesTheRecipient_data();
    void guessesTheRecipient();
    void guessesParameters_data();
    void guessesParameters();
};

namespace {

OutboundRequest sampleRequest()
{
    OutboundRequest request;
    request.setText(Field::To, u"447946000958"_s);
    request.setText(Field::Locale, u"es"_s);
    request.addParameter({Part::Header, 0, ParameterType::Image, u"https://h.org/a.png"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"Marta"_s});
    request.addParameter({Part::Body, 0, ParameterType::Text, u"R-1"_s});
    request.addParameter({Part::Button, 0, ParameterType::Payload, u"YES"_s});
    request.addSessionParameter({u"FIRST_NAME"_s, u"Marta"_s});
    return request;
}

FillTarget targetCalled(const OutboundRequest &request, const QString &name)
{
    for (const FillTarget &target : fillTargets(request)) {
        if (target.name == name)
            return target;
    }
    qFatal("no such target");
    return {};
}

} // namespace

void TestColumnGuess::namesEverythingThatCanBeFilled()
{
    QStringList names;
    QStringList texts;
    for (const FillTarget &target : fillTargets(sampleRequest())) {
        names.append(target.name);
        texts.append(target.text);
    }
    QCOMPARE(names,
             (QStringList{u"agent_id"_s, u"to"_s, u"locale"_s, u"namespace"_s, u"template"_s,
                          u"status_url"_s, u"header 1"_s, u"body 1"_s, u"body 2"_s, u"button 0"_s,
                          u"FIRST_NAME"_s}));
    QCOMPARE(texts.at(1), u"447946000958"_s);
    QCOMPARE(texts.at(8), u"R-1"_s);
    QCOMPARE(texts.last(), u"Marta"_s);
}

void TestColumnGuess::anSmsHasNoTemplateToFill()
{
    auto request = sampleRequest();
    request.setText(Field::Channel, u"sms"_s);
    QStringList names;
    for (const FillTarget &target : fillTargets(request))
        names.append(target.name);
    QCOMPARE(names, (QStringList{u"agent_id"_s, u"to"_s, u"status_url"_s, u"FIRST_NAME"_s}));
}

void TestColumnGuess::changesOneTargetAndNothingElse()
{
    const auto request = sampleRequest();
    for (const FillTarget &target : fillTargets(request)) {
        const auto changed = withTarget(request, target, u"{{x}}"_s);
        const auto before = fillTargets(request);
        const auto after = fillTargets(changed);
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < after.size(); ++i) {
            const bool isIt = after.at(i).name == target.name;
            QCOMPARE(after.at(i).text, isIt ? u"{{x}}"_s : before.at(i).text);
        }
        QCOMPARE(withTarget(changed, target, target.text).toJson(), request.toJson());
    }
    QCOMPARE(withTarget(request, {Field::Components, 99, {}, {}}, u"x"_s), request);
}

void TestColumnGuess::guessesTheRecipient_data()
{
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const QStringList &columns, int column) {
        QTest::newRow(name) << columns << column;
    };
    row("english", {u"name"_s, u"Phone"_s}, 1);
    row("spelled otherwise", {u"name"_s, u"PHONE_NUMBER"_s}, 1);
    row("msisdn", {u"id"_s, u"MSISDN"_s}, 1);
    row("german", {u"Vorname"_s, u"Telefon-Nr."_s, u"Handy"_s}, 2);
    row("spanish, accent", {u"nombre"_s, u"Teléfono"_s}, 1);
    row("spanish, no accent", {u"nombre"_s, u"telefono"_s}, 1);
    row("french", {u"Numéro de téléphone"_s, u"nom"_s}, 0);
    row("portuguese", {u"nome"_s, u"Telemóvel"_s}, 1);
    row("polish", {u"imię"_s, u"Numer telefonu"_s}, 1);
    row("turkish", {u"ad"_s, u"Cep Telefonu"_s}, 1);
    row("russian", {u"Имя"_s, u"Телефон"_s}, 1);
    row("hebrew", {u"שם"_s, u"טלפון"_s}, 1);
    row("arabic", {u"اسم"_s, u"رقم الهاتف"_s}, 1);
    row("hindi", {u"नाम"_s, u"मोबाइल"_s}, 1);
    row("chinese", {u"姓名"_s, u"手机号码"_s}, 1);
    row("japanese", {u"氏名"_s, u"電話番号"_s}, 1);
    row("korean", {u"이름"_s, u"휴대폰 번호"_s}, 1);
    row("whatsapp before phone", {u"Phone"_s, u"WhatsApp"_s}, 1);
    row("phone before number", {u"Number"_s, u"Phone"_s}, 1);
    row("phone model is no phone", {u"phone model"_s, u"name"_s}, -1);
    row("none", {u"A"_s, u"B"_s}, -1);
    row("no columns", {}, -1);
}

void TestColumnGuess::guessesTheRecipient()
{
    QFETCH(const QStringList, columns);
    QFETCH(const int, column);
    QCOMPARE(guessedColumn(targetCalled(sampleRequest(), u"to"_s), columns), column);
}

void TestColumnGuess::guessesParameters_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const QString &target, const QStringList &columns,
                        int column) { QTest::newRow(name) << target << columns << column; };
    row("by its name", u"body 2"_s, {u"phone"_s, u"Body 1"_s, u"body_2"_s}, 2);
    row("by its number", u"body 2"_s, {u"1"_s, u"2"_s}, 1);
    row("as in the template", u"body 1"_s, {u"x"_s, u"{{1}}"_s}, 1);
    row("param1", u"body 1"_s, {u"x"_s, u"Param1"_s}, 1);
    row("variable 2", u"body 2"_s, {u"variable 1"_s, u"variable 2"_s}, 1);
    row("header alone", u"header 1"_s, {u"Header"_s, u"1"_s}, 0);
    row("first body alone", u"body 1"_s, {u"Body"_s}, -1);
    row("button", u"button 0"_s, {u"1"_s, u"Button"_s}, 1);
    row("a number is no button", u"button 0"_s, {u"0"_s}, -1);
    row("session parameter", u"FIRST_NAME"_s, {u"x"_s, u"First name"_s}, 1);
    row("another session parameter", u"FIRST_NAME"_s, {u"NAME"_s}, -1);
    row("language", u"locale"_s, {u"Sprache"_s}, 0);
    row("template", u"template"_s, {u"Template name"_s}, 0);
    row("not the agent", u"agent_id"_s, {u"id"_s}, -1);
}

void TestColumnGuess::guessesParameters()
{
    QFETCH(const QString, target);
    QFETCH(const QStringList, columns);
    QFETCH(const int, column);
    QCOMPARE(guessedColumn(targetCalled(sampleRequest(), target), columns), column);
}

QTEST_APPLESS_MAIN(TestColumnGuess)
#include "tst_columnguess.moc"
