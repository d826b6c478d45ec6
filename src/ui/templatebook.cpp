#include "ui/templatebook.h"

#include "core/templatereader.h"

#include <algorithm>

namespace icebreaker {

TemplateBook::TemplateBook(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    LoadedTemplates loaded = loadTemplates(m_folder);
    m_cards = std::move(loaded.cards);
    m_broken = std::move(loaded.broken);
}

qsizetype TemplateBook::indexFor(const OutboundRequest &request) const
{
    const QString name = request.text(Field::Template);
    const QString space = request.text(Field::Namespace);
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [&](const auto &each) {
        return each.card.name == name
            && (each.card.namespaceId.isEmpty() || each.card.namespaceId == space);
    });
    return found == m_cards.end() || name.isEmpty() ? -1 : std::distance(m_cards.begin(), found);
}

Result<qsizetype> TemplateBook::add(const TemplateCard &card)
{
    QList<TemplateCard> cards;
    for (const StoredCard &each : std::as_const(m_cards))
        cards.append(each.card);
    const qsizetype index = mergeCard(cards, card);
    if (index == m_cards.size())
        m_cards.append(StoredCard{});
    if (const auto kept = replace(index, cards.at(index)); !kept) {
        if (m_cards.at(index).card.name.isEmpty())
            m_cards.removeAt(index);
        return tl::unexpected(kept.error());
    }
    return index;
}

Result<void> TemplateBook::replace(qsizetype index, const TemplateCard &card)
{
    const auto file = saveTemplate(m_folder, {m_cards.at(index).file, card});
    if (!file)
        return tl::unexpected(file.error());
    m_cards[index] = {*file, card};
    emit changed();
    return {};
}

Result<void> TemplateBook::remove(qsizetype index)
{
    const QString file = m_cards.at(index).file;
    if (file.isEmpty()) {
        static const QString reason =
            QStringLiteral("the card is one of several in a file: delete it there");
        return failure(ErrorKind::InvalidInput, reason);
    }
    if (auto removed = removeTemplate(m_folder, file); !removed)
        return removed;
    m_cards.removeAt(index);
    emit changed();
    return {};
}

} // namespace icebreaker
