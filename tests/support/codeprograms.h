#pragma once

#include "support/scriptedserver.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// Runs what was exported in the real programs.
namespace icebreaker::test {

using namespace Qt::StringLiterals;

/// A program that gets @p code as a file, against a server of this thread.
/// @return what went wrong, or nothing
inline QByteArray runCode(const QString &program, const QStringList &arguments,
                          const QByteArray &code, const QString &suffix,
                          const QByteArray &key = "k-1")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("code."_L1 + suffix));
    if (!file.open(QIODevice::WriteOnly) || file.write(code) != code.size())
        return "cannot write the file";
    file.close();
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"VGAI_KEY"_s, QString::fromLatin1(key));
    environment.insert(u"no_proxy"_s, u"127.0.0.1"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder.path());
    process.start(program, QStringList(arguments).replaceInStrings(u"FILE"_s, file.fileName()));
    constexpr int limit = 60'000;
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, limit))
        return "hangs";
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0
        ? QByteArray()
        : "failed: " + process.readAllStandardError().left(2000)
            + process.readAllStandardOutput().left(2000);
}

} // namespace icebreaker::test
