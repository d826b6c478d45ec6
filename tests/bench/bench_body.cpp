#include "editor/bodytext.h"
#include "editor/bodyview.h"
#include "editor/brokenlines.h"
#include "editor/textsearch.h"
#include "editor/textviewer.h"
#include "support/loopgap.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <cstdio>

using namespace icebreaker;
using namespace icebreaker::test;

namespace {

QByteArray itemsOnOneLine(qsizetype size)
{
    QByteArray json = "[";
    for (int i = 0; json.size() < size; ++i)
        json += "{\"id\":" + QByteArray::number(i) + ",\"name\":\"some text\",\"ok\":true},";
    json.chop(1);
    return json + "]";
}

template <typename Act>
void measure(const char *what, Act act)
{
    QElapsedTimer clock;
    clock.start();
    act();
    std::printf("%-36s %8.1f ms\n", what, static_cast<double>(clock.nsecsElapsed()) / 1e6);
}

} // namespace

/// How long an answer takes to be read, laid out and shown, and how long the window is busy
/// with it at a time.
int main(int argc, char *argv[])
{
    const QApplication app(argc, argv);
    for (const qsizetype megabytes : {1, 10}) {
        const QByteArray body = itemsOnOneLine(megabytes * 1'000'000);
        std::printf("%lld MB on one line\n", static_cast<long long>(megabytes));
        BodyText text;
        measure("read and lay out (other thread)",
                [&] { text = readBody(body, "application/json"); });
        measure("break lines (other thread)", [&] { (void)brokenLines(text.raw); });
        measure("find (other thread)", [&] {
            (void)searchText(text.pretty, QStringLiteral("9999"), Qt::CaseInsensitive);
        });
        BodyView view(QStringLiteral("view"));
        view.resize(800, 600);
        view.QWidget::show();
        if (!QTest::qWaitForWindowExposed(&view))
            return 1;
        LoopGap gap;
        measure("open until all of it is there", [&] {
            ShownBody shown;
            shown.body = body;
            view.show(shown, {});
            (void)QTest::qWaitFor([&] { return !view.isBusy() && !view.viewer().isLoading(); },
                                  60'000);
        });
        std::printf("%-36s %8.1f ms\n", "longest gap of the window's thread", gap.longest());
    }
    return 0;
}
