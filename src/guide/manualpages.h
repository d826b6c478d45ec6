#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// A page of the manual, as its contents list it.
struct ManualPage {
    QString name; ///< Of its file, without ".md".
    QString title;
    QString section; ///< The heading that it stands under in the contents.
};

/// A part of a page that has all words that were looked for.
struct ManualHit {
    QString page; ///< ManualPage::name
    QString anchor; ///< Of the part's heading; empty for the page's own.
    QString heading;
    QString context; ///< One line around the first word found.
};

/// The manual: Markdown in the program's resources. Knows its pages and looks things up.
class ManualPages
{
public:
    ManualPages();

    [[nodiscard]] const QList<ManualPage> &pages() const { return m_pages; }
    [[nodiscard]] QString title(const QString &name) const;
    /// Parts with all of @p words, those first that have them in their heading. Upper and
    /// lower case are the same.
    [[nodiscard]] QList<ManualHit> search(const QString &words) const;

    /// A page's Markdown; empty if there is none of that name. Contents is "contents".
    [[nodiscard]] static QString markdown(const QString &name);

private:
    struct Part {
        QString page;
        QString anchor;
        QString heading;
        QString text; ///< Plain, in one line.
    };

    void readContents();
    void readParts(const ManualPage &page);

    QList<ManualPage> m_pages;
    QList<Part> m_parts;
};

/// How links name a heading: "Status URL" is "status-url".
[[nodiscard]] QString headingAnchor(const QString &heading);

} // namespace icebreaker
