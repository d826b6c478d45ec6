#pragma once

#include "store/templates.h"

#include <QObject>

namespace icebreaker {

/// The template cards that there are, kept in their files. Knows no widget.
class TemplateBook : public QObject
{
    Q_OBJECT

public:
    explicit TemplateBook(QString folder, QObject *parent = nullptr);

    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] const QList<StoredCard> &cards() const { return m_cards; }
    /// Files that could not be understood.
    [[nodiscard]] const QStringList &broken() const { return m_broken; }

    /// The card for the request's template, or -1.
    [[nodiscard]] qsizetype indexFor(const OutboundRequest &request) const;

    /// Adds a card, or its languages to the card of the same name. @return its place
    [[nodiscard]] Result<qsizetype> add(const TemplateCard &card);
    /// Puts @p card in the place of the one at @p index.
    [[nodiscard]] Result<void> replace(qsizetype index, const TemplateCard &card);
    [[nodiscard]] Result<void> remove(qsizetype index);

signals:
    void changed();

private:
    QString m_folder;
    QList<StoredCard> m_cards;
    QStringList m_broken;
};

} // namespace icebreaker
