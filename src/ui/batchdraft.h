#pragma once

#include "batch/columnguess.h"
#include "batch/sheet.h"
#include "batch/sheetcheck.h"
#include "batch/sheetreader.h"
#include "core/error.h"
#include "core/requesttemplate.h"
#include "core/sheetshape.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace icebreaker {

class Composer;

/// The batch that is being prepared: the rows, how they fill the Composer's request, and
/// what the checks say. Everything on the page looks at it; it knows no widget and sends
/// nothing.
class BatchDraft : public QObject
{
    Q_OBJECT

public:
    /// @param folder  the data folder: mappings and the do-not-message list are kept there
    BatchDraft(Composer &composer, QString folder, QObject *parent = nullptr);
    ~BatchDraft() override;

    void openFile(const QString &path, const SheetShape &shape = {});
    void openText(const QString &name, const QString &text);
    /// The same rows again, read in another way.
    void reread(const SheetShape &shape);
    void cancelReading();
    /// Forgets the rows.
    void clear();

    [[nodiscard]] bool hasRows() const { return m_sheet.rowCount() > 0; }
    [[nodiscard]] bool isReading() const { return m_reader != nullptr; }
    [[nodiscard]] const Sheet &sheet() const { return m_sheet; }
    [[nodiscard]] const SheetShape &shape() const { return m_shape; }

    [[nodiscard]] const QList<FillTarget> &targets() const { return m_targets; }
    /// @param text  a constant, or with {{column}}
    void setTarget(int index, const QString &text);
    [[nodiscard]] const RequestTemplate &request() const { return m_template; }
    [[nodiscard]] CheckContext checkContext() const;
    /// The profile's inbox gives every send a Status URL of its own.
    [[nodiscard]] bool usesBuiltInInbox() const;
    /// The request of one row as it goes out.
    [[nodiscard]] OutboundRequest filled(qsizetype row) const;

    void setCell(qsizetype row, int column, const QString &text);

    /// What was typed or read into the do-not-message list.
    [[nodiscard]] const QString &doNotMessageText() const { return m_doNotMessageText; }
    /// Keeps it for this and all later batches.
    [[nodiscard]] Result<void> setDoNotMessageText(const QString &text);
    [[nodiscard]] qsizetype doNotMessageCount() const { return m_doNotMessage.size(); }

    /// Nothing is ready before every row was checked.
    [[nodiscard]] bool isChecked() const { return m_isChecked; }
    [[nodiscard]] const SheetVerdicts &verdicts() const { return m_verdicts; }
    [[nodiscard]] qsizetype sendable() const;
    [[nodiscard]] qsizetype people() const;
    /// What is wrong with one row, in words; empty for one that is ready.
    [[nodiscard]] QString verdictText(qsizetype row) const { return reasons()(row); }
    /// The same about the rows as they are now, whatever becomes of this object.
    [[nodiscard]] std::function<QString(qsizetype row)> reasons() const;
    /// Placeholders without a column; empty: none.
    [[nodiscard]] QStringList unknownNames() const { return m_template.unknownNames(); }

signals:
    /// Other rows, or none any more. Also for the first rows of a big file.
    void sheetChanged();
    void readingProgressed(qint64 bytes, qint64 ofBytes, qint64 rows);
    void readingEnded();
    void readFailed(const icebreaker::SheetError &error);
    /// The targets or what fills them are different.
    void mappingChanged();
    void checkProgressed(qsizetype rows, qsizetype ofRows);
    /// The verdicts are there, or not any more.
    void checked();
    void cellChanged(qsizetype row);
    void failed(const icebreaker::Error &error);

private:
    struct Source {
        QString path; ///< Empty for pasted rows.
        QString name;
        QString text;
    };

    void read(const SheetShape &shape);
    void takeRows(const Sheet &sheet, const SheetShape &shape, bool complete);
    void guessMapping();
    [[nodiscard]] int columnWith(const QString &text) const;
    void followRequest();
    void forgetChecks();
    void recheck();
    [[nodiscard]] OutboundRequest baseRequest() const;
    [[nodiscard]] static QString keyOf(const FillTarget &target);

    Composer &m_composer;
    QString m_folder;
    QString m_previewId; ///< Stands for the send ID that every row gets when it leaves.
    Source m_source;
    std::unique_ptr<SheetReader> m_reader;
    Sheet m_sheet;
    SheetShape m_shape;
    QHash<QString, QString> m_mapping; ///< Text by target; what is not here is the form's.
    QList<FillTarget> m_targets;
    RequestTemplate m_template;
    QString m_doNotMessageText;
    DoNotMessageList m_doNotMessage;
    SheetCheck m_check;
    SheetVerdicts m_verdicts;
    bool m_isComplete = false; ///< All rows are read, not only the first ones.
    bool m_isChecked = false;
    QTimer m_recheckTimer;
};

} // namespace icebreaker
