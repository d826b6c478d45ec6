#pragma once

#include "core/error.h"
#include "core/limitrequest.h"

#include <QDialog>
#include <QFuture>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace Ui {
class LimitDialog;
} // namespace Ui

namespace icebreaker {

/// Writes the mail that asks for a higher limit, and follows the request until the limit
/// is in force. The mail is opened in a mail program or copied, never sent from here, and
/// neither while one of the profile's keys is in it.
class LimitDialog : public QDialog
{
    Q_OBJECT

public:
    /// The keys that must not get into the mail; fails if one cannot be looked at.
    using Keys = std::function<QFuture<Result<QByteArrayList>>()>;

    struct Target {
        QString agentIds; ///< Separated by commas.
        QString region; ///< For people, e.g. "EU".
        int limit = 1; ///< In force.
        std::optional<LimitRequest> request; ///< Under way.
    };

    LimitDialog(const Target &target, Keys keys, QWidget *parent = nullptr);
    ~LimitDialog() override;

    void setEvidence(const LimitEvidence &evidence);
    /// The request as it was stored; nothing if it is in force or was given up.
    void setRequest(const std::optional<LimitRequest> &request);

signals:
    /// The user asked, ticked a stage, or gave up.
    void requestChanged(const std::optional<icebreaker::LimitRequest> &request);

private:
    enum class Way { Open, Copy };

    void bind();
    void write();
    void showStage();
    void tickStages();
    [[nodiscard]] MailText mail() const;
    /// What is wrong with the form, in words; empty if nothing is.
    [[nodiscard]] QString problem() const;
    /// Hands the mail over if no key is in it.
    void handOver(Way way);
    void handOverChecked(Way way);
    void showMessage(const QString &text, bool isError);

    std::unique_ptr<Ui::LimitDialog> m_ui;
    Target m_target;
    Keys m_keys;
    LimitEvidence m_evidence;
    bool m_isEdited = false; ///< The text is the user's own now.
    bool m_isWriting = false;
    QTimer m_tick;
};

} // namespace icebreaker
