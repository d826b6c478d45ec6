#include "ui/slotform.h"

#include "core/templatefill.h"
#include "ui/composer.h"
#include "ui/fieldnote.h"
#include "ui/theme.h"
#include "words/templatewords.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// How often the slot's value stands in its text.
int occurrences(const TemplateSlot &slot, const TemplateVersion &version)
{
    if (slot.kind != SlotKind::Text)
        return 1;
    const auto found =
        findPlaceholders(slot.part == Part::Header ? version.headerText() : version.bodyText());
    return static_cast<int>(std::count_if(
        found.begin(), found.end(), [&slot](const auto &each) { return each.name == slot.name; }));
}

} // namespace

SlotForm::SlotForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
    , m_empty(new QLabel(tr("This template takes no parameters."), this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(10);
    m_layout->setVerticalSpacing(4);
    m_layout->setColumnStretch(1, 1);
    m_empty->setProperty("role", u"hint"_s);
    m_layout->addWidget(m_empty, 0, 0, 1, 3);
}

void SlotForm::bind(Composer &composer)
{
    m_composer = &composer;
    connect(m_composer, &Composer::changed, this, &SlotForm::follow);
    follow();
}

void SlotForm::focusRow(int row)
{
    const qsizetype index = m_parameterRows.indexOf(row);
    if (!m_rows.empty())
        m_rows.at(static_cast<std::size_t>(std::max<qsizetype>(0, index)))
            .edit->setFocus(Qt::OtherFocusReason);
}

bool SlotForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn)
        emit helpWanted(qobject_cast<QWidget *>(watched)->toolTip());
    return QWidget::eventFilter(watched, event);
}

void SlotForm::follow()
{
    const TemplateVersion *version = m_composer->cardVersion();
    if (version == nullptr)
        return;
    rebuild(*version);
    const SlotValues values = slotValues(*version, m_composer->request().components());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QString value = values.values.value(static_cast<qsizetype>(i));
        if (m_rows.at(i).edit->text() != value)
            m_rows.at(i).edit->setText(value);
    }
    showCounters(*version, values.values);
    showNotes(values.rows);
}

/// Only if the fields are different ones: whoever is typing keeps the cursor.
void SlotForm::rebuild(const TemplateVersion &version)
{
    const auto slotList = version.parameters();
    QStringList labels;
    for (const TemplateSlot &slot : slotList)
        labels.append(slotLabel(slot, version));
    if (slotList == m_slots && labels == m_labels)
        return;
    for (const Row &row : m_rows) {
        for (QWidget *widget :
             std::initializer_list<QWidget *>{row.label, row.edit, row.counter, row.note})
            delete widget;
    }
    m_rows.clear();
    m_slots = slotList;
    m_labels = labels;
    m_empty->setVisible(slotList.isEmpty());
    for (int i = 0; i < slotList.size(); ++i)
        m_rows.push_back(makeRow(i, version));
}

SlotForm::Row SlotForm::makeRow(int index, const TemplateVersion &version)
{
    const TemplateSlot &slot = m_slots.at(index);
    const QString name = m_labels.at(index);
    Row row{new QLabel(name, this), new QLineEdit(this), new QLabel(this), new FieldNote(this)};
    row.label->setBuddy(row.edit);
    row.label->setTextFormat(Qt::PlainText);
    row.label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.edit->setObjectName(u"slotEdit%1"_s.arg(index));
    row.edit->setAccessibleName(name);
    row.edit->setPlaceholderText(slot.example.isEmpty() ? slotHint(slot)
                                                        : tr("e.g. %1").arg(slot.example));
    const QString help = slot.example.isEmpty()
        ? u"%1: %2"_s.arg(name, slotHint(slot))
        : u"%1: %2, %3"_s.arg(name, slotHint(slot), tr("e.g. %1").arg(slot.example));
    row.edit->setToolTip(slot.kind == SlotKind::Text && slot.part == Part::Body
                             ? u"%1\n%2"_s.arg(help, version.bodyText())
                             : help);
    row.edit->installEventFilter(this);
    if (m_help)
        m_help(*row.edit);
    row.counter->setObjectName(u"slotCounter%1"_s.arg(index));
    row.counter->setProperty("role", u"hint"_s);
    row.counter->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.counter->setMinimumWidth(row.counter->fontMetrics().horizontalAdvance(u"0000 / 0000"_s));
    row.note->setObjectName(u"slotNote%1"_s.arg(index));
    connect(row.edit, &QLineEdit::textEdited, m_composer,
            [this, index](const QString &text) { m_composer->setCardValue(index, text); });
    connect(row.note, &FieldNote::mendRequested, m_composer, &Composer::mend);
    m_layout->addWidget(row.label, 2 * index + 1, 0);
    m_layout->addWidget(row.edit, 2 * index + 1, 1);
    m_layout->addWidget(row.counter, 2 * index + 1, 2);
    m_layout->addWidget(row.note, 2 * index + 2, 1, 1, 2);
    if (index > 0)
        setTabOrder(m_rows.back().edit, row.edit);
    // Their parent may be on the screen already.
    for (QWidget *widget : std::initializer_list<QWidget *>{row.label, row.edit, row.counter})
        widget->show();
    return row;
}

/// What the field has of what the rest of its text leaves to it.
void SlotForm::showCounters(const TemplateVersion &version, const QStringList &values)
{
    QMap<Part, int> used;
    QList<int> times;
    QList<int> lengths;
    for (int i = 0; i < m_slots.size(); ++i) {
        times.append(std::max(1, occurrences(m_slots.at(i), version)));
        lengths.append(characterCount(values.at(i)));
        used[m_slots.at(i).part] += lengths.at(i) * times.at(i);
    }
    for (int i = 0; i < m_slots.size(); ++i) {
        const TemplateSlot &slot = m_slots.at(i);
        QLabel &counter = *m_rows.at(static_cast<std::size_t>(i)).counter;
        if (slot.maxLength <= 0) {
            counter.setText(lengths.at(i) > 0 ? QString::number(lengths.at(i)) : QString());
            continue;
        }
        const int others =
            slot.kind == SlotKind::Text ? used.value(slot.part) - lengths.at(i) * times.at(i) : 0;
        const int room = std::max(0, slot.maxLength - others) / times.at(i);
        counter.setText(u"%1 / %2"_s.arg(lengths.at(i)).arg(room));
        counter.setToolTip(tr("Characters, and how many may stand here"));
        QPalette palette = this->palette();
        palette.setColor(QPalette::WindowText,
                         lengths.at(i) > room ? theme::forSeverity(Severity::Error)
                                              : theme::muted());
        counter.setPalette(palette);
    }
}

void SlotForm::showNotes(const QList<int> &parameterRows)
{
    m_parameterRows = parameterRows;
    const auto entries = m_composer->entries();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int row = parameterRows.value(static_cast<qsizetype>(i), -1);
        auto own = entries;
        own.removeIf([row](const CheckEntry &entry) {
            return entry.field != Field::Components || row < 0 || entry.row != row;
        });
        if (isContinuation(m_slots.at(static_cast<qsizetype>(i)).kind))
            own.clear(); // stands under the first field of the parameter
        m_rows.at(i).note->show(own, Field::Components, m_rows.at(i).edit);
    }
}

} // namespace icebreaker
