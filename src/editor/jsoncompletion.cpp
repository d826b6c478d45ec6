#include "editor/jsoncompletion.h"

#include "core/locales.h"
#include "core/outboundrequest.h"

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

const QStringList ComponentPath{u"components"_s, {}};
const QStringList ParameterPath{u"components"_s, {}, u"parameters"_s, {}};
const QStringList SessionPath{u"session_parameters"_s, {}};

QStringList requestNames()
{
    QStringList names;
    for (const Field field :
         {Field::To, Field::AgentId, Field::Channel, Field::StatusUrl, Field::Namespace,
          Field::Template, Field::Locale, Field::Components, Field::SessionParameters})
        names.append(memberName(field));
    return names;
}

QStringList namesAt(const QStringList &path)
{
    if (path.isEmpty())
        return requestNames();
    if (path == ComponentPath)
        return {u"type"_s, u"sub_type"_s, u"index"_s, u"parameters"_s};
    if (path == ParameterPath)
        return {u"type"_s,  u"text"_s,     u"payload"_s,   u"image"_s,    u"document"_s,
                u"video"_s, u"currency"_s, u"date_time"_s, u"location"_s, u"parameter_name"_s};
    if (path == SessionPath)
        return {u"name"_s, u"value"_s};
    if (path.size() == ParameterPath.size() + 1
        && path.first(ParameterPath.size()) == ParameterPath) {
        if (path.last() == "document"_L1)
            return {u"link"_s, u"filename"_s};
        if (path.last() == "image"_L1 || path.last() == "video"_L1)
            return {u"link"_s};
    }
    return {};
}

QStringList localeCodes(const QStringList &first)
{
    QStringList codes = first;
    for (const TemplateLocale &locale : templateLocales()) {
        if (!codes.contains(locale.code))
            codes.append(locale.code);
    }
    return codes;
}

QStringList valuesAt(const QStringList &path, const CompletionWords &words)
{
    if (path == QStringList{memberName(Field::Locale)})
        return localeCodes(words.locales);
    if (path == QStringList{memberName(Field::Channel)})
        return {u"whatsapp"_s, u"sms"_s};
    if (path == QStringList{memberName(Field::StatusUrl)})
        return {u"{{inbox}}"_s};
    if (path == ComponentPath + QStringList{u"type"_s})
        return {u"header"_s, u"body"_s, u"button"_s};
    if (path == ComponentPath + QStringList{u"sub_type"_s})
        return {u"quick_reply"_s, u"url"_s};
    if (path == ParameterPath + QStringList{u"type"_s})
        return {u"text"_s,  u"payload"_s,  u"image"_s,     u"document"_s,
                u"video"_s, u"currency"_s, u"date_time"_s, u"location"_s};
    if (path == SessionPath + QStringList{u"name"_s})
        return words.sessionNames;
    return {};
}

} // namespace

QStringList proposalsFor(const JsonSpot &spot, const CompletionWords &words)
{
    switch (spot.place) {
    case JsonSpot::Place::Name: {
        QStringList names = namesAt(spot.path);
        names.removeIf([&spot](const QString &name) { return spot.siblings.contains(name); });
        return names;
    }
    case JsonSpot::Place::Value: return valuesAt(spot.path, words);
    case JsonSpot::Place::Elsewhere: break;
    }
    return {};
}

} // namespace icebreaker
