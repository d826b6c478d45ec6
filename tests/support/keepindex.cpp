// Indexes a journal step by step, to be killed while it does so. Usage: keepindex FOLDER;
// prints a line for each step.

#include "store/searchindexer.h"

#include <QCoreApplication>

#include <cstdio>

using namespace icebreaker;

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    SearchIndexer indexer(QCoreApplication::arguments().value(1));
    for (;;) {
        const auto progress = indexer.step([] { return false; });
        if (!progress)
            return 1;
        std::puts("step");
        std::fflush(stdout);
        if (*progress == SearchIndexer::Progress::Done)
            return 0;
    }
}
