#include "ui/timingpane.h"

#include "ui/theme.h"
#include "ui/waterfallview.h"
#include "words/sendwords.h"
#include "words/timingwords.h"

#include <QLabel>
#include <QVBoxLayout>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

QLabel *makeReadable(const QString &objectName)
{
    auto *label = new QLabel;
    label->setObjectName(objectName);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::StrongFocus);
    return label;
}

QString weighted(const ConnectionLine &line)
{
    // A digest has no place to break at.
    const QString text = line.text.toHtmlEscaped();
    switch (line.weight) {
    case ConnectionLine::Weight::Plain: return text;
    case ConnectionLine::Weight::Good:
        return u"<span style=\"color:%1\">✓ %2</span>"_s.arg(theme::good().name(), text);
    case ConnectionLine::Weight::Warning:
        return u"<span style=\"color:%1\">⚠ %2</span>"_s.arg(
            theme::forSeverity(Severity::Warning).name(), text);
    case ConnectionLine::Weight::Bad: break;
    }
    return u"<span style=\"color:%1\">✗ %2</span>"_s.arg(theme::forSeverity(Severity::Error).name(),
                                                         text);
}

QString connectionHtml(const QList<ConnectionLine> &lines)
{
    QString rows;
    for (const ConnectionLine &line : lines)
        rows += u"<tr><td style=\"color:%1\">%2&nbsp;&nbsp;</td><td>%3</td></tr>"_s.arg(
            theme::muted().name(), line.label.toHtmlEscaped(), weighted(line));
    return u"<table cellspacing=\"1\">%1</table>"_s.arg(rows);
}

} // namespace

TimingPane::TimingPane(QWidget *parent)
    : QScrollArea(parent)
    , m_waterfall(new WaterfallView)
    , m_notes(makeReadable(u"timingNotes"_s))
    , m_connection(makeReadable(u"connectionFacts"_s))
{
    setObjectName(u"timingPane"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // its parts have it
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_waterfall);
    column->addWidget(m_notes);
    column->addWidget(m_connection);
    column->addStretch();
    setWidget(page);
    m_notes->setIndent(8);
    m_connection->setIndent(8);
    clear();
}

void TimingPane::show(const SendRecord &record)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_waterfall->show(timingPhases(record), timingText(record, now));
    QString notes;
    if (record.answer.timing.total.count() > 0)
        notes = u"<p><b>%1</b></p>"_s.arg(
            tr("Altogether %1").arg(durationText(record.answer.timing.total)).toHtmlEscaped());
    for (const QString &note : timingNotes(record))
        notes += u"<p style=\"color:%1\">%2</p>"_s.arg(theme::muted().name(), note.toHtmlEscaped());
    m_notes->setText(notes);
    m_connection->setText(connectionHtml(connectionLines(record, now)));
}

void TimingPane::clear()
{
    m_waterfall->show({}, {});
    m_notes->clear();
    m_connection->clear();
}

} // namespace icebreaker
