#pragma once

#include "core/templatefill.h"

#include <QTextDocument>
#include <QUrl>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace icebreaker {

/// A template's message as WhatsApp shows it: bubble, header, formatted text, footer and
/// buttons. Values are underlined with dots, placeholders without one keep their braces.
/// Pictures and files are shown as what they are called: nothing is fetched, and a click
/// only says so with linkActivated().
class BubbleView : public QWidget
{
    Q_OBJECT

public:
    explicit BubbleView(QWidget *parent = nullptr);

    /// @param hint  in its place while there is no message
    void setMessage(const std::optional<RenderedMessage> &message, const QString &hint = {});
    /// What the view says, in words: for screen readers.
    [[nodiscard]] const QString &plainText() const { return m_plainText; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void linkActivated(const QUrl &url);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    struct Block {
        enum class Kind { Text, Media, Button };
        Kind kind = Kind::Text;
        QRect rect;
        std::unique_ptr<QTextDocument> text; ///< Of Text.
        QString title; ///< Of Media and Button.
        QString detail; ///< Of Media.
        QString link;
        ButtonKind button = ButtonKind::Other;
    };
    struct Target {
        QRect rect;
        QString link;
    };

    void rebuild();
    void addText(const HydratedText &text, bool heading);
    void addFooter(const QString &text);
    void addMedia(const RenderedMessage &message);
    void addButtons(const RenderedMessage &message);
    /// @return the height that the view needs
    int arrange(int width);
    void describe();
    void paintMedia(QPainter &painter, const Block &block) const;
    void paintButton(QPainter &painter, const Block &block) const;
    [[nodiscard]] QString linkAt(const QPoint &position) const;
    [[nodiscard]] QList<Target> targets() const;
    void activate(const QString &link);

    std::optional<RenderedMessage> m_message;
    QString m_hint;
    QString m_plainText;
    std::vector<Block> m_blocks;
    QRect m_bubble;
    int m_focused = -1; ///< Of targets().
};

} // namespace icebreaker
