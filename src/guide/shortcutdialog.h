#pragma once

#include <QDialog>

class QKeySequence;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace icebreaker {

class ShortcutBook;

/// The keys of all commands, to be looked up and changed. What is changed is in force at once;
/// keys that another command has are only given away when that is said.
class ShortcutDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param book  outlives this
    explicit ShortcutDialog(ShortcutBook &book, QWidget *parent = nullptr);

private:
    void build();
    void fill();
    void filter(const QString &text);
    void showCurrent();
    void take(const QKeySequence &keys);
    void give(const QKeySequence &keys);
    void tell(const QString &text, bool isProblem);
    [[nodiscard]] QString currentId() const;

    ShortcutBook &m_book;
    QLineEdit *m_search;
    QTableWidget *m_table;
    QKeySequenceEdit *m_keys;
    QLabel *m_note;
    QPushButton *m_clear;
    QPushButton *m_reset;
    QPushButton *m_takeOver; ///< Only there while the keys are another command's.
};

} // namespace icebreaker
