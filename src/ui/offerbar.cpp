#include "ui/offerbar.h"

#include "core/whendone.h"
#include "store/batches.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isInterrupted(const BatchRecord &record)
{
    return !record.here && !record.elsewhere
        && (record.state == BatchState::Running || record.state == BatchState::Paused);
}

} // namespace

OfferBar::OfferBar(Batches &batches, QWidget *parent)
    : QFrame(parent)
    , m_batches(batches)
    , m_label(new QLabel(this))
{
    setObjectName(u"offerBar"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(15, 4, 12, 4);
    m_label->setObjectName(u"offerLabel"_s);
    m_label->setWordWrap(true);
    auto *resume = new QPushButton(tr("Resu&me"), this);
    resume->setObjectName(u"offerResumeButton"_s);
    auto *later = new QPushButton(tr("Not now"), this);
    later->setObjectName(u"offerLaterButton"_s);
    layout->addWidget(m_label, 1);
    layout->addWidget(resume);
    layout->addWidget(later);
    connect(resume, &QPushButton::clicked, this, [this] {
        hide();
        emit resumeRequested(m_batch);
    });
    connect(later, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void OfferBar::offer(const QList<BatchRecord> &records)
{
    const auto found = std::find_if(records.begin(), records.end(), isInterrupted);
    if (found == records.end())
        return;
    whenDone(m_batches.counts(found->id), this,
             [this, record = *found](const Result<BatchCounts> &counts) {
                 if (!counts || counts->waiting == 0)
                     return;
                 const qint64 rows = counts->total() - counts->excluded;
                 m_batch = record.id;
                 m_label->setText(tr("“%1” stopped at %2 of %3 rows.")
                                      .arg(record.plan.name)
                                      .arg(rows - counts->waiting)
                                      .arg(rows));
                 show();
             });
}

void OfferBar::withdraw(qint64 batch)
{
    if (batch == m_batch)
        hide();
}

} // namespace icebreaker
