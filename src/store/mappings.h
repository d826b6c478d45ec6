#pragma once

#include "core/error.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// What one field of a request was filled with when a file of the same shape was used.
struct FieldMapping {
    QString target; ///< The field's name, see FillTarget::name in the batch layer.
    QString text; ///< A constant, or with {{column}}.
    friend bool operator==(const FieldMapping &, const FieldMapping &) = default;
};

/// Mappings of more file shapes than this are forgotten, the oldest first. Ours: far more
/// than anybody uses, and the file stays small.
inline constexpr qsizetype MappingsKept = 100;

/// The mapping that was saved for files with these columns in this order. A file that
/// cannot be understood counts as absent.
[[nodiscard]] std::optional<QList<FieldMapping>> loadMapping(const QString &folder,
                                                             const QStringList &columns);

/// Keeps it in `FOLDER/mappings.json`. Fails with a storage error.
[[nodiscard]] Result<void> saveMapping(const QString &folder, const QStringList &columns,
                                       const QList<FieldMapping> &mapping);

} // namespace icebreaker
