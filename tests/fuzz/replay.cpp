// In the place of libFuzzer's own main() where the compiler has none: runs every file of the
// folders that are named, whole, cut, and with a byte changed here and there.
#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QString>

#include <cstdint>
#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

void run(const QByteArray &text)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(text.constData()),
                           static_cast<size_t>(text.size()));
}

void runChanged(const QByteArray &text, QRandomGenerator &random)
{
    constexpr int variants = 60;
    for (int i = 0; i < variants && !text.isEmpty(); ++i) {
        QByteArray changed = text;
        const auto at = random.bounded(static_cast<int>(text.size()));
        if (i % 3 == 0)
            changed.truncate(at);
        else if (i % 3 == 1)
            changed[at] = static_cast<char>(random.bounded(256));
        else
            changed.insert(at, text.mid(random.bounded(static_cast<int>(text.size())), 20));
        run(changed);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QRandomGenerator random(2026);
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        const QDir folder(QString::fromLocal8Bit(argv[i]));
        for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                return 2;
            const QByteArray text = file.readAll();
            run(text);
            runChanged(text, random);
            ++files;
        }
    }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 2;
}
