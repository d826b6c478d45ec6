#include "share/bundlereader.h"

#include "core/jsonmembers.h"
#include "interop/bundlezip.h"
#include "interop/harfile.h"
#include "interop/sendsjson.h"
#include "share/bundle.h"

#include <QSet>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView ZipBegin = "PK";

QByteArray entryOf(const QList<ZipEntry> &entries, const QString &name)
{
    for (const ZipEntry &entry : entries) {
        if (entry.name == name)
            return entry.bytes;
    }
    return {};
}

/// Takes in sends and events, and keeps count of what cannot be.
class BundleTaker
{
public:
    explicit BundleTaker(OpenedBundle &bundle)
        : m_bundle(bundle)
    { }

    void takeSend(std::optional<SendRecord> send)
    {
        const bool isFull = m_bundle.sends.size() >= BundleMaxEntries;
        if (!send || isFull || m_ids.contains(send->claim.sendId)) {
            ++m_bundle.unreadable;
            return;
        }
        send->row = m_bundle.sends.size() + 1;
        m_ids.insert(send->claim.sendId);
        m_bundle.sends.append(*send);
    }

    void takeEvent(const std::optional<KeptEvent> &event)
    {
        if (!event || !m_ids.contains(event->event.sendId) || m_events >= BundleMaxEntries) {
            ++m_bundle.unreadable;
            return;
        }
        ++m_events;
        m_bundle.events[event->event.sendId].append(*event);
    }

    /// Calls @p take with what @p read makes of each line.
    template <typename Read, typename Take>
    void eachLine(const QByteArray &bytes, Read read, Take take)
    {
        for (qsizetype begin = 0; begin < bytes.size();) {
            const qsizetype found = bytes.indexOf('\n', begin);
            const qsizetype end = found < 0 ? bytes.size() : found;
            const QByteArray line = bytes.mid(begin, end - begin).trimmed();
            begin = end + 1;
            if (line.isEmpty())
                continue;
            const auto parsed = parseJson(line);
            if (parsed && parsed->object() != nullptr)
                take(read(*parsed->object()));
            else
                ++m_bundle.unreadable;
        }
    }

private:
    OpenedBundle &m_bundle;
    QSet<QString> m_ids;
    qsizetype m_events = 0;
};

tl::expected<OpenedBundle, BundleProblem> readZip(const QByteArray &bytes)
{
    const auto entries = unzipped(bytes);
    if (!entries)
        return tl::unexpected(entries.error());
    const auto about = parseJson(entryOf(*entries, u"about.json"_s));
    const JsonObject *fields = about ? about->object() : nullptr;
    if (fields == nullptr || memberString(*fields, u"icebreaker_bundle").isEmpty())
        return tl::unexpected(BundleProblem::NotABundle);
    bool isNumber = false;
    const int version = memberString(*fields, u"icebreaker_bundle").toInt(&isNumber);
    if (!isNumber || version < 1)
        return tl::unexpected(BundleProblem::NotABundle);
    if (version > BundleVersion)
        return tl::unexpected(BundleProblem::TooNew);

    OpenedBundle bundle;
    bundle.madeAt =
        QDateTime::fromString(memberString(*fields, u"made_at"), Qt::ISODateWithMs).toUTC();
    bundle.madeBy = u"Icebreaker "_s + memberString(*fields, u"icebreaker");
    bundle.about = QString::fromUtf8(toJson(*about, JsonStyle::Indented));
    bundle.diagnosis = QString::fromUtf8(entryOf(*entries, u"diagnosis.txt"_s));
    BundleTaker taker(bundle);
    taker.eachLine(entryOf(*entries, u"sends.jsonl"_s), sendFromObject,
                   [&taker](const auto &send) { taker.takeSend(send); });
    taker.eachLine(entryOf(*entries, u"callbacks.jsonl"_s), eventFromObject,
                   [&taker](const auto &event) { taker.takeEvent(event); });
    return bundle;
}

tl::expected<OpenedBundle, BundleProblem> readHar(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    const JsonObject *root = document ? document->object() : nullptr;
    const JsonObject *log = root == nullptr ? nullptr : memberObject(*root, u"log");
    const JsonValue *list = log == nullptr ? nullptr : log->find(u"entries");
    if (list == nullptr || list->array() == nullptr)
        return tl::unexpected(BundleProblem::NotABundle);
    OpenedBundle bundle;
    bundle.isHar = true;
    if (const JsonObject *creator = memberObject(*log, u"creator"))
        bundle.madeBy =
            (memberString(*creator, u"name") + u' ' + memberString(*creator, u"version")).trimmed();
    BundleTaker taker(bundle);
    for (const JsonValue &entry : *list->array()) {
        auto send = entry.object() == nullptr ? std::nullopt : sendFromHarEntry(*entry.object());
        if (send && send->claim.sendId.isEmpty()) // another program's: it needs one for the list
            send->claim.sendId = u"har-%1"_s.arg(bundle.sends.size() + 1);
        taker.takeSend(std::move(send));
    }
    return bundle;
}

} // namespace

tl::expected<OpenedBundle, BundleProblem> readBundle(const QByteArray &bytes)
{
    if (bytes.size() > BundleFileMaxBytes)
        return tl::unexpected(BundleProblem::TooBig);
    auto bundle = bytes.startsWith(ZipBegin) ? readZip(bytes) : readHar(bytes);
    if (bundle && bundle->sends.isEmpty())
        return tl::unexpected(BundleProblem::Empty);
    return bundle;
}

bool looksLikeBundle(const QByteArray &head)
{
    if (head.startsWith(ZipBegin))
        return true;
    return head.trimmed().startsWith('{') && head.contains("\"log\"")
        && head.contains("\"_icebreaker\"");
}

} // namespace icebreaker
