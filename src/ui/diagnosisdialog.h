#pragma once

#include <QDialog>

#include <functional>
#include <memory>

namespace Ui {
class DiagnosisDialog;
} // namespace Ui

namespace icebreaker {

class Diagnoser;
class DiagnosisModel;

/// "Is it me or them?": the checks as they run, and the verdict. Closing it stops them.
class DiagnosisDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param begin  starts a run of @p diagnoser; called at once and by "Check Again"
    DiagnosisDialog(Diagnoser &diagnoser, std::function<void()> begin, QWidget *parent = nullptr);
    ~DiagnosisDialog() override;

protected:
    void done(int result) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showReport();
    void showVerdict();
    void fitRows();
    void toggle();
    void copy();

    std::unique_ptr<Ui::DiagnosisDialog> m_ui;
    Diagnoser &m_diagnoser;
    std::function<void()> m_begin;
    DiagnosisModel *m_model;
};

} // namespace icebreaker
