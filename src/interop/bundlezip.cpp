#include "interop/bundlezip.h"

#include <QBuffer>
#include <QIODevice>
#include <QSet>

#include <algorithm>
#include <cstring>
#include <quazip.h>
#include <quazipfile.h>
#include <quazipnewinfo.h>

#include <optional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 EncryptedFlag = 1; // APPNOTE.TXT 4.4.4, bit 0
constexpr qint64 SmallEntry = 1'048'576; // below, no ratio is dangerous

/// Bytes to be read anywhere. A QBuffer would complain on standard error of every wrong
/// place that a damaged zip points to.
class BytesDevice final : public QIODevice
{
public:
    explicit BytesDevice(const QByteArray &bytes)
        : m_bytes(bytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] bool isSequential() const override { return false; }
    bool seek(qint64 place) override
    {
        return place >= 0 && place <= m_bytes.size() && QIODevice::seek(place);
    }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::clamp<qint64>(m_bytes.size() - pos(), 0, most);
        std::memcpy(data, m_bytes.constData() + pos(), static_cast<std::size_t>(count));
        return count;
    }
    qint64 writeData(const char * /*data*/, qint64 /*size*/) override { return -1; }

private:
    const QByteArray &m_bytes;
};

/// One name that means one file on every system.
bool isPlainName(const QString &name)
{
    constexpr qsizetype longest = 64;
    const bool isPlain = std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'.' || c == u'-' || c == u'_';
    });
    return isPlain && !name.isEmpty() && name.size() <= longest && !name.startsWith(u'.');
}

/// Reads the file that @p zip stands on. @param left  bytes that may still be unpacked
tl::expected<QByteArray, BundleProblem> readCurrent(QuaZip &zip, const QuaZipFileInfo64 &info,
                                                    const ZipLimits &limits, qint64 left)
{
    constexpr qint64 chunk = 262'144;
    QuaZipFile file(&zip);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(BundleProblem::Damaged);
    QByteArray bytes;
    const auto packed = std::max<qint64>(static_cast<qint64>(info.compressedSize), 1);
    while (true) {
        const QByteArray next = file.read(chunk);
        if (next.isEmpty())
            break;
        bytes += next;
        if (bytes.size() > left
            || (bytes.size() > SmallEntry && bytes.size() / packed > limits.ratio))
            return tl::unexpected(BundleProblem::TooBig);
    }
    file.close(); // compares the checksum
    if (file.getZipError() != UNZ_OK || bytes.size() != static_cast<qint64>(info.uncompressedSize))
        return tl::unexpected(BundleProblem::Damaged);
    return bytes;
}

/// What speaks against an entry before it is read. @param names  of those before it
std::optional<BundleProblem> problemOf(const QuaZipFileInfo64 &info, const QSet<QString> &names,
                                       const ZipLimits &limits)
{
    if (!isPlainName(info.name))
        return BundleProblem::SuspiciousName;
    if (names.contains(info.name.toLower()))
        return BundleProblem::DuplicateName;
    if (names.size() >= limits.files)
        return BundleProblem::TooManyFiles;
    if ((info.flags & EncryptedFlag) != 0)
        return BundleProblem::Encrypted;
    return std::nullopt;
}

} // namespace

QByteArray zipped(const QList<ZipEntry> &entries, const QDateTime &at)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QuaZip zip(&buffer);
    zip.setUtf8Enabled(true);
    if (!zip.open(QuaZip::mdCreate))
        return {};
    bool good = true;
    for (const ZipEntry &entry : entries) {
        QuaZipNewInfo info(entry.name);
        info.dateTime = at.toLocalTime();
        info.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QuaZipFile file(&zip);
        good = good && file.open(QIODevice::WriteOnly, info)
            && file.write(entry.bytes) == entry.bytes.size();
        file.close();
        good = good && file.getZipError() == ZIP_OK;
    }
    zip.close();
    return good && zip.getZipError() == ZIP_OK ? bytes : QByteArray();
}

tl::expected<QList<ZipEntry>, BundleProblem> unzipped(const QByteArray &bytes,
                                                      const ZipLimits &limits)
{
    if (bytes.size() > limits.zipBytes)
        return tl::unexpected(BundleProblem::TooBig);
    BytesDevice device(bytes);
    QuaZip zip(&device);
    if (!zip.open(QuaZip::mdUnzip))
        return tl::unexpected(BundleProblem::Damaged);
    if (zip.getEntriesCount() > limits.files)
        return tl::unexpected(BundleProblem::TooManyFiles);
    QList<ZipEntry> entries;
    QSet<QString> names;
    qint64 left = limits.bytes;
    for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
        QuaZipFileInfo64 info;
        if (!zip.getCurrentFileInfo(&info))
            return tl::unexpected(BundleProblem::Damaged);
        if (const auto problem = problemOf(info, names, limits))
            return tl::unexpected(*problem);
        const auto read = readCurrent(zip, info, limits, left);
        if (!read)
            return tl::unexpected(read.error());
        left -= read->size();
        names.insert(info.name.toLower());
        entries.append({info.name, *read});
    }
    const bool isWhole =
        zip.getZipError() == UNZ_OK || zip.getZipError() == UNZ_END_OF_LIST_OF_FILE;
    if (!isWhole || entries.size() != zip.getEntriesCount())
        return tl::unexpected(BundleProblem::Damaged);
    return entries;
}

} // namespace icebreaker
