#pragma once

#include "core/sendguard.h"

#include <QDialog>

#include <chrono>
#include <memory>

class QCheckBox;
class QVBoxLayout;

namespace Ui {
class GuardDialog;
} // namespace Ui

namespace icebreaker {

/// The question before a send: what would go where, why it is asked, and what it takes to
/// go on. Without a decision nothing is sent: Return alone means no.
class GuardDialog : public QDialog
{
    Q_OBJECT

public:
    struct Matter {
        ProfileKind kind = ProfileKind::Live;
        QString profile;
        QString place; ///< "EU", or a host.
        QList<GuardReason> reasons;
        QString to; ///< Name and number; of a batch the first one that is asked about.
        QString proofOf; ///< The number whose last digits are to be typed.
        QString templateName;
        QString agentId;
        std::chrono::seconds sinceSame{0};
        // Of a batch:
        bool isBatch = false;
        QString batchName;
        QStringList details; ///< In place of all other facts, a line each.
        qsizetype others = 0; ///< Recipients that are not test numbers.
    };

    GuardDialog(Matter matter, QWidget *parent);
    ~GuardDialog() override;

    /// What is not to be asked about again.
    [[nodiscard]] QList<GuardReason> quietReasons() const;

private:
    void showSummary();
    void showReason(GuardReason reason);
    void addProof(QVBoxLayout &layout);
    void addButtons();
    [[nodiscard]] QString reasonText(GuardReason reason) const;

    std::unique_ptr<Ui::GuardDialog> m_ui;
    Matter m_matter;
    QList<std::pair<GuardReason, QCheckBox *>> m_quietChecks;
};

} // namespace icebreaker
