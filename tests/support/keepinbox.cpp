// Keeps what comes to its status inbox in a journal, like the window and icebreaker-cli, to
// be killed while it does so. Usage: keepinbox FOLDER; prints the inbox's address.

#include "listen/statusinbox.h"
#include "store/deliveries.h"
#include "store/journal.h"

#include "core/whendone.h"

#include <QCoreApplication>

#include <cstdio>

using namespace icebreaker;

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    if (argc != 2)
        return 2;
    Journal journal(QString::fromLocal8Bit(argv[1]));
    Deliveries deliveries(journal);
    StatusInbox inbox([&](const StatusEvent &event, const std::function<void(bool)> &done) {
        whenDone(deliveries.take(event, EventSource::Listener), &journal,
                 [done](const Result<EventMatch> &kept) { done(kept.has_value()); });
    });
    whenDone(journal.open(), &journal, [&](const Result<OpenReport> &report) {
        if (!report || !inbox.start()) {
            QCoreApplication::exit(1);
            return;
        }
        std::printf("%s\n", inbox.base().toEncoded().constData());
        std::fflush(stdout);
    });
    return QCoreApplication::exec();
}
