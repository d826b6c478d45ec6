#pragma once

#include "core/decodedtext.h"

#include <QByteArrayList>
#include <QStringList>

namespace icebreaker {

/// A part of a text that must not be seen, and what is to stand in its place.
struct HiddenPart {
    qsizetype begin = 0;
    qsizetype end = 0; ///< Behind it.
    QString instead;
};

/// @p text with @p parts replaced; where they overlap, what is hidden grows and the first
/// one's replacement stays.
[[nodiscard]] QString withHidden(QStringView text, QList<HiddenPart> parts);

/// What stands in place of a secret.
inline constexpr QLatin1StringView KeyHidden("[key-hidden]");
inline constexpr QLatin1StringView SecretHidden("[secret-hidden]");

/// Finds known secrets in a text, and what looks like one.
///
/// A known secret is found as it is and in capitals, with escapes of any kind and nesting (see
/// readings()), with line breaks, quotes or anything but letters and digits between its
/// characters, as hexadecimal digits, and in base64 or base64url at any of the three
/// alignments. One with fewer than eight letters and digits is found with escapes and white
/// space only, and one with fewer than four characters not at all: it would be everywhere.
class SecretFinder
{
public:
    /// Shorter ones would hide half of every text.
    static constexpr qsizetype ShortestSecret = 4;

    explicit SecretFinder(const QByteArrayList &secrets);

    /// Known secrets in one of a text's readings().
    void findKnown(const DecodedText &reading, QList<HiddenPart> &found) const;
    /// What follows X-Vgai-Key, Authorization, a cookie's or a password's name; JSON Web
    /// Tokens; user names in URLs; the segment before `/s/SENDID` of a Status URL, and the
    /// token behind `webhook.site/`.
    static void findLikely(const DecodedText &reading, QList<HiddenPart> &found);

private:
    struct Pattern {
        QString letters; ///< Lower case letters and digits only.
        bool isBase64 = false;
    };
    void findPatterns(const DecodedText &reading, QList<HiddenPart> &found) const;
    void findShort(const DecodedText &reading, QList<HiddenPart> &found) const;

    QList<Pattern> m_patterns;
    QStringList m_short; ///< Lower case.
};

} // namespace icebreaker
