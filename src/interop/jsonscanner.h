#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace icebreaker {

/// Finds where JSON values begin and end in a text that may hold several of them, or
/// broken ones, so that each can be kept byte by byte and parsed on its own. It matches
/// brackets and strings and checks no more than that. Positions are in bytes.
class JsonScanner
{
public:
    struct Span {
        qsizetype start = 0;
        qsizetype end = 0; ///< One past the last byte.
    };

    /// @param text  outlives this
    explicit JsonScanner(QByteArrayView text)
        : m_text(text)
    { }

    [[nodiscard]] bool isContainer(qsizetype at) const;
    /// Where the object or array that begins at @p start ends. Nothing if it does not:
    /// brackets that do not match, a line break inside a string, more than JsonMaxDepth
    /// levels, or the end of the text.
    [[nodiscard]] std::optional<qsizetype> endOfContainer(qsizetype start) const;

    /// The first entry, a scalar or a container, at or after @p from within an array.
    /// @param array  as endOfContainer() gave its end
    [[nodiscard]] std::optional<Span> nextEntry(Span array, qsizetype from) const;
    /// Where the value of an object's member begins that is itself a container.
    /// @param name  without quotes; needs no escapes
    [[nodiscard]] std::optional<Span> containerIn(Span object, QByteArrayView name) const;

private:
    [[nodiscard]] qsizetype skipBlanks(qsizetype at, qsizetype end) const;
    /// One past the closing quote of the string at @p start, or nothing.
    [[nodiscard]] std::optional<qsizetype> endOfString(qsizetype start) const;
    /// One past the value, or whatever stands in its place, at @p start; before @p end.
    [[nodiscard]] qsizetype endOfEntry(qsizetype start, qsizetype end) const;

    QByteArrayView m_text;
};

} // namespace icebreaker
