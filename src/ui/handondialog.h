#pragma once

#include "share/bundlejob.h"
#include "share/exportsecrets.h"
#include "share/sendexport.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace Ui {
class HandOnDialog;
} // namespace Ui

namespace icebreaker {

/// Saves sends for somebody else, as a file or as a support bundle: which, in what form, what
/// is hidden, and how it will look. Nothing is saved in which the check finds a secret.
class HandOnDialog : public QDialog
{
    Q_OBJECT

public:
    /// What the dialog works on.
    struct Services {
        Journal &journal;
        std::function<QFuture<ExportSecrets>()> secrets;
        ExplainSend explain;
        std::function<QString()> diagnosis; ///< The newest report; empty if there is none.
        QList<std::pair<QString, QString>> settings; ///< For a bundle's `about.json`.
    };
    /// Which sends there are to choose from.
    struct Scope {
        QList<qint64> selected; ///< Newest first.
        std::optional<LogFilter> shown; ///< Nothing while the filter makes no sense.
        qint64 shownCount = 0;
    };
    enum class Form { File, Bundle };

    HandOnDialog(Services services, Scope scope, Form form, QWidget *parent = nullptr);
    ~HandOnDialog() override;

    /// Saves what is chosen; saved() or a message follows.
    void saveTo(const QString &path);

signals:
    void saved(const QString &path);
    /// The preview is what would be saved.
    void previewed();

private:
    [[nodiscard]] bool isBundle() const;
    [[nodiscard]] ExportFormat format() const;
    [[nodiscard]] RedactionChoices choices() const;
    [[nodiscard]] QList<qint64> chosenRows() const;
    [[nodiscard]] LogFilter chosenFilter() const;
    void addChoices(Form form);
    void bind();
    void refresh();
    void previewFile();
    void showRecords(const QList<qint64> &rows);
    void collectBundle();
    void makeBundle();
    void showBundle(const MadeBundle &bundle);
    void showBundleFile();
    void chooseFile();
    void exportTo(const QString &path);
    void writeBundle(const QString &path);
    void showEnd(const ExportReport &report, const QString &path);
    void showMessage(const QString &text, bool isError);
    void setBusy(bool busy);

    std::unique_ptr<Ui::HandOnDialog> m_ui;
    Services m_services;
    const Scope m_scope;
    ExportSecrets m_secrets;
    bool m_hasSecrets = false;
    std::unique_ptr<BundleJob> m_job; ///< For the chosen sends; absent until a bundle is wanted.
    bool m_isCollected = false;
    std::optional<MadeBundle> m_bundle;
    std::unique_ptr<SendExport> m_export;
    int m_generation = 0; ///< Of previews.
    Worker m_worker;
};

} // namespace icebreaker
