#include "core/placeholders.h"

#include <QRegularExpression>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isNumber(const QString &name)
{
    return std::all_of(name.begin(), name.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

QList<Placeholder> findPlaceholders(const QString &text)
{
    static const QRegularExpression pattern(u"\\{\\{\\s*(\\w+)\\s*\\}\\}"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    QList<Placeholder> found;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        found.append({match.captured(1), match.capturedStart(), match.capturedLength()});
    }
    return found;
}

QStringList placeholderNames(const QString &text)
{
    QStringList names;
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        if (!names.contains(placeholder.name))
            names.append(placeholder.name);
    }
    std::stable_sort(names.begin(), names.end(), [](const QString &a, const QString &b) {
        const bool aIsNumber = isNumber(a);
        const bool bIsNumber = isNumber(b);
        if (aIsNumber && bIsNumber)
            return a.toInt() < b.toInt();
        return aIsNumber && !bIsNumber;
    });
    return names;
}

bool hasNamedPlaceholders(const QString &text)
{
    const auto all = findPlaceholders(text);
    return std::any_of(all.begin(), all.end(),
                       [](const auto &each) { return !isNumber(each.name); });
}

HydratedText hydrated(const QString &text, const QMap<QString, QString> &values)
{
    HydratedText result;
    const auto append = [&result](QStringView piece, TextMark mark) {
        result.text += piece;
        result.marks.resize(result.text.size(), mark);
    };
    qsizetype done = 0;
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        append(QStringView(text).sliced(done, placeholder.start - done), TextMark::Plain);
        const QString value = values.value(placeholder.name);
        if (value.isEmpty())
            append(QStringView(text).sliced(placeholder.start, placeholder.length), TextMark::Open);
        else
            append(value, TextMark::Filled);
        done = placeholder.start + placeholder.length;
    }
    append(QStringView(text).sliced(done), TextMark::Plain);
    return result;
}

int characterCount(const QString &text)
{
    return static_cast<int>(text.toUcs4().size());
}

} // namespace icebreaker
