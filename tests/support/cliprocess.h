#pragma once

// Runs the real icebreaker-cli (ICEBREAKER_CLI) while the test's own event loop, and
// with it any server of the test, goes on.

#include "core/json.h"

#include <QByteArrayList>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <chrono>
#include <csignal>

namespace icebreaker::test {

using namespace Qt::StringLiterals;

inline const QByteArray CliKey = "f00d-0123456789-feed";

/// One run of icebreaker-cli.
class CliProcess
{
public:
    CliProcess(const QString &folder, const QStringList &arguments)
    {
        m_process.setProgram(QStringLiteral(ICEBREAKER_CLI));
        m_process.setArguments(QStringList{u"--data-dir"_s, folder} + arguments);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TEST_KEY"_s, QString::fromLatin1(CliKey));
        m_process.setProcessEnvironment(environment);
    }
    ~CliProcess()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            (void)waitForEnd();
        }
    }
    Q_DISABLE_COPY_MOVE(CliProcess)

    [[nodiscard]] QProcess &process() { return m_process; }

    void start(const QByteArray &input = {})
    {
        m_process.start();
        m_process.write(input);
        m_process.closeWriteChannel();
    }
    [[nodiscard]] bool waitForEnd(std::chrono::milliseconds limit = std::chrono::seconds(50))
    {
        const bool ended = QTest::qWaitFor(
            [this] { return m_process.state() == QProcess::NotRunning; }, int(limit.count()));
        read();
        return ended;
    }
    /// Waits until @p part was printed on standard output or error.
    [[nodiscard]] bool waitForText(const QByteArray &part)
    {
        return QTest::qWaitFor(
            [&] {
                read();
                return out.contains(part) || err.contains(part);
            },
            50'000);
    }
    /// Ends it with @p input, and gives its exit status; -1 if it crashed or hangs.
    int run(const QByteArray &input = {})
    {
        start(input);
        return waitForEnd() ? exitStatus() : -1;
    }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    [[nodiscard]] int exitStatus() const
    {
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    /// Standard output as one JSON object per line; what is none is an empty object.
    [[nodiscard]] QList<JsonObject> objects() const
    {
        QList<JsonObject> found;
        for (const QByteArray &line : out.trimmed().split('\n')) {
            if (line.isEmpty())
                continue;
            const auto value = parseJson(line);
            found.append(value && value->object() != nullptr ? *value->object() : JsonObject());
        }
        return found;
    }

    QByteArray out;
    QByteArray err;

private:
    void read()
    {
        out += m_process.readAllStandardOutput();
        err += m_process.readAllStandardError();
    }

    QProcess m_process;
};

/// The member's text, a number's digits, "null", or empty if it is absent.
inline QString textOf(const JsonObject &object, QStringView name)
{
    const JsonValue *value = object.find(name);
    if (value == nullptr)
        return {};
    return value->string() != nullptr ? *value->string()
                                      : QString::fromUtf8(toJson(*value, JsonStyle::Compact));
}

inline QString baseText(const QUrl &url)
{
    return url.toString(QUrl::RemovePath);
}

/// A request without mistakes.
/// @param more  further members, each with a comma in front
inline QByteArray requestJson(const QByteArray &to = "447946000958", const QByteArray &more = {})
{
    return R"({"namespace":"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4","template":"order_update",)"
           R"("locale":"en","to":")"
        + to
        + R"(","agent_id":"65f2a1b0c3d4e5f6a7b8c9d0","channel":"whatsapp",)"
          R"("status_url":"https://status.example.com/x")"
        + more + '}';
}

/// A data folder and files, gone with the test.
class Workplace
{
public:
    [[nodiscard]] QString folder() const { return m_folder.filePath(u"data"_s); }
    /// @return its path
    [[nodiscard]] QString file(const QByteArray &content, const QString &name = u"request"_s) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a file");
        return file.fileName();
    }
    /// The whole log as icebreaker-cli prints it, newest first.
    [[nodiscard]] QList<JsonObject> log() const
    {
        CliProcess cli(folder(), {u"log"_s, u"--json"_s, u"--limit"_s, u"10000"_s});
        if (cli.run() != 0)
            qFatal("log failed: %s", cli.err.constData());
        return cli.objects();
    }
    [[nodiscard]] QStringList outcomes() const
    {
        QStringList found;
        for (const JsonObject &row : log())
            found.append(textOf(row, u"outcome"));
        return found;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace icebreaker::test
