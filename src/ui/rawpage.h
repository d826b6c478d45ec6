#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace icebreaker {

class CodeView;
class Composer;
class JsonEditor;
class ProblemBar;
class RawSync;

/// The Raw JSON page: the request as a document that can be edited, what is wrong with it,
/// and what goes out where that differs. While numbers are masked it can only be read.
class RawPage : public QWidget
{
    Q_OBJECT

public:
    explicit RawPage(Composer &composer, QWidget *parent = nullptr);

    /// Whether the text is the request that would be sent. If not, says so.
    [[nodiscard]] bool allowsSending();
    /// Puts the cursor where the first error is.
    void goToFirstError();

signals:
    /// Nothing was sent, for the reason given.
    void refused(const QString &why);

private:
    void build();
    [[nodiscard]] QWidget *makeTools();
    [[nodiscard]] QWidget *makeChoice();
    void follow();
    void showOutgoing();
    void showMasked();
    void format();

    Composer &m_composer;
    JsonEditor *m_editor;
    RawSync *m_sync;
    CodeView *m_masked; ///< In the editor's place while numbers are masked.
    CodeView *m_outgoing;
    ProblemBar *m_problems;
    QStackedWidget *m_texts;
    QLabel *m_note;
    QLabel *m_differs;
    QLabel *m_choiceText;
    QPushButton *m_useText;
    QWidget *m_choice; ///< Which one counts, the text or the form.
    QPushButton *m_format;
    QPushButton *m_find;
    QPushButton *m_showOutgoing;
};

} // namespace icebreaker
