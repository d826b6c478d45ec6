#include "cli/cliinbox.h"

#include "cli/requestfile.h"
#include "receive/inboxaddresses.h"
#include "words/inboxwords.h"

#include <QUuid>

namespace icebreaker {

using namespace Qt::StringLiterals;

CliInbox::CliInbox(const SendTarget &target, const QString &folder)
    : m_kept(peekInbox(folder))
    , m_profile(target.profile.value_or(Profile()))
    , m_region(target.region)
{
    if (m_region == Region::Custom)
        m_profile.customUrl = target.base.toString(QUrl::FullyEncoded);
}

InboxAddress CliInbox::addressFor(const QString &sendId, const QUrl &localBase) const
{
    return inboxAddress(m_kept, m_profile, m_region, {localBase, InboxProblem::None}, sendId);
}

void CliInbox::fillIn(OutboundRequest &request) const
{
    const QString anySend = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const InboxAddress address = addressFor(anySend);
    if (lacksStatusUrl(request) && address.source == InboxSource::Elsewhere
        && !address.url.contains(anySend))
        request.setText(Field::StatusUrl, address.url);
}

std::optional<QString> CliInbox::standIn(const OutboundRequest &request, QStringList &remarks) const
{
    if (!lacksStatusUrl(request))
        return std::nullopt;
    // In the sandbox stands for the listener, which runs as soon as something is sent.
    const QUrl local = m_region == Region::Sandbox ? QUrl(u"http://127.0.0.1:1"_s) : QUrl();
    const InboxAddress address =
        addressFor(QUuid::createUuid().toString(QUuid::WithoutBraces), local);
    if (!address.url.isEmpty())
        return address.url;
    if (!m_profile.id.isEmpty())
        remarks.append(inboxProblemText(address.problem));
    return std::nullopt;
}

} // namespace icebreaker
