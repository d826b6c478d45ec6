#include "core/templatecard.h"

#include "core/jsonmembers.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

QStringList TemplateCard::locales() const
{
    QStringList codes;
    for (const TemplateVersion &each : versions)
        codes.append(each.locale());
    return codes;
}

const TemplateVersion *TemplateCard::version(const QString &locale) const
{
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [&](const auto &each) { return each.locale() == locale; });
    return found == versions.end() ? nullptr : &*found;
}

void TemplateCard::put(const TemplateVersion &version)
{
    const auto found = std::find_if(versions.begin(), versions.end(), [&](const auto &each) {
        return each.locale() == version.locale();
    });
    if (found == versions.end())
        versions.append(version);
    else
        *found = version;
}

JsonObject TemplateCard::toJson() const
{
    JsonObject json;
    json.set(u"name"_s, name);
    json.set(u"namespace"_s, namespaceId);
    JsonArray list;
    for (const TemplateVersion &each : versions)
        list.emplace_back(each.json());
    json.set(u"templates"_s, list);
    for (const auto &[member, value] : rest.members)
        json.set(member, value);
    return json;
}

std::optional<TemplateCard> TemplateCard::fromJson(const JsonObject &json)
{
    const JsonArray *list = memberArray(json, u"templates");
    TemplateCard card;
    card.name = memberString(json, u"name");
    card.namespaceId = memberString(json, u"namespace");
    if (list == nullptr || list->empty() || card.name.isEmpty())
        return std::nullopt;
    for (const JsonValue &each : *list) {
        if (each.object() == nullptr)
            return std::nullopt;
        card.versions.append(TemplateVersion(*each.object()));
    }
    card.rest = json;
    for (const auto *known : {u"name", u"namespace", u"templates"})
        card.rest.remove(known);
    return card;
}

} // namespace icebreaker
