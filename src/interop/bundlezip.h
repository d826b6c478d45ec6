#pragma once

#include "core/bundleproblem.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

namespace icebreaker {

/// One file in a zip.
struct ZipEntry {
    QString name; ///< Without folders.
    QByteArray bytes;
};

/// What a zip from anybody may be at most. A bundle of ours is far below.
struct ZipLimits {
    qsizetype files = 32;
    qint64 zipBytes = 64LL * 1024 * 1024;
    qint64 bytes = 128LL * 1024 * 1024; ///< Of all files together, unpacked.
    /// How many times larger a file may become. Sends that resemble each other reach 100;
    /// deflate ends at 1032.
    qint64 ratio = 500;
};

/// @return the zip; empty if it could not be made
[[nodiscard]] QByteArray zipped(const QList<ZipEntry> &entries, const QDateTime &at);

/// Unpacks in memory; nothing is written anywhere. Reads no more than @p limits allow,
/// whatever the zip says about itself.
[[nodiscard]] tl::expected<QList<ZipEntry>, BundleProblem> unzipped(const QByteArray &bytes,
                                                                    const ZipLimits &limits = {});

} // namespace icebreaker
