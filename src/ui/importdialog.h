#pragma once

#include "core/error.h"
#include "receive/eventkeeper.h"

#include <QDialog>
#include <QFuture>

#include <memory>

namespace Ui {
class ImportDialog;
} // namespace Ui

namespace icebreaker {

class ImportModel;
class InboxHub;
struct CallbackImport;

/// Shows what statuses a text or a file holds, and takes them into the journal if the user
/// wants that.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ImportDialog(InboxHub &hub, QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Reads in the background.
    void openFile(const QString &path);
    void openText(const QByteArray &text);

private:
    void await(const QFuture<Result<CallbackImport>> &reading);
    void showFound(const CallbackImport &found);
    void showProblems(const CallbackImport &found);
    void take();
    void showTaken(const EventsTaken &taken);
    void showMessage(const QString &text, bool isError);

    std::unique_ptr<Ui::ImportDialog> m_ui;
    InboxHub &m_hub;
    ImportModel *m_model;
};

} // namespace icebreaker
