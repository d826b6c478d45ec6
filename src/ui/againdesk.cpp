#include "ui/againdesk.h"

#include "core/braces.h"
#include "core/redactor.h"
#include "core/whendone.h"
#include "interop/sendsjson.h"
#include "share/exportsecrets.h"
#include "store/collectionfiles.h"
#include "store/journal.h"
#include "ui/diskfollower.h"
#include "ui/logpanel.h"
#include "ui/saveddesk.h"
#include "words/sendwords.h"

#include <QAction>
#include <QLocale>
#include <QMenu>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

AgainDesk::AgainDesk(Place place, Parts parts, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_parts(std::move(parts))
{
    auto *again = new QAction(tr("Ed&it and Send Again…"), this);
    again->setObjectName(u"editAgainAction"_s);
    again->setShortcut(QKeySequence(u"Ctrl+E"_s));
    again->setToolTip(tr("Opens what was sent as a new request; nothing is sent by itself"));
    connect(again, &QAction::triggered, this,
            [this] { withSelected([this](const SendRecord &record) { edit(record); }); });
    auto *example = new QAction(tr("Save Answer as E&xample"), this);
    example->setObjectName(u"saveExampleAction"_s);
    example->setToolTip(tr("Beside the saved request that is open; without keys and numbers"));
    connect(example, &QAction::triggered, this,
            [this] { withSelected([this](const SendRecord &record) { keepExample(record); }); });
    for (QAction *action : {again, example}) {
        m_place.log.addRowAction(action);
        m_place.logMenu.addAction(action);
        action->setEnabled(false);
    }
    connect(&m_place.log, &LogPanel::selectionChanged, this, [this, again, example] {
        const bool isOne = m_place.log.selectedRows().size() == 1;
        again->setEnabled(isOne);
        example->setEnabled(isOne);
    });
}

void AgainDesk::withSelected(std::function<void(const SendRecord &record)> act)
{
    const auto rows = m_place.log.selectedRows();
    if (rows.size() != 1)
        return;
    whenDone(m_parts.journal.record(rows.first()), this,
             [this, act = std::move(act)](const Result<std::optional<SendRecord>> &record) {
                 if (!record)
                     emit failed(record.error());
                 else if (*record)
                     act(**record);
             });
}

void AgainDesk::edit(const SendRecord &record)
{
    auto request = OutboundRequest::fromJson(record.claim.body);
    if (!request) {
        emit reported(tr("The recorded request cannot be read any more."));
        return;
    }
    // An inbox gives every send an address with its ID; anybody else's URL stays.
    const bool isInbox = request->text(Field::StatusUrl).contains(record.claim.sendId);
    const QStringList notices = differences(record, isInbox);
    if (isInbox)
        request->setText(Field::StatusUrl, u"{{inbox}}"_s);
    m_place.tabs.openNew(tr("%1 again")
                             .arg(record.claim.templateName.isEmpty() ? record.claim.channel
                                                                      : record.claim.templateName),
                         Composer::stateOf(*request));
    m_place.saved.disk().setNotice(m_place.composer.document(), notices.join(u'\n'));
    emit opened();
}

/// What would be different now from what it was then, a line each.
QStringList AgainDesk::differences(const SendRecord &record, bool inboxReplaced) const
{
    const Claim &claim = record.claim;
    const Profile now = m_parts.profile();
    QStringList lines{
        tr("This was sent on %1 and ended as “%2”. Nothing is sent before you press "
           "Send.")
            .arg(QLocale().toString(claim.claimedAt.toLocalTime(), QLocale::ShortFormat),
                 resultText(record))};
    if (claim.profile != now.name)
        lines.append(tr("It went out for the profile “%1”; now it would for “%2”.")
                         .arg(claim.profile, now.name));
    // The sandbox has another port at every start, and is one endpoint.
    const bool bothSandbox =
        claim.region == regionName(Region::Sandbox) && m_place.composer.region() == Region::Sandbox;
    if (claim.url != m_place.composer.url() && !bothSandbox)
        lines.append(tr("It went to %1; now it would go to %2.")
                         .arg(claim.url.host(), m_place.composer.url().host()));
    const auto profiles = m_parts.profiles();
    const auto then = std::find_if(profiles.begin(), profiles.end(), [&claim](const Profile &each) {
        return each.name == claim.profile;
    });
    if (then != profiles.end() && then->limit != now.limit)
        lines.append(tr("That profile starts up to %1 per second, this one %2.")
                         .arg(then->limit)
                         .arg(now.limit));
    if (inboxReplaced)
        lines.append(tr("Its Status URL was an inbox's address for that send alone; now it is that "
                        "of your inbox."));
    if (hasPlaceholder(QString::fromUtf8(claim.body)))
        lines.append(tr("It holds {{…}}, which was sent as it is; now it would be a variable."));
    return lines;
}

void AgainDesk::keepExample(const SendRecord &record)
{
    const QString file = m_place.saved.currentFile();
    if (file.isEmpty()) {
        emit reported(tr("Save the request first (Ctrl+S): examples are kept beside its file."));
        return;
    }
    whenDone(exportSecrets(m_parts.vault, m_parts.profiles(), m_parts.folder), this,
             [this, record, file](const ExportSecrets &secrets) {
                 Redactor redactor({}, secrets.secrets);
                 redactor.learn(record);
                 const JsonObject example = sendObject(redactor.record(record));
                 const QByteArray bytes = toJson(example, JsonStyle::Compact);
                 if (secretInside(bytes, secrets.secrets) == SecretInside::Known) {
                     emit reported(tr("Not saved: a secret of yours stands in it."));
                     return;
                 }
                 const auto added = addExample(file, resultText(record), example);
                 if (!added) {
                     emit failed(added.error());
                     return;
                 }
                 emit reported(tr("Saved: %1").arg(*added));
                 m_place.saved.book().refresh();
             });
}

} // namespace icebreaker
