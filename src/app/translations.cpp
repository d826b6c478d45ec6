#include "app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace icebreaker {

using namespace Qt::StringLiterals;

void installTranslations(QCoreApplication &app)
{
    auto *qtTexts = new QTranslator(&app);
    if (qtTexts->load(QLocale(), u"qtbase"_s, u"_"_s,
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtTexts);
    auto *ourTexts = new QTranslator(&app);
    const QString folder = u":/icebreaker/i18n"_s;
    if (ourTexts->load(QLocale(), u"icebreaker"_s, u"_"_s, folder)
        || ourTexts->load(u"icebreaker_en"_s, folder))
        QCoreApplication::installTranslator(ourTexts);
}

} // namespace icebreaker
