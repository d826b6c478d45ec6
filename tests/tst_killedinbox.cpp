#include "support/deliverysamples.h"

#include <QHash>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <vector>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

/// Posts one callback after the other over one connection, and remembers which of them were
/// answered with 200.
class Caller
{
public:
    /// @param next  makes the next request's body
    Caller(const QUrl &base, QString path, std::function<QByteArray()> next)
        : m_path(base.path() + "/s/"_L1 + path)
        , m_next(std::move(next))
    {
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { post(); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { read(); });
        m_socket.connectToHost(base.host(), static_cast<quint16>(base.port()));
    }
    [[nodiscard]] bool isOver() const
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }

    QList<QByteArray> confirmed;

private:
    void post()
    {
        m_body = m_next();
        m_received.clear();
        m_socket.write("POST " + m_path.toLatin1()
                       + " HTTP/1.1\r\nHost: localhost\r\n"
                         "Content-Length: "
                       + QByteArray::number(m_body.size()) + "\r\n\r\n" + m_body);
    }
    void read()
    {
        m_received += m_socket.readAll();
        if (!m_received.contains("\r\n\r\n"))
            return;
        if (m_received.startsWith("HTTP/1.1 200"))
            confirmed.append(m_body);
        post();
    }

    QString m_path;
    std::function<QByteArray()> m_next;
    QTcpSocket m_socket;
    QByteArray m_body;
    QByteArray m_received;
};

} // namespace

/// Answered 200 means durable, at whatever moment the inbox dies. The seed is printed;
/// ICEBREAKER_SEED repeats a run's choices.
class TestKilledInbox : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void confirmedCallbacksAreInTheJournal();

private:
    static constexpr int Rounds = 40;
    static constexpr int Callers = 6;

    void makeSends();
    void runOnce();
    void checkJournal();

    QTemporaryDir m_dir;
    QRandomGenerator m_random;
    QStringList m_sends; ///< The last is not in the journal.
    QSet<QByteArray> m_confirmed;
    int m_number = 0;
    int m_roundsWithNews = 0;
    int m_longestLifeMs = 120; ///< Grows on a slow machine, so that something is confirmed.
};

void TestKilledInbox::initTestCase()
{
    const QByteArray given = qgetenv("ICEBREAKER_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    m_random.seed(seed);
    qInfo("ICEBREAKER_SEED=%u", seed);
    makeSends();
}

void TestKilledInbox::makeSends()
{
    DeliveryStore store(m_dir);
    for (int i = 1; i < Callers; ++i)
        m_sends.append(store.send());
    m_sends.append(newId());
}

void TestKilledInbox::runOnce()
{
    QProcess inbox;
    inbox.start(QStringLiteral(ICEBREAKER_KEEPINBOX), {m_dir.path()});
    QVERIFY(QTest::qWaitFor([&] { return inbox.canReadLine(); }, 30'000));
    const QUrl base(QString::fromLatin1(inbox.readLine().trimmed()));
    std::vector<std::unique_ptr<Caller>> callers;
    for (const QString &path : std::as_const(m_sends)) {
        callers.push_back(std::make_unique<Caller>(base, path, [this] {
            const int number = ++m_number;
            return R"({"status":"delivered","message_uuid":"m%","n":%})"_ba.replace(
                '%', QByteArray::number(number));
        }));
    }
    QTimer::singleShot(m_random.bounded(m_longestLifeMs), Qt::PreciseTimer, &inbox,
                       &QProcess::kill);
    QVERIFY(QTest::qWaitFor([&] { return inbox.state() == QProcess::NotRunning; }, 30'000));
    QCOMPARE(inbox.exitStatus(), QProcess::CrashExit);
    // What it answered before it died still arrives.
    QVERIFY(QTest::qWaitFor(
        [&] {
            return std::all_of(callers.begin(), callers.end(),
                               [](const auto &caller) { return caller->isOver(); });
        },
        10'000));
    const auto before = m_confirmed.size();
    for (const auto &caller : callers)
        m_confirmed.unite(QSet(caller->confirmed.begin(), caller->confirmed.end()));
    if (m_confirmed.size() > before)
        ++m_roundsWithNews;
    else
        m_longestLifeMs += m_longestLifeMs / 4;
}

void TestKilledInbox::checkJournal()
{
    DeliveryStore store(m_dir);
    QSet<QByteArray> kept;
    for (const QString &send : std::as_const(m_sends)) {
        const auto events = store.events(send);
        for (const KeptEvent &event : events) {
            QVERIFY2(!kept.contains(event.event.raw), "kept twice, though it came once");
            kept.insert(event.event.raw);
        }
        if (send != m_sends.last() && !events.isEmpty())
            QCOMPARE(store.record(send).delivery, DeliveryStatus::Delivered);
    }
    const auto lost = m_confirmed - kept;
    QVERIFY2(lost.isEmpty(), qPrintable(u"%1 confirmed ones are lost"_s.arg(lost.size())));
    QCOMPARE(resultOf(store.deliveries.unmatchedCount()).value(),
             store.events(m_sends.last()).size());
}

void TestKilledInbox::confirmedCallbacksAreInTheJournal()
{
    for (int round = 0; round < Rounds; ++round) {
        runOnce();
        if (QTest::currentTestFailed())
            return;
        checkJournal();
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d rounds, %d callbacks confirmed of %d sent", Rounds, int(m_confirmed.size()),
          m_number);
    // Otherwise it has shown nothing.
    QVERIFY(m_roundsWithNews > Rounds / 2);
    QVERIFY(m_number > m_confirmed.size());
}

QTEST_GUILESS_MAIN(TestKilledInbox)
#include "tst_killedinbox.moc"
