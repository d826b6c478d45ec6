#include "core/locales.h"

#include "core/json.h"

#include <QFile>
#include <QHash>

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

QHash<QString, QString> codesByFolded()
{
    QHash<QString, QString> codes;
    for (const TemplateLocale &locale : templateLocales())
        codes.insert(folded(locale.code), locale.code);
    return codes;
}

} // namespace

const QList<TemplateLocale> &templateLocales()
{
    static const QList<TemplateLocale> locales = load();
    return locales;
}

QString closestLocale(const QString &code)
{
    // Asked once for every row of a spreadsheet.
    static const QHash<QString, QString> codes = codesByFolded();
    return codes.value(folded(code));
}

} // namespace icebreaker
