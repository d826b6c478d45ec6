#pragma once

#include "store/batches.h"
#include "support/storesamples.h"

#include <QTemporaryDir>
#include <QTest>

/// Batches with everything set, for tests of the store.
namespace icebreaker::test {

inline BatchPlan samplePlan()
{
    BatchPlan plan;
    plan.name = QStringLiteral("customers.csv");
    plan.request = R"({"to":"{{phone}}","text":"Grüße, {{name}}"})";
    plan.columns = {QStringLiteral("phone"), QStringLiteral("name")};
    plan.profileId = QStringLiteral("0f0e");
    plan.profile = QStringLiteral("My test");
    plan.region = QStringLiteral("eu");
    plan.base = QStringLiteral("https://studio-api-eu.ai.vonage.com");
    plan.lane = sampleClaim().lane;
    plan.limit = 5;
    plan.ignoreLimit = true;
    plan.builtInInbox = false;
    return plan;
}

inline QList<BatchRowInput> sampleRows(qint64 first, qint64 count)
{
    QList<BatchRowInput> rows;
    for (qint64 row = first; row < first + count; ++row) {
        rows.append({row,
                     {QString::number(447'900'000'000 + row), QStringLiteral("Name %1").arg(row)},
                     {},
                     {}});
    }
    return rows;
}

/// A batch of @p rows rows, ready to be sent and run by @p batches' process.
inline qint64 makeBatch(Batches &batches, qint64 rows)
{
    const auto batch = resultOf(batches.create(samplePlan()));
    if (!batch || !resultOf(batches.addRows(*batch, sampleRows(1, rows)))
        || !resultOf(batches.setState(*batch, BatchState::Running)))
        qFatal("cannot make a batch");
    return *batch;
}

inline Claim claimOf(qint64 batch, qint64 row)
{
    Claim claim = sampleClaim();
    claim.batchRow = {batch, row};
    return claim;
}

inline RowState stateOf(Batches &batches, qint64 batch, qint64 row)
{
    const auto found = resultOf(batches.rows(batch, {row}));
    return found && found->size() == 1 ? found->front().state : RowState(0);
}

/// A journal with its batches.
struct Store {
    explicit Store(const QTemporaryDir &dir)
        : journal(dir.path())
    {
        if (!resultOf(journal.open()))
            qFatal("cannot open");
    }
    Journal journal;
    Batches batches{journal};

    void settle(const Claim &claim, Outcome outcome)
    {
        if (!resultOf(journal.settle(claim.sendId, sampleReport(outcome))))
            qFatal("cannot settle");
    }
    /// Claims a row and settles it.
    Claim send(qint64 batch, qint64 row, Outcome outcome)
    {
        const Claim claim = claimOf(batch, row);
        if (!resultOf(journal.claim(claim)))
            qFatal("cannot claim");
        settle(claim, outcome);
        return claim;
    }
};

inline void compareCounts(const BatchCounts &actual, const BatchCounts &expected)
{
    QCOMPARE(actual.waiting, expected.waiting);
    QCOMPARE(actual.inFlight, expected.inFlight);
    QCOMPARE(actual.accepted, expected.accepted);
    QCOMPARE(actual.refused, expected.refused);
    QCOMPARE(actual.unknown, expected.unknown);
    QCOMPARE(actual.excluded, expected.excluded);
    QCOMPARE(actual.rateLimited, expected.rateLimited);
    QCOMPARE(actual.submitted, expected.submitted);
    QCOMPARE(actual.delivered, expected.delivered);
    QCOMPARE(actual.read, expected.read);
    QCOMPARE(actual.failed, expected.failed);
}

} // namespace icebreaker::test
