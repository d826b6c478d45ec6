#include "guide/palettemodel.h"

#include <QElapsedTimer>
#include <QTextStream>

#include <algorithm>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

constexpr int Entries = 10'000;

/// The slowest of all its keys counts: that is the one that is felt.
void measure(QTextStream &out, PaletteModel &model, const QString &typed)
{
    qint64 worst = 0;
    for (qsizetype length = 1; length <= typed.size(); ++length) {
        QElapsedTimer clock;
        clock.start();
        model.setPattern(typed.first(length));
        worst = std::max(worst, clock.nsecsElapsed());
    }
    out << typed << ": slowest key " << static_cast<double>(worst) / 1e6 << " ms, "
        << model.rowCount() << " found" << Qt::endl;
}

} // namespace

int main()
{
    QTextStream out(stdout);
    QList<PaletteEntry> entries;
    for (int i = 0; i < Entries; ++i)
        entries.append({QString::number(i),
                        u"Order update %1 for a customer"_s.arg(i),
                        u"Saved request · Shop / Season %1"_s.arg(i % 40),
                        {},
                        {},
                        {},
                        {}});
    PaletteModel model;
    QElapsedTimer clock;
    clock.start();
    model.add(entries);
    out << Entries << " entries: taken in " << clock.elapsed() << " ms" << Qt::endl;
    for (const QString &typed : {u"ord upd 4711"_s, u"season 7"_s, u"eeeeeee"_s, u"zzz"_s})
        measure(out, model, typed);
    return 0;
}
