#include "cli/sendinput.h"

#include "cli/cliinbox.h"
#include "cli/requestfile.h"
#include "cli/targetinput.h"
#include "cli/testnumbers.h"
#include "core/recipient.h"
#include "core/requestcheck.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

tl::expected<void, QString> checkRequest(SendInput &input, const QString &folder)
{
    const SendTarget &target = input.target;
    const bool sandbox = target.region == Region::Sandbox;
    const CliInbox inbox(target, folder);
    inbox.fillIn(input.request);
    const auto standIn = inbox.standIn(input.request, input.remarks);
    input.usesInbox = standIn.has_value();
    OutboundRequest checked = input.request;
    if (standIn)
        checked.setText(Field::StatusUrl, *standIn);
    const QList<CheckEntry> entries =
        check(checked, {sandbox || isLoopback(target.base), sandbox, target.base.host()});
    QStringList errors;
    for (const CheckEntry &entry : entries) {
        if (entry.severity == Severity::Error)
            errors.append(checkLine(entry));
        else
            input.remarks.append(checkLine(entry));
    }
    if (errors.isEmpty())
        return {};
    return tl::unexpected((errors + input.remarks).join(u'\n'));
}

} // namespace

tl::expected<SendInput, QString> readSendInput(const SendOptions &options, const QString &folder)
{
    auto target = readTarget(options.sending, folder);
    if (!target)
        return tl::unexpected(target.error());
    auto request = readRequestInput(options.file);
    if (!request)
        return tl::unexpected(request.error());
    SendInput input;
    input.target = std::move(target->target);
    input.key = std::move(target->key);
    input.remarks = std::move(target->remarks);
    input.request = std::move(*request);
    if (const auto checked = checkRequest(input, folder); !checked)
        return tl::unexpected(checked.error());
    if (!options.sending.anyNumber) {
        const QString to = readRecipient(input.request.text(Field::To)).digits;
        if (const auto allowed = checkTestNumbers(input.target, {to}, folder); !allowed)
            return tl::unexpected(allowed.error());
    }
    return input;
}

} // namespace icebreaker
