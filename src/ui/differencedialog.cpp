#include "ui/differencedialog.h"

#include "ui/theme.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Which lines of two texts are the same, by the longest common sequence of them.
class LineMatch
{
public:
    LineMatch(const QStringList &left, const QStringList &right)
        : m_left(left)
        , m_right(right)
    {
        // What is equal at both ends is left out: the table grows with the product.
        while (m_head < std::min(left.size(), right.size()) && left.at(m_head) == right.at(m_head))
            ++m_head;
        while (m_tail < std::min(left.size(), right.size()) - m_head
               && left.at(left.size() - 1 - m_tail) == right.at(right.size() - 1 - m_tail))
            ++m_tail;
    }

    struct Lines {
        QList<int> left; ///< Those that the other text does not have.
        QList<int> right;
    };

    [[nodiscard]] Lines different() const
    {
        const qsizetype rows = m_left.size() - m_head - m_tail;
        const qsizetype columns = m_right.size() - m_head - m_tail;
        Lines lines;
        if (rows * columns > LargestTable) {
            addAll(lines.left, rows);
            addAll(lines.right, columns);
            return lines;
        }
        const auto table = lengths(rows, columns);
        const auto length = [&](qsizetype row, qsizetype column) {
            return table.at(static_cast<std::size_t>(row * (columns + 1) + column));
        };
        qsizetype row = 0;
        qsizetype column = 0;
        while (row < rows || column < columns) {
            if (row < rows && column < columns
                && m_left.at(m_head + row) == m_right.at(m_head + column)) {
                ++row;
                ++column;
            } else if (column == columns
                       || (row < rows && length(row + 1, column) >= length(row, column + 1))) {
                lines.left.append(static_cast<int>(m_head + row++));
            } else {
                lines.right.append(static_cast<int>(m_head + column++));
            }
        }
        return lines;
    }

private:
    static constexpr qsizetype LargestTable = 4'000'000; // cells: 2,000 lines by 2,000

    void addAll(QList<int> &lines, qsizetype count) const
    {
        for (qsizetype i = 0; i < count; ++i)
            lines.append(static_cast<int>(m_head + i));
    }

    [[nodiscard]] std::vector<int> lengths(qsizetype rows, qsizetype columns) const
    {
        std::vector<int> table(static_cast<std::size_t>((rows + 1) * (columns + 1)));
        const auto at = [&](qsizetype row, qsizetype column) -> int & {
            return table.at(static_cast<std::size_t>(row * (columns + 1) + column));
        };
        for (qsizetype row = rows - 1; row >= 0; --row) {
            for (qsizetype column = columns - 1; column >= 0; --column)
                at(row, column) = m_left.at(m_head + row) == m_right.at(m_head + column)
                    ? at(row + 1, column + 1) + 1
                    : std::max(at(row + 1, column), at(row, column + 1));
        }
        return table;
    }

    const QStringList &m_left;
    const QStringList &m_right;
    qsizetype m_head = 0;
    qsizetype m_tail = 0;
};

QPlainTextEdit *makeSide(const QString &text, const QList<int> &lines, const QString &name)
{
    auto *view = new QPlainTextEdit(text);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setAccessibleName(name);
    QList<QTextEdit::ExtraSelection> marks;
    for (const int line : lines) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(view->document()->findBlockByNumber(line));
        mark.format.setBackground(view->palette().highlight());
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    view->setExtraSelections(marks);
    return view;
}

} // namespace

void showDifference(QWidget &parent, const QString &title, const QString &leftName,
                    const QString &left, const QString &rightName, const QString &right)
{
    const auto lines = LineMatch(left.split(u'\n'), right.split(u'\n')).different();
    auto *dialog = new QDialog(&parent);
    dialog->setObjectName(u"differenceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->resize(960, 560);
    auto *layout = new QGridLayout(dialog);
    QPlainTextEdit *mine = makeSide(left, lines.left, leftName);
    QPlainTextEdit *theirs = makeSide(right, lines.right, rightName);
    auto *leftLabel = new QLabel(leftName);
    auto *rightLabel = new QLabel(rightName);
    leftLabel->setBuddy(mine);
    rightLabel->setBuddy(theirs);
    layout->addWidget(leftLabel, 0, 0);
    layout->addWidget(rightLabel, 0, 1);
    layout->addWidget(mine, 1, 0);
    layout->addWidget(theirs, 1, 1);
    QObject::connect(mine->verticalScrollBar(), &QScrollBar::valueChanged,
                     theirs->verticalScrollBar(), &QScrollBar::setValue);
    QObject::connect(theirs->verticalScrollBar(), &QScrollBar::valueChanged,
                     mine->verticalScrollBar(), &QScrollBar::setValue);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons, 2, 0, 1, 2);
    dialog->show();
}

} // namespace icebreaker
