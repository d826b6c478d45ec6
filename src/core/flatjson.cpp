#include "core/flatjson.h"

#include "core/jsonmembers.h"

#include <QHash>
#include <QSet>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

using SubjectKind = ComparedSubject::Kind;

QString jsonTypeName(const JsonValue &value)
{
    if (value.string() != nullptr)
        return u"string"_s;
    if (value.number() != nullptr)
        return u"number"_s;
    if (value.boolean() != nullptr)
        return u"boolean"_s;
    if (value.array() != nullptr)
        return u"list"_s;
    return value.object() != nullptr ? u"object"_s : u"null"_s;
}

/// A string as it is, anything else as JSON.
QString leafText(const JsonValue &value)
{
    if (const QString *text = value.string())
        return *text;
    return QString::fromUtf8(toJson(value, JsonStyle::Compact));
}

/// Makes leaves of a tree; what makes them differ is how a path becomes a subject.
class Flattener
{
public:
    [[nodiscard]] QList<FlatLeaf> take() { return std::move(m_leaves); }

    /// @return its key: @p key, or with a number if there was one like it
    QString add(FlatLeaf leaf)
    {
        const int copies = ++m_seen[leaf.key];
        if (copies > 1)
            leaf.key += u'#' + QString::number(copies);
        m_leaves.append(leaf);
        return leaf.key;
    }

    /// All leaves below @p value; @p subject gets the path in `name` or `aspect`.
    void addTree(FlatLeaf leaf, const JsonValue &value, const QString &path,
                 QString ComparedSubject::*place)
    {
        if (const JsonObject *object = value.object();
            object != nullptr && !object->members.empty()) {
            for (const auto &[name, member] : object->members)
                addTree(leaf, member, path.isEmpty() ? name : path + u'.' + name, place);
            return;
        }
        if (const JsonArray *list = value.array(); list != nullptr && !list->empty()) {
            for (std::size_t i = 0; i < list->size(); ++i)
                addTree(leaf, list->at(i), path + u'[' + QString::number(i) + u']', place);
            return;
        }
        leaf.key += u'/' + path;
        leaf.subject.*place = path;
        leaf.text = leafText(value);
        leaf.type = jsonTypeName(value);
        add(leaf);
    }

private:
    QList<FlatLeaf> m_leaves;
    QHash<QString, int> m_seen;
};

/// "header", or "button url" for a button of that kind.
QString componentName(const JsonObject &component)
{
    const QString type = memberString(component, u"type").toLower();
    const QString subType = memberString(component, u"sub_type").toLower();
    return subType.isEmpty() ? type : type + u' ' + subType;
}

void addParameter(Flattener &flat, const FlatLeaf &component, const JsonValue &parameter,
                  int number)
{
    FlatLeaf whole = component;
    whole.container = component.key;
    whole.subject.kind = SubjectKind::Parameter;
    const JsonObject *object = parameter.object();
    whole.subject.name = object != nullptr ? memberString(*object, u"parameter_name") : QString();
    whole.subject.number = number;
    whole.key +=
        u'/' + (whole.subject.name.isEmpty() ? QString::number(number) : whole.subject.name);
    whole.key = flat.add(whole);

    FlatLeaf leaf = whole;
    leaf.container = whole.key;
    leaf.subject.kind = SubjectKind::ParameterValue;
    flat.addTree(leaf, parameter, {}, &ComparedSubject::aspect);
}

void addComponent(Flattener &flat, const JsonValue &value, std::size_t position)
{
    const JsonObject *object = value.object();
    FlatLeaf whole;
    whole.subject.kind = SubjectKind::Component;
    if (object == nullptr) {
        whole.key = "components["_L1 + QString::number(position) + u']';
        whole.subject.kind = SubjectKind::Member;
        flat.addTree(whole, value, whole.key, &ComparedSubject::name);
        return;
    }
    whole.subject.component = componentName(*object);
    whole.key = "components/"_L1 + whole.subject.component;
    if (const QString index = memberString(*object, u"index"); !index.isEmpty()) {
        whole.key += u'/' + index;
        whole.subject.button = index.toInt() + 1; // people count from 1
    }
    whole.key = flat.add(whole);
    for (const auto &[name, member] : object->members) {
        if (name == "parameters"_L1 && member.array() != nullptr) {
            int number = 0;
            for (const JsonValue &parameter : *member.array())
                addParameter(flat, whole, parameter, ++number);
            continue;
        }
        FlatLeaf leaf = whole;
        leaf.container = whole.key;
        leaf.subject.kind = SubjectKind::ParameterValue;
        flat.addTree(leaf, member, name, &ComparedSubject::aspect);
    }
}

void addSessionParameter(Flattener &flat, const JsonValue &value, std::size_t position)
{
    const JsonObject *object = value.object();
    FlatLeaf leaf;
    if (object == nullptr || memberString(*object, u"name").isEmpty()) {
        leaf.key = "session_parameters["_L1 + QString::number(position) + u']';
        leaf.subject.kind = SubjectKind::Member;
        flat.addTree(leaf, value, leaf.key, &ComparedSubject::name);
        return;
    }
    leaf.subject.kind = SubjectKind::SessionParameter;
    leaf.subject.name = memberString(*object, u"name");
    leaf.key = "session_parameters/"_L1 + leaf.subject.name;
    if (const JsonValue *text = object->find(u"value")) {
        leaf.text = leafText(*text);
        leaf.type = jsonTypeName(*text);
    }
    flat.add(leaf);
}

} // namespace

QList<FlatLeaf> flatRequest(const JsonObject &body)
{
    Flattener flat;
    for (const auto &[name, value] : body.members) {
        const JsonArray *list = value.array();
        if (name == "components"_L1 && list != nullptr) {
            for (std::size_t i = 0; i < list->size(); ++i)
                addComponent(flat, list->at(i), i);
        } else if (name == "session_parameters"_L1 && list != nullptr) {
            for (std::size_t i = 0; i < list->size(); ++i)
                addSessionParameter(flat, list->at(i), i);
        } else {
            FlatLeaf leaf;
            leaf.subject.kind = SubjectKind::Member;
            flat.addTree(leaf, value, name, &ComparedSubject::name);
        }
    }
    return flat.take();
}

QList<FlatLeaf> flatDocument(const JsonValue &document)
{
    Flattener flat;
    FlatLeaf leaf;
    leaf.part = ComparedPart::Body;
    leaf.subject.kind = SubjectKind::AnswerMember;
    flat.addTree(leaf, document, {}, &ComparedSubject::name);
    return flat.take();
}

} // namespace icebreaker
