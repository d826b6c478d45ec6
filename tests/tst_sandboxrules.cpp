#include "core/json.h"
#include "core/statusevent.h"
#include "listen/sandboxrules.h"

#include <QSet>
#include <QTest>
#include <QUuid>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Moment = std::chrono::steady_clock::time_point;

const QDateTime Noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

JsonObject whatsapp(const QString &to = u"4915112345678"_s)
{
    JsonObject body;
    body.members = {{u"namespace"_s, u"ns"_s},
                    {u"template"_s, u"hello"_s},
                    {u"locale"_s, u"en"_s},
                    {u"to"_s, to},
                    {u"agent_id"_s, u"agent"_s},
                    {u"channel"_s, u"whatsapp"_s},
                    {u"status_url"_s, u"http://127.0.0.1:9/x"_s}};
    return body;
}

JsonObject sms()
{
    JsonObject body = whatsapp();
    body.set(u"channel"_s, u"sms"_s);
    for (const QStringView name : {u"namespace", u"template", u"locale"})
        body.remove(name);
    return body;
}

SandboxReply ask(SandboxRules &rules, const QByteArray &body, Moment now = Moment(1h),
                 const QByteArray &key = "sandbox")
{
    return rules.reply({key, body, now, Noon});
}

SandboxReply ask(SandboxRules &rules, const JsonObject &body, Moment now = Moment(1h))
{
    return ask(rules, toJson(body, JsonStyle::Compact), now);
}

JsonObject parsed(const QByteArray &text)
{
    const auto value = parseJson(text);
    return value && value->object() != nullptr ? *value->object() : JsonObject();
}

QString textAt(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    return value != nullptr && value->string() != nullptr ? *value->string() : QString();
}

QStringList statuses(const SandboxReply &reply)
{
    QStringList words;
    for (const SandboxCallback &callback : reply.callbacks)
        words += parseStatusEvent(callback.body).statusText;
    return words;
}

/// The NestJS form: statusCode, message (an array), error.
bool isErrorForm(const SandboxReply &reply)
{
    const JsonObject body = parsed(reply.reply.body);
    const JsonValue *code = body.find(u"statusCode");
    const JsonValue *message = body.find(u"message");
    return code != nullptr && code->number() != nullptr
        && code->number()->text == QByteArray::number(reply.reply.status) && message != nullptr
        && message->array() != nullptr && !message->array()->empty()
        && !textAt(body, u"error").isEmpty();
}

} // namespace

class TestSandboxRules : public QObject
{
    Q_OBJECT

private slots:
    void acceptedRequestGetsASession();
    void smsNeedsNoTemplate();
    void onlyItsOwnKeyIsAccepted_data();
    void onlyItsOwnKeyIsAccepted();
    void bodyIsCheckedAsDocumented_data();
    void bodyIsCheckedAsDocumented();
    void everyMissingFieldIsNamed();
    void unknownMembersPass();
    void specialRecipientsAreReservedAndUnique();
    void specialRecipientBehaves_data();
    void specialRecipientBehaves();
    void callbacksAreShapedLikeTheRealOnes();
    void rejectionCarriesItsError();
    void callbacksKeepTheirPace_data();
    void callbacksKeepTheirPace();
    void readCanArriveBeforeDeliveredWithTrueTimeStamps();
    void limitHoldsInEverySecond_data();
    void limitHoldsInEverySecond();
    void refusedRequestsTakeNoSlot();
    void agentsHaveLimitsOfTheirOwn();
    void rateLimitedAnswerHasOneMemberAndNoRetryAfter();
};

void TestSandboxRules::acceptedRequestGetsASession()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, whatsapp());
    QCOMPARE(reply.manner, SandboxReply::Manner::Answer);
    QCOMPARE(reply.reply.status, 200);
    const JsonObject body = parsed(reply.reply.body);
    QCOMPARE(body.members.size(), std::size_t(1));
    QVERIFY(!QUuid::fromString(textAt(body, u"session_id")).isNull());
    QCOMPARE(reply.statusUrl, QUrl(u"http://127.0.0.1:9/x"_s));
}

void TestSandboxRules::smsNeedsNoTemplate()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, sms());
    QCOMPARE(reply.reply.status, 200);
    QCOMPARE(reply.callbacks.size(), 3);
    const JsonObject delivered = parsed(reply.callbacks.at(1).body);
    QCOMPARE(textAt(delivered, u"channel"), u"sms"_s);
    QVERIFY(delivered.find(u"whatsapp") == nullptr);
}

void TestSandboxRules::onlyItsOwnKeyIsAccepted_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("another") << QByteArray("secret");
    QTest::newRow("in capitals") << QByteArray("Sandbox");
    QTest::newRow("with more") << QByteArray("sandbox ");
}

void TestSandboxRules::onlyItsOwnKeyIsAccepted()
{
    QFETCH(const QByteArray, key);
    SandboxRules rules;
    const SandboxReply reply = ask(rules, "not even JSON", Moment(1h), key);
    QCOMPARE(reply.reply.status, 401);
    QVERIFY(isErrorForm(reply));
    QVERIFY(key.isEmpty() || !reply.reply.body.contains("secret"));
    QVERIFY(reply.callbacks.isEmpty());
}

void TestSandboxRules::bodyIsCheckedAsDocumented_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto with = [](const QString &name, const QByteArray &json) {
        JsonObject body = whatsapp();
        body.set(name, parseJson(json).value());
        return toJson(body, JsonStyle::Compact);
    };
    QTest::newRow("empty") << QByteArray() << 400;
    QTest::newRow("no JSON") << QByteArray("{\"to\":") << 400;
    QTest::newRow("an array") << QByteArray("[]") << 400;
    for (const char *name :
         {"namespace", "template", "locale", "to", "agent_id", "channel", "status_url"}) {
        JsonObject body = whatsapp();
        body.remove(QString::fromLatin1(name));
        QTest::addRow("no %s", name) << toJson(body, JsonStyle::Compact) << 400;
        QTest::addRow("empty %s", name) << with(QString::fromLatin1(name), "\"\"") << 400;
        QTest::addRow("%s is a number", name) << with(QString::fromLatin1(name), "1") << 400;
    }
    QTest::newRow("to with plus") << with(u"to"_s, "\"+4915112345678\"") << 422;
    QTest::newRow("to too short") << with(u"to"_s, "\"491511\"") << 422;
    QTest::newRow("to of 15 digits") << with(u"to"_s, "\"491511234567890\"") << 200;
    QTest::newRow("to of 16 digits") << with(u"to"_s, "\"4915112345678901\"") << 422;
    QTest::newRow("to in Arabic digits")
        << with(u"to"_s, "\"\xD9\xA4\xD9\xA9\xD9\xA1\xD9\xA5\xD9\xA1\xD9\xA1\xD9\xA2\"") << 422;
    QTest::newRow("unknown channel") << with(u"channel"_s, "\"fax\"") << 422;
    QTest::newRow("status_url is no URL") << with(u"status_url"_s, "\"here\"") << 422;
    QTest::newRow("status_url is a file") << with(u"status_url"_s, "\"file:///x\"") << 422;
    QTest::newRow("components is no array") << with(u"components"_s, "{}") << 422;
    QTest::newRow("component without type") << with(u"components"_s, "[{}]") << 422;
    QTest::newRow("parameter without type")
        << with(u"components"_s, R"([{"type":"body","parameters":[{"text":"x"}]}])") << 422;
    QTest::newRow("components") << with(
        u"components"_s,
        R"([{"type":"body","parameters":[{"type":"text","text":"x"}]},{"type":"footer"}])")
                                << 200;
    QTest::newRow("session parameter is a number")
        << with(u"session_parameters"_s, R"([{"name":"A","value":1}])") << 422;
    QTest::newRow("session parameters")
        << with(u"session_parameters"_s, R"([{"name":"A","value":"1"}])") << 200;
}

void TestSandboxRules::bodyIsCheckedAsDocumented()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    SandboxRules rules;
    const SandboxReply reply = ask(rules, body);
    QCOMPARE(reply.reply.status, status);
    QCOMPARE(reply.callbacks.isEmpty(), status != 200);
    if (status != 200)
        QVERIFY(isErrorForm(reply));
}

void TestSandboxRules::everyMissingFieldIsNamed()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, "{}");
    for (const char *name :
         {"namespace", "template", "locale", "to", "agent_id", "channel", "status_url"})
        QVERIFY2(reply.reply.body.contains(QByteArray(name) + " must be"), name);
}

void TestSandboxRules::unknownMembersPass()
{
    SandboxRules rules;
    JsonObject body = whatsapp();
    body.set(u"client_ref"_s, u"mine"_s);
    QCOMPARE(ask(rules, body).reply.status, 200);
}

void TestSandboxRules::specialRecipientsAreReservedAndUnique()
{
    QSet<QString> numbers;
    QSet<SandboxBehaviour> behaviours;
    for (const SpecialRecipient &entry : specialRecipients()) {
        QVERIFY(entry.number.startsWith(u"447700900"_s));
        QCOMPARE(entry.number.size(), 12);
        QVERIFY(entry.behaviour != SandboxBehaviour::Normal);
        numbers.insert(entry.number);
        behaviours.insert(entry.behaviour);
    }
    QCOMPARE(numbers.size(), specialRecipients().size());
    // Every behaviour but Normal can be provoked.
    QCOMPARE(behaviours.size(), static_cast<int>(SandboxBehaviour::NeverRead));
}

void TestSandboxRules::specialRecipientBehaves_data()
{
    using enum SandboxBehaviour;
    using Manner = SandboxReply::Manner;
    QTest::addColumn<SandboxBehaviour>("behaviour");
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<QString>("callbacks");
    const QString all = u"submitted delivered read"_s;
    QTest::newRow("401") << WrongKey << Manner::Answer << 401 << QByteArray("Unauthorized")
                         << QString();
    QTest::newRow("404") << UnpublishedAgent << Manner::Answer << 404
                         << QByteArray("published version") << QString();
    QTest::newRow("422") << Unprocessable << Manner::Answer << 422
                         << QByteArray("Unprocessable Entity") << QString();
    QTest::newRow("429") << RateLimited << Manner::Answer << 429 << QByteArray("oo many requests")
                         << QString();
    QTest::newRow("500") << ServerError << Manner::Answer << 500
                         << QByteArray("Internal Server Error") << QString();
    QTest::newRow("html") << HtmlPage << Manner::Answer << 200 << QByteArray("<html>") << QString();
    QTest::newRow("302") << Redirect << Manner::Answer << 302 << QByteArray() << QString();
    QTest::newRow("stall") << Stall << Manner::Stall << 0 << QByteArray() << QString();
    QTest::newRow("close") << CloseUnanswered << Manner::CloseUnanswered << 0 << QByteArray()
                           << all;
    QTest::newRow("half") << HalfAnswer << Manner::HalfAnswer << 200 << QByteArray("session_id")
                          << all;
    QTest::newRow("without submitted") << DeliveredWithoutSubmitted << Manner::Answer << 200
                                       << QByteArray("session_id") << u"delivered read"_s;
    QTest::newRow("read first") << ReadBeforeDelivered << Manner::Answer << 200
                                << QByteArray("session_id") << u"submitted read delivered"_s;
    QTest::newRow("twice") << DuplicateCallbacks << Manner::Answer << 200
                           << QByteArray("session_id")
                           << u"submitted submitted delivered delivered read read"_s;
    QTest::newRow("rejected") << RejectedWithError << Manner::Answer << 200
                              << QByteArray("session_id") << u"submitted rejected"_s;
    QTest::newRow("undeliverable")
        << Undeliverable << Manner::Answer << 200 << QByteArray("session_id") << u"undeliverable"_s;
    QTest::newRow("never read") << NeverRead << Manner::Answer << 200 << QByteArray("session_id")
                                << u"submitted delivered"_s;
    QTest::newRow("any other") << Normal << Manner::Answer << 200 << QByteArray("session_id")
                               << all;
}

void TestSandboxRules::specialRecipientBehaves()
{
    QFETCH(const SandboxBehaviour, behaviour);
    QFETCH(const SandboxReply::Manner, manner);
    QFETCH(const int, status);
    QFETCH(const QByteArray, says);
    QFETCH(const QString, callbacks);
    QString number = u"447700900999"_s;
    for (const SpecialRecipient &entry : specialRecipients()) {
        if (entry.behaviour == behaviour)
            number = entry.number;
    }
    SandboxRules rules;
    const SandboxReply reply = ask(rules, whatsapp(number));
    QCOMPARE(reply.manner, manner);
    QCOMPARE(statuses(reply).join(u' '), callbacks);
    QCOMPARE(!reply.callbacks.isEmpty(), isAccepted(behaviour));
    if (status == 0)
        return;
    QCOMPARE(reply.reply.status, status);
    QVERIFY(reply.reply.body.contains(says));
    if (status >= 400 && status != 429)
        QVERIFY(isErrorForm(reply));
    const QUrl location(QString::fromLatin1(headerValue(reply.reply.headers, "Location")));
    QCOMPARE(location.host(),
             behaviour == SandboxBehaviour::Redirect ? u"elsewhere.invalid"_s : QString());
}

void TestSandboxRules::callbacksAreShapedLikeTheRealOnes()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, whatsapp());
    QCOMPARE(reply.callbacks.size(), 3);
    QSet<QString> uuids;
    for (const SandboxCallback &callback : reply.callbacks) {
        const JsonObject body = parsed(callback.body);
        QCOMPARE(textAt(body, u"to"), u"4915112345678"_s);
        QVERIFY(!textAt(body, u"from").isEmpty());
        QCOMPARE(textAt(body, u"channel"), u"whatsapp"_s);
        QCOMPARE(textAt(body, u"client_ref"), u"AI Studio"_s);
        QVERIFY(!QUuid::fromString(textAt(body, u"message_uuid")).isNull());
        uuids += {textAt(body, u"message_uuid"), textAt(body, u"internal_message_uuid")};
        QVERIFY(textAt(body, u"timestamp").endsWith(u'Z'));
        const bool isDelivered = textAt(body, u"status") == u"delivered"_s;
        QCOMPARE(body.find(u"usage") != nullptr, isDelivered);
        QCOMPARE(body.find(u"whatsapp") != nullptr, isDelivered);
        QVERIFY(body.find(u"error") == nullptr);
    }
    QCOMPARE(uuids.size(), 2);
    const JsonObject delivered = parsed(reply.callbacks.at(1).body);
    QVERIFY(!textAt(*delivered.find(u"usage")->object(), u"price").isEmpty());
    const JsonObject *conversation =
        delivered.find(u"whatsapp")->object()->find(u"conversation")->object();
    QVERIFY(!textAt(*conversation, u"id").isEmpty());
    QVERIFY(conversation->find(u"origin")->object() != nullptr);
}

void TestSandboxRules::rejectionCarriesItsError()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, whatsapp(u"447700900604"_s));
    const StatusEvent event = parseStatusEvent(reply.callbacks.last().body);
    QCOMPARE(event.status, DeliveryStatus::Rejected);
    QCOMPARE(event.errorCode, u"1022"_s);
    QVERIFY(!event.errorDetail.isEmpty());
}

void TestSandboxRules::callbacksKeepTheirPace_data()
{
    QTest::addColumn<double>("speed");
    QTest::newRow("as real") << 1.0;
    QTest::newRow("ten times as fast") << 10.0;
    QTest::newRow("half as fast") << 0.5;
}

void TestSandboxRules::callbacksKeepTheirPace()
{
    QFETCH(const double, speed);
    SandboxRules rules;
    rules.setCallbackSpeed(speed);
    const SandboxReply reply = ask(rules, whatsapp());
    QCOMPARE(reply.callbacks.size(), 3);
    const QList<std::chrono::milliseconds> normal{SandboxSubmittedAfter, SandboxDeliveredAfter,
                                                  SandboxReadAfter};
    for (int i = 0; i < 3; ++i) {
        const auto delay =
            std::chrono::duration_cast<std::chrono::milliseconds>(normal.at(i) / speed);
        QCOMPARE(reply.callbacks.at(i).delay, delay);
        const QDateTime at = parseStatusEvent(reply.callbacks.at(i).body).eventAt;
        QCOMPARE(at.toSecsSinceEpoch(), Noon.addMSecs(delay.count()).toSecsSinceEpoch());
    }
}

void TestSandboxRules::readCanArriveBeforeDeliveredWithTrueTimeStamps()
{
    SandboxRules rules;
    const SandboxReply reply = ask(rules, whatsapp(u"447700900602"_s));
    const SandboxCallback &read = reply.callbacks.at(1);
    const SandboxCallback &delivered = reply.callbacks.at(2);
    QVERIFY(read.delay < delivered.delay);
    QVERIFY(parseStatusEvent(delivered.body).eventAt <= parseStatusEvent(read.body).eventAt);
}

void TestSandboxRules::limitHoldsInEverySecond_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 3, 5})
        QTest::addRow("%d per second", limit) << limit;
}

void TestSandboxRules::limitHoldsInEverySecond()
{
    QFETCH(const int, limit);
    SandboxRules rules;
    rules.setLimit(limit);
    const Moment start(1h);
    QList<std::chrono::milliseconds> accepted;
    for (auto at = 0ms; at < 10s; at += 7ms) {
        if (ask(rules, whatsapp(), start + at).reply.status == 200)
            accepted += at;
    }
    // No window of one second holds more than the limit, and none is wasted either.
    for (qsizetype i = limit; i < accepted.size(); ++i) {
        const auto span = accepted.at(i) - accepted.at(i - limit);
        QVERIFY(span >= 1s);
        QVERIFY(span < 1s + 7ms);
    }
    QVERIFY(accepted.size() >= qsizetype(9) * limit);

    // To the nanosecond.
    SandboxRules exact;
    exact.setLimit(limit);
    for (int i = 0; i < limit; ++i)
        QCOMPARE(ask(exact, whatsapp(), start).reply.status, 200);
    QCOMPARE(ask(exact, whatsapp(), start + 1s - 1ns).reply.status, 429);
    QCOMPARE(ask(exact, whatsapp(), start + 1s).reply.status, 200);
}

void TestSandboxRules::refusedRequestsTakeNoSlot()
{
    SandboxRules rules;
    const Moment start(1h);
    QCOMPARE(ask(rules, toJson(whatsapp(), JsonStyle::Compact), start, "wrong").reply.status, 401);
    QCOMPARE(ask(rules, "{}", start).reply.status, 400);
    for (const SpecialRecipient &entry : specialRecipients()) {
        if (!isAccepted(entry.behaviour))
            static_cast<void>(ask(rules, whatsapp(entry.number), start));
    }
    QCOMPARE(ask(rules, whatsapp(), start).reply.status, 200);
    for (auto at = 100ms; at < 1s; at += 100ms)
        QCOMPARE(ask(rules, whatsapp(), start + at).reply.status, 429);
    QCOMPARE(ask(rules, whatsapp(), start + 1s).reply.status, 200);
    // A message whose answer is lost was accepted all the same.
    QCOMPARE(ask(rules, whatsapp(u"447700900444"_s), start + 2s).manner,
             SandboxReply::Manner::CloseUnanswered);
    QCOMPARE(ask(rules, whatsapp(), start + 2s).reply.status, 429);
}

void TestSandboxRules::agentsHaveLimitsOfTheirOwn()
{
    SandboxRules rules;
    JsonObject other = whatsapp();
    other.set(u"agent_id"_s, u"other"_s);
    QCOMPARE(ask(rules, whatsapp()).reply.status, 200);
    QCOMPARE(ask(rules, other).reply.status, 200);
    QCOMPARE(ask(rules, whatsapp()).reply.status, 429);
    QCOMPARE(ask(rules, other).reply.status, 429);
    rules.setLimit(0);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(ask(rules, whatsapp()).reply.status, 200);
}

void TestSandboxRules::rateLimitedAnswerHasOneMemberAndNoRetryAfter()
{
    SandboxRules rules;
    static_cast<void>(ask(rules, whatsapp()));
    const SandboxReply reply = ask(rules, whatsapp());
    QCOMPARE(reply.reply.status, 429);
    const JsonObject body = parsed(reply.reply.body);
    QCOMPARE(body.members.size(), std::size_t(1));
    QVERIFY(!textAt(body, u"message").isEmpty());
    QVERIFY(headerValue(reply.reply.headers, "Retry-After").isEmpty());
    QVERIFY(reply.callbacks.isEmpty());
}

QTEST_GUILESS_MAIN(TestSandboxRules)
#include "tst_sandboxrules.moc"
