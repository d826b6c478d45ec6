#include "editor/findbar.h"

#include "core/whendone.h"
#include "editor/codeview.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtConcurrent>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MarkedMost = 1000; // more than fit on any screen
constexpr qsizetype SearchedAtOnce = 262'144; // bytes: a few milliseconds

} // namespace

FindBar::FindBar(CodeView &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_wanted(new QLineEdit)
    , m_replacement(new QLineEdit)
    , m_replaceRow(new QWidget)
    , m_case(new QCheckBox(tr("&Match case")))
    , m_count(new QLabel)
{
    setObjectName(u"findBar"_s);
    build();
    hide();
    connect(&m_view, &CodeView::findRequested, this, &FindBar::open);
    connect(&m_view, &CodeView::findNextRequested, this, &FindBar::goOn);
    connect(m_wanted, &QLineEdit::textChanged, this, [this] { search(true); });
    connect(m_case, &QCheckBox::toggled, this, [this] { search(true); });
    connect(m_wanted, &QLineEdit::returnPressed, this, [this] { goOn(false); });
    connect(m_replacement, &QLineEdit::returnPressed, this, &FindBar::replaceOne);
    connect(&m_view, &QsciScintilla::textChanged, this, [this] {
        if (isVisible())
            search(false);
    });
}

void FindBar::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(4);
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("F&ind:"));
    label->setBuddy(m_wanted);
    m_wanted->setObjectName(u"findEdit"_s);
    m_wanted->setAccessibleName(tr("Text to find"));
    m_wanted->setClearButtonEnabled(true);
    m_count->setObjectName(u"findCount"_s);
    m_count->setProperty("role", u"hint"_s);
    auto *back = new QPushButton(tr("&Previous"));
    back->setToolTip(tr("Shift+F3"));
    auto *next = new QPushButton(tr("Ne&xt"));
    next->setToolTip(tr("F3"));
    auto *close = new QPushButton(tr("C&lose"));
    close->setToolTip(tr("Esc"));
    row->addWidget(label);
    row->addWidget(m_wanted, 1);
    row->addWidget(m_count);
    row->addWidget(m_case);
    row->addWidget(back);
    row->addWidget(next);
    row->addWidget(close);
    column->addLayout(row);

    auto *replaceRow = new QHBoxLayout(m_replaceRow);
    replaceRow->setContentsMargins(0, 0, 0, 0);
    auto *with = new QLabel(tr("Replace &with:"));
    with->setBuddy(m_replacement);
    m_replacement->setObjectName(u"replaceEdit"_s);
    m_replacement->setAccessibleName(tr("Text in its place"));
    auto *one = new QPushButton(tr("R&eplace"));
    auto *all = new QPushButton(tr("Replace &all"));
    all->setObjectName(u"replaceAllButton"_s);
    replaceRow->addWidget(with);
    replaceRow->addWidget(m_replacement, 1);
    replaceRow->addWidget(one);
    replaceRow->addWidget(all);
    column->addWidget(m_replaceRow);

    connect(back, &QPushButton::clicked, this, [this] { goOn(true); });
    connect(next, &QPushButton::clicked, this, [this] { goOn(false); });
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(one, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &FindBar::replaceEach);
}

void FindBar::open(bool replace)
{
    m_replaceRow->setVisible(replace);
    show();
    if (const QString selected = m_view.selectedText();
        !selected.isEmpty() && selected.size() < 200 && !selected.contains(u'\n'))
        m_wanted->setText(selected);
    m_wanted->setFocus(Qt::ShortcutFocusReason);
    m_wanted->selectAll();
    search(false);
}

void FindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!isHidden())
        return; // its page is, and comes back
    ++m_round;
    m_found = {};
    m_view.markMatches({});
    m_view.setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else if (event->key() == Qt::Key_F3)
        goOn((event->modifiers() & Qt::ShiftModifier) != 0);
    else
        QWidget::keyPressEvent(event);
}

void FindBar::search(bool reveal)
{
    const QByteArray text = m_view.searchedText();
    const QString wanted = m_wanted->text();
    const auto sensitivity = m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const quint64 round = ++m_round;
    if (text.size() <= SearchedAtOnce) {
        take(searchText(text, wanted, sensitivity), reveal);
        return;
    }
    m_count->setText(tr("Searching…"));
    whenDone(QtConcurrent::run(searchText, text, wanted, sensitivity), this,
             [this, round, reveal](const SearchResult &result) {
                 if (round == m_round)
                     take(result, reveal);
             });
}

void FindBar::take(const SearchResult &result, bool reveal)
{
    m_found = result;
    m_current = -1;
    m_view.markMatches(result.spans.first(std::min(result.spans.size(), MarkedMost)));
    if (reveal && !m_found.spans.isEmpty()) {
        const qsizetype from = m_view.searchedPosition(m_view.selectedSpan().begin);
        const auto found =
            std::find_if(m_found.spans.begin(), m_found.spans.end(),
                         [from](const ByteSpan &span) { return span.begin >= from; });
        m_current = found == m_found.spans.end() ? 0 : found - m_found.spans.begin();
        const ByteSpan &span = m_found.spans.at(m_current);
        m_view.reveal({m_view.shownPosition(span.begin), m_view.shownPosition(span.end)});
    }
    showCount();
}

void FindBar::showCount()
{
    if (m_wanted->text().isEmpty()) {
        m_count->clear();
    } else if (m_found.spans.isEmpty()) {
        m_count->setText(tr("Not found"));
    } else {
        const QString all = m_found.isCut ? tr("more than %L1").arg(SearchMost)
                                          : u"%L1"_s.arg(m_found.spans.size());
        m_count->setText(m_current < 0 ? all : tr("%L1 of %2").arg(m_current + 1).arg(all));
    }
}

void FindBar::goOn(bool backwards)
{
    if (m_found.spans.isEmpty()) {
        if (!isVisible())
            open(false);
        return;
    }
    const qsizetype at = m_view.searchedPosition(m_view.selectedSpan().begin);
    const auto &spans = m_found.spans;
    if (backwards) {
        const auto found = std::find_if(spans.rbegin(), spans.rend(),
                                        [at](const ByteSpan &span) { return span.begin < at; });
        m_current = found == spans.rend() ? spans.size() - 1 : spans.rend() - found - 1;
    } else {
        const auto found = std::find_if(spans.begin(), spans.end(),
                                        [at](const ByteSpan &span) { return span.begin > at; });
        m_current = found == spans.end() ? 0 : found - spans.begin();
    }
    const ByteSpan &span = spans.at(m_current);
    m_view.reveal({m_view.shownPosition(span.begin), m_view.shownPosition(span.end)});
    showCount();
}

void FindBar::replaceOne()
{
    const ByteSpan at = m_view.selectedSpan();
    if (m_view.isReadOnly() || !m_found.spans.contains(at)) {
        goOn(false);
        return;
    }
    const QByteArray text = m_replacement->text().toUtf8();
    m_view.apply({{at.begin, at.end, text}});
    m_view.reveal({at.begin + text.size(), at.begin + text.size()});
    search(true);
}

void FindBar::replaceEach()
{
    if (m_view.isReadOnly())
        return;
    QList<TextEdit> edits;
    for (qsizetype i = m_found.spans.size() - 1; i >= 0; --i)
        edits.append(
            {m_found.spans.at(i).begin, m_found.spans.at(i).end, m_replacement->text().toUtf8()});
    m_view.apply(edits);
}

} // namespace icebreaker
