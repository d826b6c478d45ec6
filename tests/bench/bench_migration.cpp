// Measures how long a journal of schema 2 with a million events, of a third as many sends, takes
// to open. Not a test: prints, and checks nothing.

#include "store/journal.h"
#include "store/schemasteps.h"
#include "store/sqlite.h"

#include "support/storesamples.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <cstdio>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Million = 1'000'000;

/// A journal of schema 2.
void fill(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot create");
    SqliteConnection connection;
    if (!connection.open(path))
        qFatal("cannot open");
    QStringList statements{u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = OFF"_s};
    statements += QString::fromUtf16(FirstStep).split(u';');
    static const QRegularExpression end(uR"(;(?!\s*END\b))"_s);
    statements += QString::fromUtf16(SecondStep).split(end);
    statements +=
        {u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
         " INSERT INTO send (id, change, owner, send_id, claimed_at, profile, region, url,"
         " lane, recipient, agent, template, locale, channel, outcome, settled_at, delivery,"
         " status) SELECT i, i, 'nobody', printf('%%08d-0000-4000-8000-000000000000', i),"
         " 1700000000000 + i, 'My test', 'eu', 'https://studio-api-eu.ai.vonage.com/m',"
         " 'https://studio-api-eu.ai.vonage.com:443/1a20bc', 447000000000 + i, '1a20bc',"
         " 'order', 'es', 'whatsapp', 1, 1700000000500 + i, 3, 200 FROM n"_s.arg(Million / 3),
         u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
         " INSERT INTO event (send_id, arrived_at, status, status_text, event_at,"
         " message_uuid, error_code, error_detail, raw) SELECT"
         " printf('%%08d-0000-4000-8000-000000000000', i / 3), 1700000002000 + i,"
         " 1 + i %% 3, 'delivered', 1700000001000 + i,"
         " printf('%%08d-0000-4000-9000-000000000000', i / 3), '', '', CAST(printf("
         "'{\"to\":\"447946000958\",\"from\":\"447520000000\",\"channel\":\"whatsapp\",'"
         " || '\"message_uuid\":\"%%08d-0000-4000-9000-000000000000\",'"
         " || '\"internal_message_uuid\":\"%%08d-0000-4000-a000-000000000000\",'"
         " || '\"timestamp\":\"2026-11-22T10:00:05Z\",\"status\":\"delivered\",'"
         " || '\"client_ref\":\"AI Studio\",\"usage\":{\"price\":\"0.0421\",'"
         " || '\"currency\":\"EUR\"},\"whatsapp\":{\"conversation\":{\"id\":\"ab\",'"
         " || '\"origin\":{\"type\":\"utility\"}}}}', i / 3, i / 3) AS BLOB) FROM n"_s.arg(Million),
         u"PRAGMA application_id = 1231250754"_s, u"PRAGMA user_version = 2"_s};
    for (QString &sql : statements) {
        if (const auto done = connection.execute(sql.replace(u"%%"_s, u"%"_s)); !done)
            qFatal("%s", qPrintable(done.error().detail));
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"journal.sqlite"_s);
    fill(path);
    const qint64 before = QFileInfo(path).size();
    QElapsedTimer timer;
    timer.start();
    Journal journal(dir.path());
    const auto opened = resultOf(journal.open());
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    std::printf("migration of a million events: %.1f s; %lld MB became %lld MB\n",
                static_cast<double>(timer.elapsed()) / 1000, before >> 20,
                QFileInfo(path).size() >> 20);
    return 0;
}
