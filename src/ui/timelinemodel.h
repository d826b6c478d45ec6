#pragma once

#include "core/deliverytimeline.h"

#include <QAbstractListModel>
#include <QStringList>

#include <optional>

namespace icebreaker {

/// What became of one send, a row for each step of deliveryTimeline(). A further event
/// changes only the rows that it concerns, so that views keep selection and position.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT

public:
    /// Qt::DisplayRole is all of a row's text; the parts are for painting.
    enum Role {
        TitleRole = Qt::UserRole,
        TimeRole, ///< When, and after which gap.
        DetailRole, ///< QStringList.
        MarkRole, ///< See Mark.
    };
    enum class Mark {
        Done, ///< It happened.
        Open, ///< Not yet, or not heard of.
        Guess, ///< It happened to somebody; perhaps to this send.
        Bad, ///< It failed.
    };
    Q_ENUM(Mark)

    using QAbstractListModel::QAbstractListModel;

    /// @param events  in order of arrival
    void show(const SendRecord &record, const QList<KeptEvent> &events, const QDateTime &now);
    void clear();
    /// The step of a row, nothing for an invalid index.
    [[nodiscard]] const TimelineStep *step(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        TimelineStep step;
        QString title;
        QString time;
        QStringList details;
        Mark mark = Mark::Done;
        friend bool operator==(const Row &a, const Row &b)
        {
            return a.step.numbers == b.step.numbers && a.title == b.title && a.time == b.time
                && a.details == b.details && a.mark == b.mark;
        }
    };

    void follow(const QList<Row> &rows);
    [[nodiscard]] static QString text(const Row &row, const QString &separator);
    [[nodiscard]] static Mark markOf(const TimelineStep &step, const SendRecord &record);

    QList<Row> m_rows;
};

} // namespace icebreaker
