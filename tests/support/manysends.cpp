// Sends many requests through the same steps as the window and icebreaker-cli, to be
// killed while it does so. Usage: manysends FOLDER BASE FIRST COUNT; the recipients are
// FIRST, FIRST + 1, ...

#include "core/endpoint.h"
#include "core/outboundrequest.h"
#include "send/sendsteps.h"

#include <QCoreApplication>
#include <QUuid>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

constexpr int LaneCount = 3;

Dispatcher::Job makeJob(const QUrl &base, qint64 number)
{
    Claim claim;
    claim.sendId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    claim.region = regionName(Region::Custom);
    claim.url = conversationUrl(base);
    claim.to = QString::number(number);
    claim.agentId = u"agent-%1"_s.arg(number % LaneCount);
    claim.lane = laneId(Region::Custom, base, claim.agentId);
    OutboundRequest request;
    request.setText(Field::To, claim.to);
    request.setText(Field::AgentId, claim.agentId);
    request.setText(Field::StatusUrl, "https://status.example.com/s/"_L1 + claim.sendId);
    claim.body = request.toJson();
    return {claim, {"f00d-0123456789-feed", origin(claim.url)}, 1, true};
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5)
        return 2;
    const QUrl base(arguments.at(2));
    const qint64 first = arguments.at(3).toLongLong();
    const int count = arguments.at(4).toInt();

    Journal journal(arguments.at(1));
    Lanes lanes(arguments.at(1));
    OutboundClient client;
    Dispatcher dispatcher(stepsOver(journal, lanes, client, &client));
    int finished = 0;
    QObject::connect(&dispatcher, &Dispatcher::finished, &client, [&] {
        if (++finished == count)
            QCoreApplication::exit(0);
    });
    journal.open().then(&client, [&](const Result<OpenReport> &report) {
        if (!report) {
            QCoreApplication::exit(1);
            return;
        }
        for (int i = 0; i < count; ++i)
            dispatcher.enqueue(makeJob(base, first + i));
    });
    return QCoreApplication::exec();
}
