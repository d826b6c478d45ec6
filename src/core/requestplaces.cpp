#include "core/requestplaces.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// The object of a row of the form's parameter table, counted as OutboundRequest does.
const JsonNode *parameterNode(const JsonNode &components, int row)
{
    for (const JsonNode &component : components.children) {
        const JsonNode *parameters = component.find(u"parameters");
        if (parameters == nullptr || parameters->kind != JsonNode::Kind::Array)
            continue;
        const auto count = static_cast<int>(parameters->children.size());
        if (row < count)
            return &parameters->children[static_cast<std::size_t>(row)];
        row -= count;
    }
    return nullptr;
}

/// The part that people fill in.
const JsonNode &parameterValue(const JsonNode &parameter)
{
    for (const QStringView name : std::array<QStringView, 2>{u"text", u"payload"}) {
        if (const JsonNode *value = parameter.find(name))
            return *value;
    }
    for (const QStringView name : std::array<QStringView, 3>{u"image", u"document", u"video"}) {
        const JsonNode *media = parameter.find(name);
        if (media == nullptr)
            continue;
        const JsonNode *link = media->find(u"link");
        return link == nullptr ? *media : *link;
    }
    return parameter;
}

const JsonNode &sessionPart(const JsonNode &parameter, CheckCode code)
{
    const bool name = code == CheckCode::SessionNameMissing || code == CheckCode::SessionNameTwice
        || code == CheckCode::SessionNameShape;
    const JsonNode *part = parameter.find(name ? u"name" : u"value");
    return part == nullptr ? parameter : *part;
}

const JsonNode *lastCalled(const JsonNode &root, const QString &name)
{
    const auto found = std::find_if(root.children.rbegin(), root.children.rend(),
                                    [&name](const JsonNode &each) { return each.name == name; });
    return found == root.children.rend() ? nullptr : &*found;
}

} // namespace

ByteSpan spanOf(const JsonNode &request, const CheckEntry &entry)
{
    const ByteSpan opening{request.begin, request.begin + 1};
    if (entry.field == Field::Body)
        return opening;
    const QString name = memberName(entry.field);
    if (entry.code == CheckCode::DuplicateMember) {
        const JsonNode *twice = lastCalled(request, name);
        return twice == nullptr ? opening : ByteSpan{twice->nameBegin, twice->nameEnd};
    }
    const JsonNode *node = request.find(name);
    if (node == nullptr)
        return opening;
    if (entry.row < 0)
        return {node->begin, node->end};
    if (entry.field == Field::Components) {
        if (const JsonNode *parameter = parameterNode(*node, entry.row))
            node = &parameterValue(*parameter);
    } else if (static_cast<std::size_t>(entry.row) < node->children.size()) {
        node = &sessionPart(node->children[static_cast<std::size_t>(entry.row)], entry.code);
    }
    return {node->begin, node->end};
}

} // namespace icebreaker
