#include "core/locales.h"

#include "core/json.h"

#include <QFile>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QList<TemplateLocale> load()
{
    QFile file(u":/icebreaker/locales.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("locales.json is not built in");
    const auto document = parseJson(file.readAll());
    if (!document || document->object() == nullptr)
        qFatal("locales.json is broken");
    QList<TemplateLocale> locales;
    for (const auto &[code, language] : document->object()->find(u"locales")->object()->members)
        locales.append({code, *language.string()});
    return locales;
}

QString folded(const QString &code)
{
    return code.trimmed().toLower().replace(u'-', u'_');
}

} // namespace

const QList<TemplateLocale> &templateLocales()
{
    static const QList<TemplateLocale> locales = load();
    return locales;
}

QString closestLocale(const QString &code)
{
    for (const TemplateLocale &locale : templateLocales()) {
        if (folded(locale.code) == folded(code))
            return locale.code;
    }
    return {};
}

} // namespace icebreaker
