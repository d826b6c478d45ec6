#pragma once

#include "core/error.h"
#include "store/savedfilters.h"

#include <QMenu>

namespace icebreaker {

/// The filters that somebody gave names: choosing one, saving the one in the box, renaming
/// and deleting. Kept in the data folder.
class SavedFilterMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SavedFilterMenu(QString folder, QWidget *parent = nullptr);

    /// What stands in the box, and whether it makes sense.
    void setCurrent(const QString &text, bool isValid);

signals:
    void chosen(const QString &text);
    void failed(const icebreaker::Error &error);

private:
    void fill();
    void saveCurrent();
    void manage();
    void store(const QList<SavedFilter> &filters);

    const QString m_folder;
    QList<SavedFilter> m_filters;
    QString m_text;
    bool m_isValid = true;
};

} // namespace icebreaker
