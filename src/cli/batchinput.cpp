#include "cli/batchinput.h"

#include "batch/columnguess.h"
#include "cli/cliinbox.h"
#include "cli/requestfile.h"
#include "words/checkwords.h"
#include "words/sheetwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(BatchInput)
};

/// Far more numbers than any list of objections holds.
constexpr qint64 LargestDoNotMessageList = 67'108'864; // bytes

QString placeholder(const QString &column)
{
    return "{{"_L1 + column + "}}"_L1;
}

/// @return its text, or what is wrong with it, for people
tl::expected<QString, QString> readNumbers(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(Words::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > LargestDoNotMessageList)
        return tl::unexpected(Words::tr("%1 is larger than 64 MiB.").arg(path));
    QString text = QString::fromUtf8(file.readAll());
    QList<int> unreadable;
    (void)DoNotMessageList::fromText(text, &unreadable);
    // A number that is not understood would get a message: that is no remark.
    if (!unreadable.isEmpty())
        return tl::unexpected(
            Words::tr("%1, line %2: not a phone number.").arg(path).arg(unreadable.first()));
    return text;
}

/// The window's list counts, too: who asked not to be messaged did not ask for a program.
tl::expected<DoNotMessageList, QString> readDoNotMessage(const QString &path, const QString &folder,
                                                         QStringList &remarks)
{
    QString numbers;
    const QString kept = QDir(folder).filePath(u"do-not-message.txt"_s);
    for (const QString &each : {QFile::exists(kept) ? kept : QString(), path}) {
        if (each.isEmpty())
            continue;
        const auto text = readNumbers(each);
        if (!text)
            return tl::unexpected(text.error());
        numbers += *text + u'\n';
    }
    const auto list = DoNotMessageList::fromText(numbers);
    if (list.size() > 0)
        remarks.append(Words::tr("%n number(s) that get no message.", nullptr, int(list.size())));
    return list;
}

QString columnList(const Sheet &sheet)
{
    return sheet.columns().join(", "_L1);
}

} // namespace

tl::expected<BatchSource, QString> readBatchSource(const BatchOptions &options,
                                                   const QString &folder)
{
    auto target = readTarget(options.sending, folder);
    if (!target)
        return tl::unexpected(target.error());
    target->target.givenLimit = options.limit;
    auto request = readRequestInput(options.request);
    if (!request)
        return tl::unexpected(request.error());
    auto list = readDoNotMessage(options.doNotMessage, folder, target->remarks);
    if (!list)
        return tl::unexpected(list.error());
    const CliInbox inbox(target->target, folder);
    inbox.fillIn(*request);
    const auto standIn = inbox.standIn(*request, target->remarks);
    return BatchSource{options, std::move(*target), std::move(*request), std::move(*list), standIn};
}

BatchInput::BatchInput(BatchSource source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
{
    connect(&m_reader, &SheetReader::finished, this, &BatchInput::map);
    connect(&m_reader, &SheetReader::failed, this, [this](const SheetError &error) {
        emit failed(m_source.options.csv + ": "_L1 + sheetErrorText(error));
    });
    connect(&m_check, &SheetCheck::finished, this, [this](const SheetVerdicts &verdicts) {
        m_verdicts = verdicts;
        emit finished();
    });
    const SendTarget &target = m_source.target.target;
    const bool sandbox = target.region == Region::Sandbox;
    m_context = {sandbox || isLoopback(target.base), sandbox, target.base.host()};
}

void BatchInput::read()
{
    m_reader.readFile(m_source.options.csv, m_source.options.shape);
}

void BatchInput::cancel()
{
    m_reader.cancel();
    m_check.cancel();
}

void BatchInput::map(const Sheet &sheet)
{
    m_sheet = sheet;
    const auto request = mapped(sheet);
    if (!request) {
        emit failed(request.error());
        return;
    }
    m_request = RequestTemplate(*request, sheet.columns());
    if (const QStringList unknown = m_request.unknownNames(); !unknown.isEmpty()) {
        emit failed(Words::tr("There is no column “%1”. The columns are: %2.")
                        .arg(unknown.first(), columnList(sheet)));
        return;
    }
    OutboundRequest checked = *request;
    if (m_source.inboxStandIn)
        checked.setText(Field::StatusUrl, *m_source.inboxStandIn);
    m_check.start(sheet, RequestTemplate(checked, sheet.columns()), m_context,
                  m_source.doNotMessage);
}

tl::expected<OutboundRequest, QString> BatchInput::mapped(const Sheet &sheet) const
{
    OutboundRequest request = m_source.request;
    for (const BatchOptions::Map &map : m_source.options.maps) {
        if (!sheet.columns().contains(map.column))
            return tl::unexpected(Words::tr("There is no column “%1”. The columns are: %2.")
                                      .arg(map.column, columnList(sheet)));
        const QList<FillTarget> targets = fillTargets(request);
        const auto target =
            std::find_if(targets.begin(), targets.end(),
                         [&map](const FillTarget &each) { return each.name == map.field; });
        if (target == targets.end()) {
            QStringList names;
            for (const FillTarget &each : targets)
                names.append(each.name);
            return tl::unexpected(Words::tr("The request has no “%1”. It has: %2.")
                                      .arg(map.field, names.join(", "_L1)));
        }
        request = withTarget(request, *target, placeholder(map.column));
    }
    if (!request.text(Field::To).contains("{{"_L1)) {
        const int column =
            guessedColumn({Field::To, -1, memberName(Field::To), {}}, sheet.columns());
        if (column < 0)
            return tl::unexpected(
                Words::tr("Say which column holds the recipients: --map to=COLUMN. The columns "
                          "are: %1.")
                    .arg(columnList(sheet)));
        request.setText(Field::To, placeholder(sheet.columns().at(column)));
    }
    return request;
}

QString BatchInput::reason(qsizetype row) const
{
    switch (m_verdicts.verdict(row)) {
    case Verdict::Duplicate: return Words::tr("repeats row %1").arg(m_verdicts.firstOf(row) + 1);
    case Verdict::DoNotMessage: return Words::tr("on the do-not-message list");
    case Verdict::Ready:
    case Verdict::Warned:
    case Verdict::Bad: break;
    }
    OutboundRequest request = m_request.request();
    if (m_source.inboxStandIn)
        request.setText(Field::StatusUrl, *m_source.inboxStandIn);
    QStringList lines;
    const auto entries =
        checkRow(RequestTemplate(request, m_sheet.columns()), m_sheet.cells(row), m_context);
    for (const CheckEntry &entry : entries)
        lines.append(checkLine(entry));
    return lines.join(u'\n');
}

} // namespace icebreaker
