#pragma once

#include "core/error.h"
#include "core/templatecard.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace Ui {
class CardChooser;
} // namespace Ui

namespace icebreaker {

class Composer;
class TemplateBook;
class Vault;

/// Which template card the form is for, and the ways to make one.
class CardChooser : public QWidget
{
    Q_OBJECT

public:
    explicit CardChooser(QWidget *parent = nullptr);
    ~CardChooser() override;

    void bind(Composer &composer, TemplateBook &book, Vault &vault);
    /// Makes a card of the body of a request that was sent. The form takes it only if it is
    /// for that template anyway.
    void takeSent(const QByteArray &body);

signals:
    void failed(const icebreaker::Error &error);

private:
    void showCards();
    void choose(int row);
    void use(qsizetype index);
    void useFittingCard();
    void makeNew();
    void edit();
    void paste();
    void open();
    void fetch();
    void take(const QByteArray &text);
    void editCard(const TemplateCard &card, std::optional<qsizetype> index);
    /// Asks for the rest of a new card. @return its place in the book, if it was kept
    std::optional<qsizetype> keepNew(const TemplateCard &card);
    [[nodiscard]] bool mayReplace(const TemplateCard &card);
    void addAll(const QList<TemplateCard> &cards);
    void putBack();
    void say(const QString &text, bool canUndo = false);

    std::unique_ptr<Ui::CardChooser> m_ui;
    Composer *m_composer = nullptr;
    TemplateBook *m_book = nullptr;
    Vault *m_vault = nullptr;
    std::optional<TemplateCard> m_shown; ///< The one that the box is on.
    JsonArray m_before; ///< Components before a card that has no place for all of them.
};

} // namespace icebreaker
