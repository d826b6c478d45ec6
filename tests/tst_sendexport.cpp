#include "share/exportfile.h"
#include "share/sendexport.h"
#include "support/secretforms.h"
#include "support/storesamples.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

const QByteArray Key = "f00d-k1l2m3n4o5-feed";

} // namespace

class TestSendExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatMatchesNewestFirst();
    void writesChosenRowsInTheirOrder();
    void writesNoMoreThanAsked();
    void aNumberHasTheSameTagOnEveryPage();
    void anOldFileStaysUntilTheNewOneIsWhole();
    void stoppingLeavesTheOldFile();
    void aSecretThatWasNotHiddenIsNotSaved();
    void aSpreadKeyDoesNotGetOut();
    void aFolderThatIsNotThereIsReported();
    void aJournalThatIsNotOpenIsReported();

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(u"out"_s); }
    qint64 record(const QString &to, const QByteArray &answer = "{}")
    {
        Claim claim = sampleClaim();
        claim.to = to;
        claim.body = "{\"to\":\"" + to.toUtf8() + "\"}";
        SendReport report = sampleReport();
        report.answer.body = answer;
        return recordSend(*m_journal, claim, report);
    }
    ExportReport run(const ExportJob &job)
    {
        SendExport exporter(*m_journal);
        QSignalSpy finished(&exporter, &SendExport::finished);
        exporter.start(job);
        if (finished.isEmpty() && !finished.wait(20'000))
            qFatal("no end");
        return finished.at(0).at(0).value<ExportReport>();
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] ExportJob job(ExportFormat format = ExportFormat::JsonLines) const
    {
        ExportJob job;
        job.format = format;
        job.secrets = {Key};
        job.path = path();
        return job;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Journal> m_journal;
};

void TestSendExport::init()
{
    m_journal.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(m_dir->filePath(u"data"_s));
    QVERIFY(resultOf(m_journal->open()).has_value());
}

void TestSendExport::writesWhatMatchesNewestFirst()
{
    record(u"447946000001"_s, "{\"message\":\"" + Key + "\"}");
    record(u"4915112345678"_s);
    record(u"447946000002"_s);
    ExportJob all = job();
    all.filter.to = u"44"_s;
    const ExportReport report = run(all);
    QCOMPARE(report.end, ExportEnd::Written);
    QCOMPARE(report.sends, 2);
    const QByteArrayList lines = content().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(report.bytes, content().size());
    QVERIFY(lines.at(0).contains("+44\u20260002#"));
    QVERIFY(lines.at(1).contains("+44\u20260001#"));
    QVERIFY(lines.at(1).contains("\"answer\":{\"message\":\"[key-hidden]\"}"));
}

void TestSendExport::writesChosenRowsInTheirOrder()
{
    const qint64 first = record(u"447946000001"_s);
    record(u"447946000002"_s);
    const qint64 third = record(u"447946000003"_s);
    ExportJob chosen = job(ExportFormat::Markdown);
    chosen.rows = {first, third};
    QCOMPARE(run(chosen).sends, 2);
    const QByteArrayList lines = content().trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.at(2).contains("0001"));
    QVERIFY(lines.at(3).contains("0003"));
}

void TestSendExport::writesNoMoreThanAsked()
{
    for (int i = 0; i < 5; ++i)
        record(u"44794600000%1"_s.arg(i));
    ExportJob some = job(ExportFormat::Csv);
    some.most = 3;
    QCOMPARE(run(some).sends, 3);
    QCOMPARE(content().count("\r\n"), 4);
}

void TestSendExport::aNumberHasTheSameTagOnEveryPage()
{
    constexpr int sends = 450; // more than two pages
    for (int i = 0; i < sends; ++i)
        record(u"44794600%1"_s.arg(i % 7, 4, 10, QLatin1Char('0')));
    SendExport exporter(*m_journal);
    QSignalSpy finished(&exporter, &SendExport::finished);
    QSignalSpy progressed(&exporter, &SendExport::progressed);
    exporter.start(job());
    QVERIFY(finished.wait(20'000));
    QVERIFY(progressed.size() >= 3);
    QCOMPARE(progressed.last().at(1).toLongLong(), sends);
    QSet<QString> tags;
    static const QRegularExpression tag(u"\\+44\u2026\\d{4}#\\d+"_s);
    for (auto matches = tag.globalMatch(QString::fromUtf8(content())); matches.hasNext();)
        tags.insert(matches.next().captured());
    QCOMPARE(tags.size(), 7);
}

void TestSendExport::anOldFileStaysUntilTheNewOneIsWhole()
{
    QFile old(path());
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    record(u"447946000001"_s);
    SendExport exporter(*m_journal);
    QSignalSpy finished(&exporter, &SendExport::finished);
    connect(&exporter, &SendExport::progressed, this, [this] { QCOMPARE(content(), "old"); });
    exporter.start(job());
    QVERIFY(finished.wait(20'000));
    QVERIFY(content().startsWith('{'));
}

void TestSendExport::stoppingLeavesTheOldFile()
{
    for (int i = 0; i < 450; ++i)
        record(u"447946000001"_s);
    SendExport exporter(*m_journal);
    QSignalSpy finished(&exporter, &SendExport::finished);
    connect(&exporter, &SendExport::progressed, &exporter, [&exporter](qint64 sends) {
        if (sends > 0)
            exporter.stop();
    });
    exporter.start(job());
    QVERIFY(finished.wait(20'000));
    QCOMPARE(finished.at(0).at(0).value<ExportReport>().end, ExportEnd::Stopped);
    QVERIFY(!QFile::exists(path()));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 0);
}

/// Redactors that are broken: one that knows nothing of the key, one that lets numbers pass.
void TestSendExport::aSecretThatWasNotHiddenIsNotSaved()
{
    SendRecord send;
    send.claim = sampleClaim();
    for (const SecretForm &form : secretForms(Key)) {
        if (form.name == "percent six times"_L1) // deeper than the check looks
            continue;
        send.answer.body = form.text.toUtf8();
        ExportFile file(path(), ExportFormat::JsonLines, Redactor({}, {}), {Key});
        file.add({send});
        QVERIFY2(file.finish().end == ExportEnd::SecretFound, qPrintable(form.name));
        QVERIFY(!QFile::exists(path()));
    }
    send.answer.body = "{}";
    ExportFile clean(path(), ExportFormat::JsonLines, Redactor({}, {}), {Key});
    clean.add({send});
    QCOMPARE(clean.finish().end, ExportEnd::Written);
}

/// A key that somebody spread over a list's items is in no text at all.
void TestSendExport::aSpreadKeyDoesNotGetOut()
{
    QByteArray spread;
    for (const char c : Key)
        spread += QByteArray("\"") + c + "\",";
    spread.chop(1);
    record(u"447946000001"_s, "{\"x\":[" + spread + "]}");
    const ExportReport report = run(job());
    QVERIFY(report.end == ExportEnd::SecretFound || !holdsSecret(content(), Key));
}

void TestSendExport::aFolderThatIsNotThereIsReported()
{
    record(u"447946000001"_s);
    ExportJob nowhere = job();
    nowhere.path = m_dir->filePath(u"nowhere/out"_s);
    const ExportReport report = run(nowhere);
    QCOMPARE(report.end, ExportEnd::FileFailed);
    QVERIFY(!report.error.detail.isEmpty());
}

void TestSendExport::aJournalThatIsNotOpenIsReported()
{
    m_journal = std::make_unique<Journal>(m_dir->filePath(u"other"_s));
    QCOMPARE(run(job()).end, ExportEnd::JournalFailed);
    QVERIFY(!QFile::exists(path()));
}

QTEST_GUILESS_MAIN(TestSendExport)
#include "tst_sendexport.moc"
