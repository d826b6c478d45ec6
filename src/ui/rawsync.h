#pragma once

#include "core/jsonoutline.h"
#include "core/outboundrequest.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace icebreaker {

class Composer;
class JsonEditor;
struct EditorMark;

/// Keeps a JSON editor and the Composer two views of one request.
///
/// Text that is JSON becomes the request at once. Text that is not leaves the request as it
/// was, and nothing may be sent until it is mended: what would go out is not what somebody
/// sees. An edit elsewhere changes the text only where it differs, or, if the text is broken,
/// leaves both as they are until somebody says which one counts.
class RawSync : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Same,
        Broken, ///< The text is no request; the form has the last one.
        Apart, ///< The form was changed while the text was broken.
    };

    /// Both outlive this.
    RawSync(Composer &composer, JsonEditor &editor, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    /// The text is no request, in words.
    [[nodiscard]] QString fault() const { return m_fault; }
    /// Whether text and form are the same request; takes what was typed last first.
    [[nodiscard]] bool settle();

    /// What the form says replaces the text; can be undone in the editor.
    void useForm();
    /// What the text says replaces the form, if it is a request.
    void useText();

signals:
    /// The state, or what is wrong, may be different now.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeSoon();
    void take();
    void put(const OutboundRequest &request);
    void follow();
    void followDocument();
    void showMarks();
    [[nodiscard]] QList<EditorMark> entryMarks(const JsonNode &outline) const;
    void proposeWords();

    Composer &m_composer;
    JsonEditor &m_editor;
    QTimer m_soon; ///< A long text is not read at every key.
    OutboundRequest m_known; ///< The last one that both had.
    /// A text that was no request when another document was opened.
    struct Left {
        OutboundRequest known;
        QByteArray text;
    };
    QHash<QString, Left> m_left; ///< By document.
    QString m_document; ///< That the text is of.
    QStringList m_sessionNames; ///< Of all requests so far.
    State m_state = State::Same;
    QString m_fault;
    bool m_taking = false;
};

} // namespace icebreaker
