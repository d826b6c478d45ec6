#include "ui/chatmodel.h"

#include "ui/privacy.h"
#include "words/conversationwords.h"
#include "words/deliverywords.h"

namespace icebreaker {

namespace {

/// A longer text would freeze the view; WhatsApp's longest message has 4096 characters.
constexpr qsizetype MostShown = 20'000;

QString heading(const Turn &turn, const QList<Turn> &turns)
{
    const QString who = speakerText(turn.speaker);
    return turn.at.isValid()
        ? ChatModel::tr("%1 · %2").arg(who, momentText(turn.at, turns.first().at))
        : who;
}

} // namespace

void ChatModel::show(const QList<Turn> &turns)
{
    if (turns == m_turns)
        return;
    beginResetModel();
    m_turns = turns;
    endResetModel();
}

int ChatModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_turns.size());
}

QVariant ChatModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Turn &turn = m_turns.at(index.row());
    switch (role) {
    case Qt::EditRole: // for copies
        return tr("%1: %2").arg(heading(turn, m_turns), turn.text);
    case Qt::DisplayRole: return tr("%1: %2").arg(heading(turn, m_turns), privacy::text(turn.text));
    case SpeakerRole: return static_cast<int>(turn.speaker);
    case HeadingRole: return heading(turn, m_turns);
    case TextRole:
        return turn.text.size() > MostShown
            ? tr("%1… (the rest is in the JSON)").arg(privacy::text(turn.text.first(MostShown)))
            : privacy::text(turn.text);
    default: return {};
    }
}

} // namespace icebreaker
