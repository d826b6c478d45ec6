#include "ui/batchdraft.h"

#include "store/files.h"
#include "store/mappings.h"
#include "ui/composer.h"
#include "words/checkwords.h"

#include <QUuid>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Typing in the form changes the request with every key.
constexpr auto RecheckDelay = 150ms;

QString listPath(const QString &folder)
{
    return folder + u"/do-not-message.txt"_s;
}

QString placeholder(const QString &column)
{
    return u"{{"_s + column + u"}}"_s;
}

} // namespace

BatchDraft::BatchDraft(Composer &composer, QString folder, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_folder(std::move(folder))
    , m_previewId(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_recheckTimer.setSingleShot(true);
    m_recheckTimer.setInterval(RecheckDelay);
    connect(&m_recheckTimer, &QTimer::timeout, this, &BatchDraft::recheck);
    connect(&m_composer, &Composer::changed, this, &BatchDraft::followRequest);
    connect(&m_check, &SheetCheck::progressed, this, &BatchDraft::checkProgressed);
    connect(&m_check, &SheetCheck::finished, this, [this](const SheetVerdicts &verdicts) {
        m_verdicts = verdicts;
        m_isChecked = true;
        emit checked();
    });
    if (const auto kept = readFile(listPath(m_folder)); kept && *kept)
        m_doNotMessageText = QString::fromUtf8(**kept);
    m_doNotMessage = DoNotMessageList::fromText(m_doNotMessageText);
}

BatchDraft::~BatchDraft() = default;

void BatchDraft::openFile(const QString &path, const SheetShape &shape)
{
    m_source = {path, {}, {}};
    read(shape);
}

void BatchDraft::openText(const QString &name, const QString &text)
{
    m_source = {{}, name, text};
    read({});
}

void BatchDraft::reread(const SheetShape &shape)
{
    read(shape);
}

void BatchDraft::cancelReading()
{
    if (m_reader)
        m_reader->cancel();
}

void BatchDraft::clear()
{
    m_reader.reset();
    m_check.cancel();
    takeRows({}, {}, false);
}

void BatchDraft::read(const SheetShape &shape)
{
    m_reader = std::make_unique<SheetReader>();
    auto *reader = m_reader.get();
    const auto end = [this] {
        // It is the sender: not to be deleted here and now.
        m_reader.release()->deleteLater();
        emit readingEnded();
    };
    connect(reader, &SheetReader::firstRows, this,
            [this](const Sheet &rows, const SheetShape &how) { takeRows(rows, how, false); });
    connect(reader, &SheetReader::progressed, this, &BatchDraft::readingProgressed);
    connect(reader, &SheetReader::finished, this,
            [this, end](const Sheet &sheet, const SheetShape &how) {
                takeRows(sheet, how, true);
                end();
            });
    connect(reader, &SheetReader::failed, this, [this, end](const SheetError &error) {
        end();
        if (!m_isComplete)
            takeRows({}, {}, false); // the first rows of something that is broken later on
        emit readFailed(error);
    });
    if (m_source.path.isEmpty())
        reader->readText(m_source.name, m_source.text, shape);
    else
        reader->readFile(m_source.path, shape);
}

void BatchDraft::takeRows(const Sheet &sheet, const SheetShape &shape, bool complete)
{
    const bool otherColumns = sheet.columns() != m_sheet.columns();
    m_sheet = sheet;
    m_shape = shape;
    m_isComplete = complete;
    if (otherColumns)
        guessMapping();
    emit sheetChanged();
    followRequest();
}

QString BatchDraft::keyOf(const FillTarget &target)
{
    return memberName(target.field) + u'/' + target.name;
}

void BatchDraft::guessMapping()
{
    m_mapping.clear();
    if (!hasRows())
        return;
    if (const auto kept = loadMapping(m_folder, m_sheet.columns()); kept) {
        for (const FieldMapping &each : *kept)
            m_mapping.insert(each.target, each.text);
        return;
    }
    for (const FillTarget &target : fillTargets(baseRequest())) {
        int column = guessedColumn(target, m_sheet.columns());
        if (column < 0)
            column = columnWith(target.text);
        if (column >= 0)
            m_mapping.insert(keyOf(target), placeholder(m_sheet.columns().at(column)));
        else if (target.field == Field::To && !target.text.contains("{{"_L1))
            m_mapping.insert(keyOf(target), {}); // never every row to the form's own recipient
    }
}

/// The one column whose first value is the form's own: the form was filled in with one
/// row of the file as an example.
int BatchDraft::columnWith(const QString &text) const
{
    if (text.trimmed().isEmpty())
        return -1;
    const QStringList first = m_sheet.cells(0);
    const auto column = first.indexOf(text);
    return first.count(text) == 1 ? static_cast<int>(column) : -1;
}

void BatchDraft::setTarget(int index, const QString &text)
{
    const FillTarget target = m_targets.value(index);
    if (target.text == text)
        return;
    m_mapping.insert(keyOf(target), text);
    followRequest();
    QList<FieldMapping> mapping;
    for (auto each = m_mapping.cbegin(); each != m_mapping.cend(); ++each)
        mapping.append({each.key(), each.value()});
    std::sort(mapping.begin(), mapping.end(),
              [](const auto &a, const auto &b) { return a.target < b.target; });
    if (const auto kept = saveMapping(m_folder, m_sheet.columns(), mapping); !kept)
        emit failed(kept.error());
}

OutboundRequest BatchDraft::baseRequest() const
{
    OutboundRequest request = m_composer.requestForRows(m_sheet.columns());
    if (usesBuiltInInbox())
        request.setText(Field::StatusUrl, m_composer.inboxUrl(m_previewId));
    return request;
}

void BatchDraft::followRequest()
{
    OutboundRequest request = baseRequest();
    for (const FillTarget &target : fillTargets(request)) {
        const auto mapped = m_mapping.constFind(keyOf(target));
        if (mapped != m_mapping.constEnd())
            request = withTarget(request, target, *mapped);
    }
    const bool same = request == m_template.request() && m_sheet.columns() == m_template.columns();
    m_targets = fillTargets(request);
    m_template = RequestTemplate(request, m_sheet.columns());
    if (!same)
        emit mappingChanged();
    forgetChecks(); // where it goes may be different as well
}

void BatchDraft::forgetChecks()
{
    m_isChecked = false;
    emit checked();
    if (m_isComplete)
        m_recheckTimer.start();
}

void BatchDraft::recheck()
{
    if (m_isComplete && hasRows())
        m_check.start(m_sheet, m_template, checkContext(), m_doNotMessage);
}

CheckContext BatchDraft::checkContext() const
{
    const bool sandbox = m_composer.region() == Region::Sandbox;
    return {sandbox || isLoopback(m_composer.url()), sandbox, m_composer.url().host()};
}

bool BatchDraft::usesBuiltInInbox() const
{
    return m_composer.usesBuiltInInbox();
}

OutboundRequest BatchDraft::filled(qsizetype row) const
{
    return m_template.filled(m_sheet.cells(row));
}

void BatchDraft::setCell(qsizetype row, int column, const QString &text)
{
    if (m_sheet.cell(row, column) == text)
        return;
    m_sheet.setCell(row, column, text);
    emit cellChanged(row);
    forgetChecks();
}

Result<void> BatchDraft::setDoNotMessageText(const QString &text)
{
    auto kept = writePrivateFile(listPath(m_folder), text.toUtf8());
    if (!kept)
        return kept;
    m_doNotMessageText = text;
    m_doNotMessage = DoNotMessageList::fromText(text);
    forgetChecks();
    return {};
}

qsizetype BatchDraft::sendable() const
{
    if (!m_isChecked || !unknownNames().isEmpty())
        return 0;
    return m_verdicts.count(Verdict::Ready) + m_verdicts.count(Verdict::Warned);
}

qsizetype BatchDraft::people() const
{
    return m_isChecked ? m_verdicts.people() : 0;
}

std::function<QString(qsizetype)> BatchDraft::reasons() const
{
    return [sheet = m_sheet, verdicts = m_verdicts, isChecked = m_isChecked, request = m_template,
            context = checkContext()](qsizetype row) {
        const Verdict verdict = isChecked ? verdicts.verdict(row) : Verdict::Ready;
        if (verdict == Verdict::Duplicate)
            return tr("Same recipient and content as row %1").arg(verdicts.firstOf(row) + 1);
        if (verdict == Verdict::DoNotMessage)
            return tr("On the do-not-message list");
        const auto entries = checkRow(request, sheet.cells(row), context);
        return entries.isEmpty()
            ? QString()
            : tr("%1: %2").arg(fieldLabel(entries.first().field), checkText(entries.first()));
    };
}

} // namespace icebreaker
