#pragma once

#include "core/error.h"
#include "store/historyeraser.h"
#include "store/historyreader.h"

#include <QDialog>
#include <QFuture>

class QLabel;
class QProgressBar;
class QPushButton;

namespace icebreaker {

class History;

/// Deletes what the log shows: counts first, says what that means, and asks; then shows how
/// far it is, and can be stopped.
class DeleteDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param filterText  as it was typed; empty for all sends
    DeleteDialog(History &history, const LogFilter &filter, const QString &filterText,
                 QWidget *parent = nullptr);

    void done(int result) override;

signals:
    void failed(const icebreaker::Error &error);

private:
    void count();
    void showCount(const RemovableSends &count);
    void start();
    void showProgress(qint64 removed);
    void showEnd(const ErasedHistory &erased);
    void showRemains(bool isScrubbed);
    void rewrite();

    History &m_history;
    HistoryEraser m_eraser;
    const LogFilter m_filter;
    const QString m_filterText;
    QFuture<Result<RemovableSends>> m_question;
    RemovableSends m_count;
    QLabel *m_text;
    QLabel *m_note;
    QProgressBar *m_progress;
    QPushButton *m_delete;
    QPushButton *m_rewrite; ///< Offered where something may be left.
    QPushButton *m_close;
};

} // namespace icebreaker
