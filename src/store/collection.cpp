#include "store/collection.h"

#include "core/jsonmembers.h"
#include "store/files.h"
#include "store/variablejson.h"

#include <QCollator>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QString VariablesVersionName = u"icebreaker_variables"_s;
constexpr int DeepestFolder = 32;
constexpr auto AnswersSuffix = ".answers"_L1;

/// Reads one collection, folder by folder.
class CollectionReading
{
public:
    explicit CollectionReading(const std::function<bool()> &isCancelled)
        : m_isCancelled(isCancelled)
    {
        m_collator.setNumericMode(true);
        m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    }

    Collection read(const QString &root)
    {
        m_root = QDir::cleanPath(root);
        m_result.top = folder(QFileInfo(m_root), 0);
        m_result.watched.append(variablesPath(m_root));
        readVariables();
        return std::move(m_result);
    }

private:
    CollectionEntry folder(const QFileInfo &info, int depth)
    {
        CollectionEntry entry;
        entry.path = info.absoluteFilePath();
        entry.name = info.fileName();
        m_seen.insert(info.canonicalFilePath());
        m_result.watched.append(entry.path);
        const auto inside =
            QDir(entry.path)
                .entryInfoList(QDir::AllDirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Unsorted);
        for (const QFileInfo &each : inside) {
            if (m_isCancelled() || ++m_count > MostCollectionFiles) {
                m_result.isCut = true;
                break;
            }
            add(each, depth, entry);
        }
        std::sort(
            entry.children.begin(), entry.children.end(),
            [this](const CollectionEntry &a, const CollectionEntry &b) { return before(a, b); });
        return entry;
    }

    void add(const QFileInfo &info, int depth, CollectionEntry &parent)
    {
        if (info.isDir()) {
            if (info.fileName().endsWith(AnswersSuffix)
                || m_seen.contains(info.canonicalFilePath()))
                return;
            if (depth >= DeepestFolder)
                m_result.isCut = true;
            else
                parent.children.append(folder(info, depth + 1));
        } else if (info.suffix().compare("json"_L1, Qt::CaseInsensitive) == 0
                   && info.absoluteFilePath() != variablesPath(m_root)) {
            parent.children.append(file(info));
        }
    }

    CollectionEntry file(const QFileInfo &info)
    {
        CollectionEntry entry;
        entry.path = info.absoluteFilePath();
        entry.name = info.completeBaseName();
        m_result.watched.append(entry.path);
        const auto read = readSavedRequest(entry.path);
        if (!read) {
            entry.kind = CollectionEntry::Kind::Broken;
            entry.problem = read.error();
            return entry;
        }
        const OutboundRequest &request = read->saved.request;
        entry.kind = CollectionEntry::Kind::Request;
        entry.name = read->saved.name;
        entry.locale = request.isSms() ? QString() : request.text(Field::Locale);
        entry.description = read->saved.description;
        entry.summary = QStringList{request.text(Field::Template),
                                    request.text(Field::To),
                                    request.text(Field::AgentId),
                                    request.text(Field::Channel),
                                    entry.locale,
                                    read->saved.description}
                            .join(u'\n');
        entry.hash = read->hash;
        entry.examples = QDir(answersFolder(entry.path)).entryList({u"*.json"_s}, QDir::Files);
        return entry;
    }

    bool before(const CollectionEntry &a, const CollectionEntry &b) const
    {
        const bool aIsFolder = a.kind == CollectionEntry::Kind::Folder;
        const bool bIsFolder = b.kind == CollectionEntry::Kind::Folder;
        if (aIsFolder != bIsFolder)
            return aIsFolder;
        const int order = m_collator.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.path < b.path;
    }

    void readVariables()
    {
        const auto bytes = readFile(variablesPath(m_root));
        if (bytes && !*bytes)
            return;
        const auto variables = bytes ? parseVariablesFile(**bytes) : std::nullopt;
        m_result.variables = variables.value_or(QList<Variable>());
        m_result.variablesBroken = !variables;
    }

    const std::function<bool()> &m_isCancelled;
    /// That of the C locale knows no numbers.
    QCollator m_collator{QLocale().language() == QLocale::C ? QLocale(QLocale::English)
                                                            : QLocale()};
    QString m_root;
    QSet<QString> m_seen; ///< Folders, as they are without links.
    int m_count = 0;
    Collection m_result;
};

} // namespace

Collection readCollection(const QString &root, const std::function<bool()> &isCancelled)
{
    return CollectionReading(isCancelled).read(root);
}

QString variablesPath(const QString &root)
{
    return QDir::cleanPath(root) + "/variables.json"_L1;
}

QString answersFolder(const QString &requestPath)
{
    const QFileInfo info(requestPath);
    return info.path() + u'/' + info.completeBaseName() + AnswersSuffix;
}

QByteArray variablesFileBytes(const QList<Variable> &variables)
{
    JsonObject object;
    object.set(VariablesVersionName, JsonValue::number(1));
    object.set(u"variables"_s, toJson(variables));
    return toJson(object, JsonStyle::Indented) + '\n';
}

std::optional<QList<Variable>> parseVariablesFile(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *object = document ? document->object() : nullptr;
    const JsonValue *variables = object == nullptr ? nullptr : object->find(u"variables");
    if (variables == nullptr || memberString(*object, VariablesVersionName) != "1"_L1)
        return std::nullopt;
    return variablesFromJson(*variables);
}

} // namespace icebreaker
