#include "ui/conversationview.h"

#include "ui/chatdelegate.h"
#include "ui/chatmodel.h"
#include "ui/plaintext.h"
#include "ui/recordhtml.h"
#include "ui/texttablemodel.h"
#include "ui_conversationview.h"
#include "words/conversationwords.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFontDatabase>
#include <QGuiApplication>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct ConversationViewWords {
    Q_DECLARE_TR_FUNCTIONS(ConversationView)
};

enum Page { ChatPage, StepsPage, ValuesPage, RawAnswerPage }; // as in the form

QString line(const QString &name, const QString &value)
{
    return value.isEmpty() ? QString() : ConversationViewWords::tr("%1: %2").arg(name, value);
}

/// A payload is JSON most of the time, as text.
QString block(const QString &name, const QString &value)
{
    return value.isEmpty() ? QString() : name + u'\n' + html::bodyText(value.toUtf8()).trimmed();
}

void sizeTable(QTableView &view, std::initializer_list<int> widths)
{
    view.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    int section = 0;
    for (const int width : widths)
        view.horizontalHeader()->resizeSection(section++, width);
}

} // namespace

QString flowStepDetails(const FlowStep &step)
{
    QStringList parts{
        line(ConversationViewWords::tr("Step"), flowStepText(step)),
        line(ConversationViewWords::tr("Tags"), step.tags.join(u", "_s)),
        line(ConversationViewWords::tr("Node"), step.nodeId),
        line(ConversationViewWords::tr("Request ID"), step.requestId),
        line(ConversationViewWords::tr("Execution time"), step.executionTime),
        line(ConversationViewWords::tr("Customer's input"), step.userInput),
        line(ConversationViewWords::tr("Output"), step.output),
        line(ConversationViewWords::tr("Status"),
             (step.statusCode + u' ' + step.statusMessage).trimmed()),
        line(ConversationViewWords::tr("Request"), (step.verb + u' ' + step.url).trimmed()),
        block(ConversationViewWords::tr("Request payload:"), step.requestPayload),
        line(ConversationViewWords::tr("Response code"), step.responseCode),
        block(ConversationViewWords::tr("Response payload:"), step.responsePayload)};
    for (const NamedValue &value : step.parameters)
        parts.append(line(value.name, value.value.isEmpty() ? u"–"_s : value.value));
    parts.removeAll(QString());
    return parts.join(u'\n');
}

ConversationView::ConversationView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ConversationView>())
    , m_turns(new ChatModel(this))
    , m_steps(
          new TextTableModel({tr("Step"), tr("Tags"), tr("Code"), tr("Time"), tr("Request")}, this))
    , m_values(new TextTableModel({tr("Name"), tr("Value")}, this))
{
    m_ui->setupUi(this);
    buildChips();
    buildViews();
}

ConversationView::~ConversationView() = default;

void ConversationView::buildChips()
{
    ChipRow *chips = m_ui->conversationChips;
    chips->add(ChatPage, u"chipChat"_s, tr("Show what was said"));
    chips->add(StepsPage, u"chipSteps"_s, tr("Show the steps of the agent's flow"));
    chips->add(ValuesPage, u"chipValues"_s, tr("Show the session's parameters"));
    chips->add(RawAnswerPage, u"chipRaw"_s, tr("Show the answer as it came"));
    connect(chips, &ChipRow::chosenChanged, m_ui->conversationStack,
            &QStackedWidget::setCurrentIndex);
}

void ConversationView::buildViews()
{
    QListView *chat = m_ui->chatView;
    chat->setModel(m_turns);
    chat->setItemDelegate(new ChatDelegate(this));
    chat->addAction(m_ui->copyTurnsAction);
    connect(m_ui->copyTurnsAction, &QAction::triggered, this, &ConversationView::copyTurns);
    m_ui->stepsView->setModel(m_steps);
    sizeTable(*m_ui->stepsView, {96, 64, 56, 56});
    m_ui->valuesView->setModel(m_values);
    sizeTable(*m_ui->valuesView, {144});
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_ui->stepDetails->setFont(fixed);
    m_ui->conversationRaw->setFont(fixed);
    connect(m_ui->stepsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ConversationView::showStep);
}

void ConversationView::show(const Conversation &conversation)
{
    m_conversation = conversation;
    m_turns->show(conversation.turns);
    QList<QStringList> steps;
    for (const FlowStep &step : conversation.steps) {
        const QString code = step.responseCode.isEmpty() ? step.statusCode : step.responseCode;
        steps.append({flowStepText(step), step.tags.join(u", "_s), code, step.executionTime,
                      (step.verb + u' ' + step.url).trimmed()});
    }
    m_steps->show(steps);
    QList<QStringList> values;
    for (const NamedValue &value : conversation.parameters + conversation.channelData)
        values.append({value.name, value.value});
    m_values->show(values);
    replaceText(*m_ui->conversationRaw, html::bodyText(conversation.raw));

    m_ui->orderNote->setVisible(!conversation.turnsInOrder);
    m_ui->noTurnsNote->setVisible(conversation.turns.isEmpty());
    m_ui->chatView->setVisible(!conversation.turns.isEmpty());
    ChipRow *chips = m_ui->conversationChips;
    chips->show(ChatPage, tr("Chat %1").arg(conversation.turns.size()));
    chips->show(StepsPage, tr("Steps %1").arg(conversation.steps.size()));
    chips->show(ValuesPage, tr("Parameters %1").arg(values.size()));
    chips->show(RawAnswerPage, tr("JSON"));
    if (!steps.isEmpty() && !m_ui->stepsView->currentIndex().isValid())
        m_ui->stepsView->selectRow(0);
    showStep();
}

void ConversationView::showStep()
{
    const int row = m_ui->stepsView->currentIndex().row();
    replaceText(*m_ui->stepDetails,
                row < 0 ? tr("No step was recorded.")
                        : flowStepDetails(m_conversation.steps.at(row)));
}

void ConversationView::copyTurns()
{
    auto indexes = m_ui->chatView->selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QStringList lines;
    for (const QModelIndex &index : std::as_const(indexes))
        lines.append(index.data(Qt::EditRole).toString());
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace icebreaker
