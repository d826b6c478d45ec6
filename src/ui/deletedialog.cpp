#include "ui/deletedialog.h"

#include "core/whendone.h"
#include "store/history.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int DialogWidth = 460;
constexpr int FullProgress = 1000;

QLabel *makeLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

DeleteDialog::DeleteDialog(History &history, const LogFilter &filter, const QString &filterText,
                           QWidget *parent)
    : QDialog(parent)
    , m_history(history)
    , m_eraser(history)
    , m_filter(frozen(filter, QDateTime::currentDateTime()))
    , m_filterText(filterText.trimmed())
    , m_text(makeLabel(u"deleteText"_s, this))
    , m_note(makeLabel(u"deleteNote"_s, this))
    , m_progress(new QProgressBar(this))
    , m_delete(new QPushButton(tr("&Delete"), this))
    , m_rewrite(new QPushButton(tr("&Rewrite the File"), this))
    , m_close(new QPushButton(tr("&Keep Them"), this))
{
    setWindowTitle(tr("Delete What the Filter Shows"));
    setMinimumWidth(DialogWidth);
    m_note->setProperty("role", u"hint"_s);
    m_progress->setObjectName(u"deleteProgress"_s);
    m_progress->setAccessibleName(tr("How much is deleted"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_delete->setObjectName(u"deleteButton"_s);
    m_delete->setAutoDefault(false);
    m_delete->setEnabled(false);
    m_rewrite->setObjectName(u"rewriteButton"_s);
    m_rewrite->setAutoDefault(false);
    m_close->setObjectName(u"keepButton"_s);
    m_close->setDefault(true);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_delete, QDialogButtonBox::DestructiveRole);
    buttons->addButton(m_rewrite, QDialogButtonBox::ActionRole);
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    m_rewrite->hide(); // the box shows what it has whenever something is added
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(m_note);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    connect(m_delete, &QPushButton::clicked, this, &DeleteDialog::start);
    connect(m_rewrite, &QPushButton::clicked, this, &DeleteDialog::rewrite);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_eraser, &HistoryEraser::progressed, this, &DeleteDialog::showProgress);
    connect(&m_eraser, &HistoryEraser::finished, this, &DeleteDialog::showEnd);
    connect(&m_eraser, &HistoryEraser::failed, this, [this](const Error &error) {
        emit failed(error);
        QDialog::done(Rejected);
    });
    count();
}

/// While something is being deleted, closing only stops it.
void DeleteDialog::done(int result)
{
    m_question.cancel();
    if (m_eraser.isRunning()) {
        m_eraser.cancel();
        m_close->setEnabled(false);
        return;
    }
    QDialog::done(result);
}

void DeleteDialog::count()
{
    m_text->setText(tr("Counting…"));
    m_question = m_history.removable(m_filter);
    whenDone(m_question, this, [this](const Result<RemovableSends> &count) {
        if (!count) {
            emit failed(count.error());
            reject();
            return;
        }
        showCount(*count);
    });
}

void DeleteDialog::showCount(const RemovableSends &count)
{
    m_count = count;
    m_progress->hide();
    const int removable = static_cast<int>(count.removable);
    if (count.removable == 0)
        m_text->setText(tr("There is nothing that can be deleted."));
    else if (m_filterText.isEmpty())
        m_text->setText(
            tr("Delete %n send(s) for good? This cannot be undone.", nullptr, removable));
    else
        m_text->setText(tr("Delete %n send(s) that match “%1” for good? This cannot be undone.",
                           nullptr, removable)
                            .arg(m_filterText));
    QString note;
    if (count.removable > 0)
        note = tr("Their requests, answers, statuses and conversations go with them, and nothing "
                  "of them is left in Icebreaker's files. What was sent stays sent.");
    if (count.kept > 0)
        note += (note.isEmpty() ? QString() : u"\n\n"_s)
            + tr("%n send(s) stay(s): in flight, not older than ten minutes, or of a batch that is "
                 "not over.",
                 nullptr, static_cast<int>(count.kept));
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_delete->setEnabled(count.removable > 0);
    m_delete->setText(tr("&Delete %n send(s)", nullptr, removable));
    if (count.removable == 0)
        m_close->setText(tr("&Close"));
}

void DeleteDialog::start()
{
    m_delete->setEnabled(false);
    m_close->setText(tr("&Stop"));
    m_progress->setRange(0, FullProgress);
    m_progress->show();
    HistoryEraser::Order order;
    order.filter = m_filter;
    order.newest = m_count.newest;
    order.largestRewritten = SmallJournal;
    m_eraser.start(order);
}

void DeleteDialog::showProgress(qint64 removed)
{
    const auto all = std::max<qint64>(1, m_count.removable);
    m_progress->setValue(static_cast<int>(removed * FullProgress / all));
    m_text->setText(tr("%1 of %n send(s) deleted", nullptr, static_cast<int>(all)).arg(removed));
    m_note->hide();
}

void DeleteDialog::showEnd(const ErasedHistory &erased)
{
    m_progress->hide();
    m_delete->hide();
    m_close->setEnabled(true);
    m_close->setText(tr("&Close"));
    m_text->setText(tr("%n send(s) deleted.", nullptr, static_cast<int>(erased.removed)));
    showRemains(erased.isScrubbed);
}

void DeleteDialog::showRemains(bool isScrubbed)
{
    m_progress->hide();
    m_rewrite->setVisible(!isScrubbed);
    m_rewrite->setEnabled(true);
    m_note->setText(
        isScrubbed ? tr("Nothing of them is left in Icebreaker's files.")
                   : tr("Their text is overwritten. The journal is large or in use, so it was not "
                        "rewritten: single numbers may remain in its unused parts until it is. "
                        "That takes about 10 seconds per gigabyte and as much space again, and "
                        "sends wait meanwhile."));
    m_note->show();
}

/// Goes on if the dialog is closed.
void DeleteDialog::rewrite()
{
    m_rewrite->setEnabled(false);
    m_progress->setRange(0, 0);
    m_progress->show();
    whenDone(m_history.purgeIndex(), this, [this](const Result<void> &purged) {
        whenDone(m_history.scrub(std::numeric_limits<qint64>::max()), this,
                 [this, isPurged = purged.has_value()](const Result<bool> &done) {
                     if (!done)
                         emit failed(done.error());
                     showRemains(isPurged && done.value_or(false));
                 });
    });
}

} // namespace icebreaker
