#pragma once

#include "core/error.h"
#include "core/profile.h"
#include "core/requestcheck.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLineEdit;
class QTableView;

namespace Ui {
class ComposerPage;
} // namespace Ui

namespace icebreaker {

class Composer;
class NumberBook;
class ParameterModel;
class SessionParameterModel;
class TemplateBook;
class Vault;

/// The Message page: the form over a Composer. Everything is shown and checked as it
/// is typed.
class ComposerPage : public QWidget
{
    Q_OBJECT

public:
    ComposerPage(Composer &composer, TemplateBook &book, Vault &vault, QWidget *parent = nullptr);
    ~ComposerPage() override;

    /// Puts the cursor into the first field that has an error.
    void focusFirstError();
    /// The To field offers the numbers of @p book, which outlives the page.
    void completeFrom(const NumberBook &book);
    /// Makes a template card of a request that was sent. @param body  its JSON
    void makeCard(const QByteArray &body);

signals:
    /// The user wants to see and edit the numbers.
    void numbersRequested();
    void failed(const icebreaker::Error &error);

signals:
    /// The profile's status inbox lacks something.
    void inboxSetupRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void bindFields();
    void bindText(QLineEdit *edit, Field field);
    void bindTables();
    void bindNotes();
    void addParameterMenu();
    void follow();
    void showParameters();
    void fillLocales();
    void showNotes();
    void showStatusUrl(const QList<CheckEntry> &entries);
    void showRowNotes(const QList<CheckEntry> &entries);
    [[nodiscard]] static QString inboxHint(InboxSource source);
    [[nodiscard]] QWidget *editorOf(Field field) const;
    static void growWithRows(QTableView *table);
    static void setQuietly(QLineEdit *edit, const QString &text);

    std::unique_ptr<Ui::ComposerPage> m_ui;
    Composer &m_composer;
    ParameterModel *m_parameters;
    SessionParameterModel *m_sessionParameters;
    QStringList m_locales; ///< Those in the box; empty: all that WhatsApp has.
};

} // namespace icebreaker
