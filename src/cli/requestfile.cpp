#include "cli/requestfile.h"

#include "words/checkwords.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SendInput)
};

tl::unexpected<QString> wrong(const QString &text)
{
    return tl::unexpected(text);
}

} // namespace

tl::expected<QByteArray, QString> readInputFile(const QString &name, qint64 most)
{
    QFile file(name);
    const bool isOpen =
        name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return wrong(Words::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    // Standard input may come in pieces.
    QByteArray bytes;
    while (bytes.size() <= most) {
        const QByteArray piece = file.read(most + 1 - bytes.size());
        if (piece.isEmpty())
            break;
        bytes += piece;
    }
    if (file.error() != QFileDevice::NoError)
        return wrong(Words::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    constexpr qint64 mebibyte = 1'048'576;
    if (bytes.size() > most)
        return wrong(Words::tr("%1 is larger than %2 MiB.").arg(name).arg(most / mebibyte));
    return bytes;
}

tl::expected<OutboundRequest, QString> readRequestInput(const QString &name)
{
    const auto bytes = readInputFile(name, LargestRequestInput);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (bytes->trimmed().isEmpty())
        return wrong(Words::tr("%1 is empty.").arg(name));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(*bytes); // decodes, which is what finds the mistakes
    if (decoded.isNull() || decoder.hasError())
        return wrong(Words::tr("%1 is not UTF-8.").arg(name));
    auto request = OutboundRequest::fromJson(*bytes);
    if (!request) {
        const auto &json = request.error().json;
        return wrong(
            name + ": "_L1
            + (json ? jsonErrorText(*json) : Words::tr("A request is one JSON object, {…}.")));
    }
    return *request;
}

QString checkLine(const CheckEntry &entry)
{
    const QString severity =
        entry.severity == Severity::Error ? Words::tr("error") : Words::tr("warning");
    QString where = memberName(entry.field);
    if (where.isEmpty())
        where = fieldLabel(entry.field);
    if (entry.row >= 0)
        where += Words::tr(", no. %1").arg(entry.row + 1);
    return u"%1: %2: %3"_s.arg(severity, where, checkText(entry));
}

bool lacksStatusUrl(const OutboundRequest &request)
{
    const JsonValue *value = request.root().find(memberName(Field::StatusUrl));
    return value == nullptr || value->isNull()
        || (value->string() != nullptr && value->string()->isEmpty());
}

} // namespace icebreaker
