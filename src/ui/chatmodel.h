#pragma once

#include "core/conversation.h"

#include <QAbstractListModel>

namespace icebreaker {

/// What was said, a row for each turn, in the order of the answer.
class ChatModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        SpeakerRole = Qt::UserRole, ///< Speaker as int.
        HeadingRole, ///< Who and when.
        TextRole,
    };

    using QAbstractListModel::QAbstractListModel;

    void show(const QList<Turn> &turns);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole is heading and text: what is copied and read out.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<Turn> m_turns;
};

} // namespace icebreaker
