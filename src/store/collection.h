#pragma once

#include "core/variable.h"
#include "store/savedrequest.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace icebreaker {

/// A file or folder of a collection, as it was last read.
struct CollectionEntry {
    enum class Kind {
        Folder,
        Request,
        Broken, ///< A JSON file that is no saved request. It is shown, and left alone.
    };
    Kind kind = Kind::Folder;
    QString path; ///< Absolute.
    QString name; ///< As people see it.
    QString locale; ///< Of a request.
    QString description; ///< Markdown.
    QString summary; ///< Of a request: what a search looks at beside its name.
    QByteArray hash; ///< Of a request's file.
    BrokenFile problem; ///< With Broken.
    QStringList examples; ///< Names of example answers beside the request.
    QList<CollectionEntry> children; ///< Of a folder: folders first, by name.

    /// Without the children.
    [[nodiscard]] bool looksLike(const CollectionEntry &other) const
    {
        return kind == other.kind && path == other.path && name == other.name
            && locale == other.locale && hash == other.hash && examples == other.examples
            && problem.why == other.problem.why;
    }
};

/// A folder of saved requests.
struct Collection {
    CollectionEntry top; ///< The folder itself.
    QList<Variable> variables; ///< From `variables.json` in it.
    bool variablesBroken = false; ///< That file is there, and is not understood.
    bool isCut = false; ///< Has more than MostCollectionFiles, or nests too deeply.
    QStringList watched; ///< Files and folders whose changes matter.
};

/// A folder that was opened by mistake, like a home folder, must not take for ever.
inline constexpr int MostCollectionFiles = 20'000;

/// Reads all of it; slow, for a thread of its own. Hidden files and folders (`.git`) are left
/// out; a folder that is reached a second time through a link is not entered again.
/// @param isCancelled  asked now and then; what was read until then comes back
[[nodiscard]] Collection readCollection(const QString &root,
                                        const std::function<bool()> &isCancelled);

[[nodiscard]] QString variablesPath(const QString &root);
/// `NAME.answers` beside the request `NAME.json`.
[[nodiscard]] QString answersFolder(const QString &requestPath);

/// The file's bytes for these variables, and for people who read it.
[[nodiscard]] QByteArray variablesFileBytes(const QList<Variable> &variables);
/// Nothing if it is not understood.
[[nodiscard]] std::optional<QList<Variable>> parseVariablesFile(const QByteArray &bytes);

} // namespace icebreaker
