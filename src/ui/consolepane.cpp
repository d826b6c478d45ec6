#include "ui/consolepane.h"

#include "core/redactor.h"
#include "editor/findbar.h"
#include "editor/textviewer.h"
#include "ui/privacy.h"
#include "words/consolewords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace icebreaker {

using namespace Qt::StringLiterals;

ConsolePane::ConsolePane(QWidget *parent)
    : QWidget(parent)
    , m_view(new TextViewer)
    , m_copy(new QPushButton(tr("Copy All, Redacted")))
{
    setObjectName(u"consolePane"_s);
    m_view->setObjectName(u"consoleView"_s);
    m_view->setAccessibleName(tr("What went over the wire, in order"));
    m_view->setNumbered(false);
    m_view->setColoured(false);
    m_copy->setObjectName(u"copyConsoleButton"_s);
    m_copy->setToolTip(tr("Without whole numbers, values and other secrets"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 4);
    row->addStretch();
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new FindBar(*m_view));
    column->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connect(m_copy, &QPushButton::clicked, this, &ConsolePane::copy);
    clear();
}

void ConsolePane::show(const SendRecord &record)
{
    m_record = record;
    m_copy->setEnabled(true);
    const QString text = consoleText(record, QDateTime::currentDateTimeUtc());
    m_view->showText(privacy::text(text, record.claim.to).toUtf8());
}

void ConsolePane::clear()
{
    m_record.reset();
    m_copy->setEnabled(false);
    m_view->showText({});
}

void ConsolePane::copy() const
{
    if (!m_record)
        return;
    Redactor redactor({}, {});
    redactor.learn(*m_record);
    const QString text = consoleText(*m_record, QDateTime::currentDateTimeUtc());
    QGuiApplication::clipboard()->setText(
        redactor.text(text, Redactor::valuesIn(m_record->claim.body)));
}

} // namespace icebreaker
