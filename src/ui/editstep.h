#pragma once

#include "ui/composer.h"

#include <QUndoCommand>

#include <functional>

namespace icebreaker {

/// One edit of a request, whatever made it: the states before and after it.
class EditStep : public QUndoCommand
{
public:
    using Apply = std::function<void(const Composer::State &state)>;

    /// The edit has been done already. Steps of one @p run that change the same text are one:
    /// what was typed into a field without leaving it.
    EditStep(Composer::State before, Composer::State after, int run, Apply apply);

    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    Composer::State m_before;
    Composer::State m_after;
    QString m_place; ///< Of the one text that differs; empty if it is more than that.
    int m_run;
    Apply m_apply;
    bool m_isDone = true;
};

} // namespace icebreaker
