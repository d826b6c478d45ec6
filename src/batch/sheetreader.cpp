#include "batch/sheetreader.h"

#include "batch/sheetreading.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<QIODevice> openFile(const QString &path, QString &why)
{
    auto file = std::make_unique<QFile>(path);
    // A pipe or a device would have no end, and reading it none either.
    if (QFileInfo info(path); info.exists() && !info.isFile()) {
        why = u"not a file"_s;
        return nullptr;
    }
    if (!file->open(QIODevice::ReadOnly)) {
        why = file->errorString();
        return nullptr;
    }
    return file;
}

} // namespace

SheetReader::SheetReader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

SheetReader::~SheetReader()
{
    stop();
    m_pool.waitForDone();
}

void SheetReader::readFile(const QString &path, const SheetShape &shape)
{
    start(QFileInfo(path).fileName(), shape, [path](QString &why) { return openFile(path, why); });
}

void SheetReader::readText(const QString &name, const QString &text, const SheetShape &shape)
{
    SheetShape ours = shape;
    ours.encoding = TextEncoding::Utf8; // it has left every other one behind
    start(name, ours, [text](QString &why) {
        auto device = std::make_unique<QBuffer>();
        device->setData(text.toUtf8());
        if (!device->open(QIODevice::ReadOnly))
            why = device->errorString();
        return device;
    });
}

void SheetReader::cancel()
{
    if (!m_cancelled)
        return;
    stop();
    post(m_run, [this] { emit failed({SheetError::Code::Cancelled, 0, {}, {}}); });
}

void SheetReader::stop()
{
    if (m_cancelled)
        *m_cancelled = true;
    m_cancelled.reset();
    ++m_run;
}

template <typename Act>
void SheetReader::post(quint64 run, Act act)
{
    QMetaObject::invokeMethod(
        this,
        [this, run, act = std::move(act)] {
            if (run == m_run)
                act();
        },
        Qt::QueuedConnection);
}

void SheetReader::start(const QString &name, const SheetShape &shape,
                        std::function<std::unique_ptr<QIODevice>(QString &why)> open)
{
    stop();
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    m_pool.start([this, run = m_run, cancelled = m_cancelled, name, shape, open = std::move(open)] {
        QString why;
        const auto device = open(why);
        if (!device) {
            post(run, [this, why] {
                m_cancelled.reset();
                emit failed({SheetError::Code::CannotRead, 0, why, {}});
            });
            return;
        }
        SheetReading reading(
            *device, name, shape,
            {[this, run](const Sheet &rows, const SheetShape &found) {
                 post(run, [this, rows, found] { emit firstRows(rows, found); });
             },
             [this, run](qint64 bytes, qint64 ofBytes, qint64 rows) {
                 post(run, [this, bytes, ofBytes, rows] { emit progressed(bytes, ofBytes, rows); });
             },
             [cancelled] { return cancelled->load(); }});
        const auto sheet = reading.read();
        post(run, [this, sheet, found = reading.shape()] {
            m_cancelled.reset();
            if (sheet)
                emit finished(*sheet, found);
            else
                emit failed(sheet.error());
        });
    });
}

} // namespace icebreaker
