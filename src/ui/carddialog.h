#pragma once

#include "core/templatecard.h"

#include <QDialog>

#include <memory>

namespace Ui {
class CardDialog;
} // namespace Ui

namespace icebreaker {

/// Makes or changes one template card, by typing or by pasting text or JSON. What it does
/// not show stays as it is.
class CardDialog : public QDialog
{
    Q_OBJECT

public:
    /// exec()'s third result, beside Accepted and Rejected.
    static constexpr int Deleted = 2;

    /// @param card    with one language at least
    /// @param stored  there is a file, which may be deleted
    CardDialog(TemplateCard card, bool stored, QWidget *parent = nullptr);
    ~CardDialog() override;

    [[nodiscard]] const TemplateCard &card() const { return m_card; }

private:
    void bindFields();
    void bindButtonTable();
    void showCard();
    void showVersion();
    void showButtons();
    void showExamples();
    void paste();
    void addLanguage();
    void removeLanguage();
    void changeButton(int row, int column);
    void changeExample(int row);
    /// After every change: what is wrong, and what it looks like.
    void follow();
    void askToDelete();
    void save();
    [[nodiscard]] TemplateVersion &version();
    [[nodiscard]] QString problem() const;

    std::unique_ptr<Ui::CardDialog> m_ui;
    TemplateCard m_card;
    qsizetype m_current = 0; ///< Of the card's versions.
    QList<TemplateSlot> m_shownSlots;
    bool m_filling = false; ///< The fields are being set from the card.
};

} // namespace icebreaker
