#include "core/templatebutton.h"

#include "core/jsonmembers.h"
#include "core/placeholders.h"
#include "core/templateexamples.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ButtonNames{
    std::pair{ButtonKind::QuickReply, "QUICK_REPLY"_L1},
    std::pair{ButtonKind::Url, "URL"_L1},
    std::pair{ButtonKind::Phone, "PHONE_NUMBER"_L1},
    std::pair{ButtonKind::CopyCode, "COPY_CODE"_L1},
    std::pair{ButtonKind::OneTimeCode, "OTP"_L1},
};

ButtonKind kindNamed(const QString &type)
{
    const auto *found = std::find_if(ButtonNames.begin(), ButtonNames.end(),
                                     [&type](const auto &entry) { return type == entry.second; });
    return found == ButtonNames.end() ? ButtonKind::Other : found->first;
}

QString targetMember(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Url: return u"url"_s;
    case ButtonKind::Phone: return u"phone_number"_s;
    default: return {};
    }
}

/// What the URL's example has in the place of the placeholder, if it is a whole URL.
QString suffixExample(const QString &url, const QString &example)
{
    const auto found = findPlaceholders(url);
    if (found.isEmpty())
        return example;
    const QString prefix = url.first(found.first().start);
    return example.startsWith(prefix) ? example.sliced(prefix.size()) : example;
}

} // namespace

TemplateButton readButton(const JsonObject &json)
{
    TemplateButton button;
    button.kind = kindNamed(memberString(json, u"type").toUpper());
    button.label = memberString(json, u"text");
    if (const QString member = targetMember(button.kind); !member.isEmpty())
        button.target = memberString(json, member);
    button.example = suffixExample(button.target, buttonExample(json));
    return button;
}

void writeButton(JsonObject &json, const TemplateButton &button)
{
    const TemplateButton before = readButton(json);
    if (before.kind != button.kind) {
        json.remove(targetMember(before.kind));
        json.remove(u"example"_s);
        json.set(u"type"_s, buttonTypeName(button.kind));
    }
    if (before.label != button.label || json.find(u"text") == nullptr)
        json.set(u"text"_s, button.label);
    if (const QString member = targetMember(button.kind);
        !member.isEmpty() && (before.target != button.target || json.find(member) == nullptr))
        json.set(member, button.target);
    if (readButton(json).example == button.example)
        return;
    if (button.example.isEmpty())
        json.remove(u"example"_s);
    else if (button.kind == ButtonKind::Url)
        json.set(u"example"_s, JsonArray{button.example});
    else
        json.set(u"example"_s, button.example);
}

QString buttonTypeName(ButtonKind kind)
{
    const auto *found = std::find_if(ButtonNames.begin(), ButtonNames.end(),
                                     [kind](const auto &entry) { return entry.first == kind; });
    return found == ButtonNames.end() ? QString() : QString(found->second);
}

} // namespace icebreaker
