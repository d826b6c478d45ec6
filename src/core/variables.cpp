#include "core/variables.h"

#include "core/braces.h"

#include <algorithm>
#include <functional>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// What becomes of one text value, and where it stands.
using ChangeText = std::function<QString(const QString &text, Field field, int row)>;

/// Changes every text value of a request, and knows which row of the form's tables it is in.
class TextWalk
{
public:
    explicit TextWalk(ChangeText change)
        : m_change(std::move(change))
    { }

    void walk(OutboundRequest &request)
    {
        for (const auto &[name, value] : request.root().members)
            m_members.emplace_back(fieldNamed(name), value);
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            m_path = {i};
            member(request, m_members[i].first, m_members[i].second);
        }
    }

private:
    void member(OutboundRequest &request, Field field, const JsonValue &value)
    {
        if (field == Field::Components && value.array() != nullptr)
            eachItem(*value.array(), [&](const JsonValue &item, int) { component(request, item); });
        else if (field == Field::SessionParameters && value.array() != nullptr)
            eachItem(*value.array(), [&](const JsonValue &item, int row) {
                texts(request, item, {field, row});
            });
        else
            texts(request, value, {field, -1});
    }

    void component(OutboundRequest &request, const JsonValue &value)
    {
        const JsonObject *object = value.object();
        const JsonValue *parameters = object == nullptr ? nullptr : object->find(u"parameters");
        if (parameters == nullptr || parameters->array() == nullptr) {
            texts(request, value, {Field::Components, -1});
            return;
        }
        for (std::size_t i = 0; i < object->members.size(); ++i) {
            m_path.push_back(i);
            const JsonValue &each = object->members[i].second;
            if (&each == parameters)
                eachItem(*each.array(), [&](const JsonValue &item, int) {
                    texts(request, item, {Field::Components, m_row++});
                });
            else
                texts(request, each, {Field::Components, -1});
            m_path.pop_back();
        }
    }

    void texts(OutboundRequest &request, const JsonValue &value, std::pair<Field, int> place)
    {
        if (const QString *text = value.string()) {
            if (!text->contains("{{"_L1))
                return;
            const QString changed = m_change(*text, place.first, place.second);
            if (changed != *text)
                request.setTextAt(m_path, changed);
        } else if (const JsonArray *array = value.array()) {
            eachItem(*array, [&](const JsonValue &item, int) { texts(request, item, place); });
        } else if (const JsonObject *object = value.object()) {
            for (std::size_t i = 0; i < object->members.size(); ++i) {
                m_path.push_back(i);
                texts(request, object->members[i].second, place);
                m_path.pop_back();
            }
        }
    }

    template <typename Act>
    void eachItem(const JsonArray &array, Act act)
    {
        for (std::size_t i = 0; i < array.size(); ++i) {
            m_path.push_back(i);
            act(array[i], static_cast<int>(i));
            m_path.pop_back();
        }
    }

    ChangeText m_change;
    std::vector<std::pair<Field, JsonValue>> m_members; ///< As they were before.
    JsonPath m_path;
    int m_row = 0; ///< Of the parameter table.
};

/// @param notFound  told of every placeholder that stays
QString replaced(const QString &text, const Variables &variables,
                 const std::function<void(const QString &name)> &notFound)
{
    QString result;
    const auto pieces = bracedPieces(text);
    for (const BracedPiece &piece : pieces) {
        const Variables::Known *known =
            piece.isPlaceholder ? variables.find(piece.name()) : nullptr;
        if (piece.isPlaceholder && known == nullptr)
            notFound(piece.name());
        result += known == nullptr ? piece.text : known->value;
    }
    return result;
}

QStringList placeholdersOf(const QString &text)
{
    QStringList names;
    const auto pieces = bracedPieces(text);
    for (const BracedPiece &piece : pieces) {
        if (piece.isPlaceholder)
            names.append(piece.text);
    }
    return names;
}

} // namespace

void Variables::add(VariableOrigin origin, const QList<Variable> &variables)
{
    for (const Variable &variable : variables) {
        if (find(variable.name) == nullptr)
            m_known.append({variable.name, variable.value, origin});
    }
}

const Variables::Known *Variables::find(const QString &name) const
{
    const auto found = std::find_if(m_known.begin(), m_known.end(),
                                    [&name](const Known &each) { return each.name == name; });
    return found == m_known.end() ? nullptr : &*found;
}

ResolvedRequest resolved(OutboundRequest request, const Variables &variables)
{
    ResolvedRequest result;
    TextWalk([&](const QString &text, Field field, int row) {
        return replaced(text, variables, [&](const QString &name) {
            const UnknownVariable unknown{field, row, name};
            if (!result.unknown.contains(unknown))
                result.unknown.append(unknown);
        });
    }).walk(request);
    result.request = std::move(request);
    return result;
}

QString resolved(const QString &text, const Variables &variables)
{
    return replaced(text, variables, [](const QString &) {});
}

OutboundRequest resolvedForRows(OutboundRequest request, const Variables &variables,
                                const QStringList &columns)
{
    const auto isColumn = [&columns](const QString &name) {
        return std::any_of(columns.begin(), columns.end(),
                           [&name](const QString &column) { return column.trimmed() == name; });
    };
    Variables others;
    for (const Variables::Known &known : variables.all()) {
        if (!isColumn(known.name))
            others.add(known.origin, {{known.name, known.value}});
    }
    TextWalk([&](const QString &text, Field, int) {
        const QString result = resolved(text, others);
        QStringList left = placeholdersOf(text);
        left.removeIf([&others](const QString &braced) {
            return others.find(BracedPiece{braced, true}.name()) != nullptr;
        });
        return placeholdersOf(result) == left ? result : text;
    }).walk(request);
    return request;
}

} // namespace icebreaker
