#include "store/requestnames.h"

#include <QDir>
#include <QSet>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// 255 bytes are the most for most file systems; suffixes and numbers come behind it, and some
/// take each character for three bytes.
constexpr qsizetype LongestName = 120;

/// See learn.microsoft.com, "Naming Files, Paths, and Namespaces", 2026-05.
bool isDevice(const QString &name)
{
    static const QSet<QString> devices{u"CON"_s, u"PRN"_s,    u"AUX"_s,
                                       u"NUL"_s, u"CONIN$"_s, u"CONOUT$"_s};
    const QString stem = name.section(u'.', 0, 0).trimmed().toUpper();
    const bool isPort = stem.size() == 4 && (stem.startsWith("COM"_L1) || stem.startsWith("LPT"_L1))
        && (stem.back().isDigit() || u"¹²³"_s.contains(stem.back()));
    return isPort || devices.contains(stem);
}

bool isHostile(QChar c)
{
    return c.unicode() < 0x20 || c.unicode() == 0x7f || u"/\\:*?\"<>|"_s.contains(c)
        || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
        || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
}

QString cut(QString name)
{
    while (name.toUtf8().size() > LongestName)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    return name;
}

} // namespace

QString fileNameFor(const QString &name)
{
    QString result = name.normalized(QString::NormalizationForm_C);
    if (!result.isValidUtf16())
        result = QString::fromUtf8(result.toUtf8());
    std::replace_if(result.begin(), result.end(), isHostile, u'-');
    result = cut(result.simplified());
    while (result.endsWith(u'.') || result.endsWith(u' '))
        result.chop(1);
    if (result.startsWith(u'.') || isDevice(result))
        result.prepend(u'_');
    return result.isEmpty() ? u"Request"_s : result;
}

QString freeName(const QString &folder, const QString &stem, const QString &suffix)
{
    QSet<QString> taken;
    const QStringList there = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                                     | QDir::NoDotAndDotDot);
    for (const QString &each : there)
        taken.insert(each.toCaseFolded());
    QString name = stem;
    for (int i = 2; taken.contains((name + suffix).toCaseFolded()); ++i)
        name = stem + u' ' + QString::number(i);
    return name;
}

} // namespace icebreaker
