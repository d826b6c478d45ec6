#pragma once

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace icebreaker {

/// A recipient's digits as a number; nothing for what cannot be one. Exact: the at most 15
/// digits of a number fit, and none begins with 0.
[[nodiscard]] std::optional<quint64> recipientNumber(const QString &digits);

/// Numbers that must not be messaged, one a line in a text file; `#` starts a comment.
/// Copies share their data.
class DoNotMessageList
{
public:
    /// Reads numbers in any usual notation, also with a (0) in them; what stands behind a
    /// comma, semicolon or tab is taken for a remark.
    /// @param unreadable  gets the line numbers, from 1, that have text but no number with
    ///                    its country code: they protect nobody, so tell the user
    [[nodiscard]] static DoNotMessageList fromText(const QString &text,
                                                   QList<int> *unreadable = nullptr);
    /// @param digits  as they would be sent
    [[nodiscard]] bool contains(const QString &digits) const;
    [[nodiscard]] qsizetype size() const { return m_numbers.size(); }

private:
    QSet<quint64> m_numbers;
};

} // namespace icebreaker
