// Measures reading and checking a million rows. Not a test: prints, and checks nothing.
//   bench_sheet [ROWS]

#include "batch/sheetcheck.h"
#include "batch/sheetreader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

/// "VmHWM" (peak) or "VmRSS" (now) of this process, in MB. Linux only.
double memory(const char *name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

/// Recipients in seven countries, a few of them wrong or repeated.
void writeRows(const QString &path, int rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    const QByteArray prefixes[] = {"+447946", "+346101",  "+4915112", "+1212555",
                                   "+919812", "+5511987", "+447911"};
    const int lengths[] = {6, 5, 6, 4, 6, 6, 6};
    file.write("phone;first name;order;due\r\n");
    for (int i = 0; i < rows; ++i) {
        const int kind = i % 7;
        const QByteArray number = QByteArray::number(i).rightJustified(lengths[kind], '0', true);
        file.write(prefixes[kind] + number + (i % 1000 == 999 ? "x;" : ";") + "Marta Ñ"
                   + QByteArray::number(i % 5000) + ";\"R-" + QByteArray::number(i)
                   + "\";Tuesday, 24 November\r\n");
    }
}

OutboundRequest request()
{
    OutboundRequest request;
    request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
    request.setText(Field::Template, u"order_update"_s);
    request.setText(Field::Locale, u"es"_s);
    request.setText(Field::To, u"{{phone}}"_s);
    request.setText(Field::AgentId, u"64b7f0c2a9d14e5b8c3f1a20"_s);
    request.setText(Field::StatusUrl, u"https://inbox.example.org/s"_s);
    for (const auto &text : {u"{{first name}}"_s, u"Order {{order}}"_s, u"{{due}}"_s})
        request.addParameter({Part::Body, 0, ParameterType::Text, text});
    request.addSessionParameter({u"ORDER"_s, u"{{order}}"_s});
    return request;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const int rows = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"rows.csv"_s);
    writeRows(path, rows);
    std::printf("%d rows, %.1f MB; before: RSS %.1f MB\n", rows,
                static_cast<double>(QFile(path).size()) / 1e6, memory("VmRSS"));

    QElapsedTimer timer;
    SheetReader reader;
    SheetCheck check;
    qint64 readMs = 0;
    QObject::connect(&reader, &SheetReader::firstRows, &app, [&timer] {
        std::printf("first rows after %lld ms\n", static_cast<long long>(timer.elapsed()));
    });
    QObject::connect(&reader, &SheetReader::finished, &app, [&](const Sheet &sheet) {
        readMs = timer.elapsed();
        std::printf(
            "read:  %6.2f s, %8.0f rows/s, RSS %.1f MB\n", static_cast<double>(readMs) / 1000,
            static_cast<double>(rows) * 1000 / static_cast<double>(readMs), memory("VmRSS"));
        check.start(sheet, RequestTemplate(request(), sheet.columns()),
                    {false, false, u"studio-api-eu.ai.vonage.com"_s}, {});
    });
    QObject::connect(&check, &SheetCheck::finished, &app, [&](const SheetVerdicts &verdicts) {
        const qint64 checkMs = timer.elapsed() - readMs;
        std::printf("check: %6.2f s, %8.0f rows/s\n", static_cast<double>(checkMs) / 1000,
                    static_cast<double>(rows) * 1000 / static_cast<double>(checkMs));
        std::printf("ready %lld, warned %lld, bad %lld, duplicate %lld, people %lld\n",
                    static_cast<long long>(verdicts.count(Verdict::Ready)),
                    static_cast<long long>(verdicts.count(Verdict::Warned)),
                    static_cast<long long>(verdicts.count(Verdict::Bad)),
                    static_cast<long long>(verdicts.count(Verdict::Duplicate)),
                    static_cast<long long>(verdicts.people()));
        std::printf("together: %.2f s (%.2f s of processors); peak RSS %.1f MB\n",
                    static_cast<double>(timer.elapsed()) / 1000,
                    static_cast<double>(std::clock()) / CLOCKS_PER_SEC, memory("VmHWM"));
        QCoreApplication::quit();
    });
    QObject::connect(&reader, &SheetReader::failed, &app,
                     [](const SheetError &error) { qFatal("line %lld", error.line); });
    timer.start();
    reader.readFile(path);
    return QCoreApplication::exec();
}
