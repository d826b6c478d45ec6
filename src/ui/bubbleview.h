#pragma once

#include "core/templatefill.h"

#include <QImage>
#include <QTextDocument>
#include <QUrl>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace icebreaker {

/// What came of looking at the link of a header.
struct MediaLook {
    QImage picture; ///< Null for everything else, and before.
    QString note; ///< A few words in place of where it is from.
    bool isProblem = false;
};

/// A template's message as WhatsApp shows it: bubble, header, formatted text, footer and
/// buttons. Values are underlined with dots, placeholders without one keep their braces.
/// Pictures and files are shown as what they are called: nothing is fetched, and a click
/// only says so, with mediaActivated() or linkActivated().
class BubbleView : public QWidget
{
    Q_OBJECT

public:
    explicit BubbleView(QWidget *parent = nullptr);

    /// @param hint  in its place while there is no message
    void setMessage(const std::optional<RenderedMessage> &message, const QString &hint = {});
    /// In place of the header, for as long as it has this link.
    void showMedia(const QUrl &link, const MediaLook &look);
    /// What the view says, in words: for screen readers.
    [[nodiscard]] const QString &plainText() const { return m_plainText; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void linkActivated(const QUrl &url);
    /// The header, while nothing is shown of what is behind its link.
    void mediaActivated(const QUrl &url, icebreaker::HeaderKind kind);

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
        MediaLook look; ///< Of Media; its note is the detail.
        QString link;
        ButtonKind button = ButtonKind::Other;
    };
    struct Target {
        QRect rect;
        QString link;
        bool isMedia = false;
    };

    void rebuild();
    void addText(const HydratedText &text, bool heading);
    void addFooter(const QString &text);
    void addMedia(const RenderedMessage &message);
    void addButtons(const RenderedMessage &message);
    /// @return the height that the view needs
    /// Lays its text out, if it has one.
    int heightOf(Block &block, int width) const;
    int arrange(int width);
    void describe();
    void paintButton(QPainter &painter, const Block &block) const;
    [[nodiscard]] Target targetAt(const QPoint &position) const;
    static void addLinks(const Block &block, QList<Target> &found);
    [[nodiscard]] QList<Target> targets() const;
    void activate(const Target &target);

    std::optional<RenderedMessage> m_message;
    MediaLook m_look; ///< Of m_lookedAt.
    QUrl m_lookedAt; ///< Empty: nothing was looked at yet.
    QString m_hint;
    QString m_plainText;
    std::vector<Block> m_blocks;
    QRect m_bubble;
    int m_focused = -1; ///< Of targets().
};

} // namespace icebreaker
