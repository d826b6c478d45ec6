#include "interop/importjudge.h"

#include "core/endpoint.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestImportedKey = 4096; // as in secrets/cleankey.h

tl::unexpected<RefusedRequest> refusedFor(ImportRefusal why, const QString &subject = {})
{
    return tl::unexpected(RefusedRequest{{}, why, subject, 0, 0, {}});
}

bool isVariable(const QByteArray &value)
{
    static const QRegularExpression form(
        uR"(^(\{\{[^{}]+\}\}|\$\{?\w+\}?|\$env:\w+|%\w+%|<[^<>]*>)$)"_s);
    return form.match(QString::fromUtf8(value)).hasMatch();
}

/// As our own exports and other programs' redactions write it.
bool isHidden(const QByteArray &value)
{
    const QByteArray lower = value.toLower();
    return lower.isEmpty() || lower.contains("hidden") || lower.contains("redacted")
        || lower.count('*') == lower.size();
}

bool canBeKey(const QByteArray &value)
{
    return value.size() <= LongestImportedKey
        && std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Headers without which the request would mean something else.
constexpr std::array CredentialHeaders{"authorization", "proxy-authorization",
                                       "x-http-method-override", "x-method-override"};
/// Headers that Icebreaker sends, too.
constexpr std::array ExpectedHeaders{"accept", "content-length", "content-type", "host",
                                     "connection"};

template <std::size_t N>
bool isOneOf(const QByteArray &name, const std::array<const char *, N> &names)
{
    return std::any_of(names.begin(), names.end(),
                       [&name](const char *each) { return name == each; });
}

} // namespace

void addNote(QList<ImportNote> &notes, ImportRemark remark, const QString &subject)
{
    if (const ImportNote note{remark, subject}; !notes.contains(note))
        notes.append(note);
}

void noteVariables(WireRequest &wire, QStringList variables)
{
    constexpr qsizetype mostNamed = 50; // to be read by a person, and each looks through the body
    variables.removeDuplicates();
    for (const QString &variable : std::as_const(variables).mid(0, mostNamed)) {
        if (wire.body.contains("{{" + variable.toUtf8() + "}}"))
            addNote(wire.notes, ImportRemark::VariableKept, variable);
    }
}

bool ImportJudge::isFull()
{
    constexpr qsizetype mostLooked = 50'000; // refused ones; a browser's HAR has thousands
    if (m_result.requests.size() < ImportMaxRequests
        && m_result.refused.size() + m_result.moreRefused < mostLooked)
        return false;
    if (!m_saidFull)
        refuse({{}, ImportRefusal::TooMany, {}, 0, 0, {}});
    m_saidFull = true;
    return true;
}

void ImportJudge::refuse(RefusedRequest refused)
{
    if (m_result.refused.size() < ImportMaxRefused)
        m_result.refused.append(std::move(refused));
    else
        ++m_result.moreRefused;
}

void ImportJudge::take(const WireRequest &wire)
{
    if (isFull())
        return;
    ImportedRequest taken;
    taken.name = wire.name;
    taken.notes = wire.notes;
    auto verdict = wire.method.toUpper() == "POST"
        ? Verdict()
        : refusedFor(ImportRefusal::OtherMethod, QString::fromUtf8(wire.method.left(20)));
    if (verdict)
        verdict = judgeUrl(wire.url.trimmed(), taken);
    if (verdict)
        verdict = judgeBody(wire.body, taken);
    if (verdict) // last, because it keeps the key
        verdict = judgeHeaders(wire, taken);
    if (verdict) {
        m_result.requests.append(std::move(taken));
        return;
    }
    RefusedRequest refused = verdict.error();
    refused.name = wire.name;
    refused.line = wire.line;
    refuse(std::move(refused));
}

ImportJudge::Verdict ImportJudge::judgeUrl(const QByteArray &text, ImportedRequest &taken) const
{
    if (text.isEmpty())
        return refusedFor(ImportRefusal::NoUrl);
    QString written = QString::fromUtf8(text);
    static const QRegularExpression variable(uR"(\{\{[^{}]*\}\})"_s);
    const bool isOpen = written.contains(variable);
    if (isOpen) {
        addNote(taken.notes, ImportRemark::EndpointOpen,
                variable.match(written).captured().mid(2).chopped(2));
        written.replace(variable, u"x"_s); // good for a host, a label of one, or a whole base
        if (!written.contains("://"_L1))
            written.prepend("https://"_L1);
    }
    const QUrl url(written, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return refusedFor(ImportRefusal::BadUrl);
    if (!url.userInfo().isEmpty())
        return refusedFor(ImportRefusal::UserInUrl);
    if (!url.path().endsWith("/messaging/conversation"_L1))
        return refusedFor(isOpen && url.path().isEmpty() ? ImportRefusal::OpenUrl
                                                         : ImportRefusal::OtherPath,
                          url.path());
    if (url.hasQuery())
        return refusedFor(ImportRefusal::QueryInUrl);
    if (isOpen)
        return {};
    taken.base = baseOf(url);
    taken.base.setFragment({});
    return judgeHost(taken.base);
}

ImportJudge::Verdict ImportJudge::judgeHost(const QUrl &base) const
{
    const auto same = [&base](const QUrl &known) {
        return origin(known) == origin(base) && known.path() == base.path();
    };
    if (base.scheme() != "https"_L1 && !isLoopback(base))
        return refusedFor(ImportRefusal::NotHttps, base.scheme());
    const bool isKnown = isLoopback(base) || same(documentedBase(Region::Eu))
        || same(documentedBase(Region::Us))
        || std::any_of(m_hint.bases.begin(), m_hint.bases.end(), same);
    if (isKnown)
        return {};
    const bool isOurHost = base.host() == documentedBase(Region::Eu).host()
        || base.host() == documentedBase(Region::Us).host();
    return isOurHost ? refusedFor(ImportRefusal::OtherPath, base.path())
                     : refusedFor(ImportRefusal::OtherHost, base.host());
}

ImportJudge::Verdict ImportJudge::judgeHeaders(const WireRequest &wire, ImportedRequest &taken)
{
    QStringList ignored;
    QByteArray key;
    bool hasKey = false;
    for (const HttpHeader &header : wire.headers) {
        const QByteArray name = header.name.trimmed().toLower();
        const QByteArray value = header.value.trimmed();
        if (isOneOf(name, CredentialHeaders))
            return refusedFor(ImportRefusal::OtherCredentials, QString::fromUtf8(name));
        if (name == "content-encoding" && value.toLower() != "identity")
            return refusedFor(ImportRefusal::EncodedBody, QString::fromUtf8(value.left(20)));
        if (name == "content-type" && !value.toLower().contains("json"))
            addNote(taken.notes, ImportRemark::ContentTypeDiffers,
                    QString::fromUtf8(value.left(60)));
        if (name == "x-vgai-key") {
            key = value; // a second one replaces the first, as it does with most programs
            hasKey = true;
        } else if (!name.isEmpty() && !isOneOf(name, ExpectedHeaders)) {
            ignored.append(QString::fromUtf8(header.name.trimmed().left(60)));
        }
    }
    if (!ignored.isEmpty())
        addNote(taken.notes, ImportRemark::HeadersIgnored, ignored.mid(0, 20).join(u", "_s));
    return hasKey ? judgeKey(key, taken) : Verdict();
}

ImportJudge::Verdict ImportJudge::judgeKey(const QByteArray &value, ImportedRequest &taken)
{
    if (isVariable(value)) {
        addNote(taken.notes, ImportRemark::KeyInVariable, QString::fromUtf8(value.left(60)));
        return {};
    }
    if (isHidden(value)) {
        addNote(taken.notes, ImportRemark::KeyWithheld);
        return {};
    }
    if (value.contains("{{") || !canBeKey(value))
        return refusedFor(ImportRefusal::BrokenKey);
    const QString where = taken.base.isEmpty() ? QString() : origin(taken.base);
    const auto found =
        std::find_if(m_result.keys.begin(), m_result.keys.end(),
                     [&](const ApiKey &key) { return key.bytes == value && key.origin == where; });
    taken.key = found - m_result.keys.begin();
    if (found == m_result.keys.end())
        m_result.keys.append({value, where});
    addNote(taken.notes, ImportRemark::KeyTaken);
    return {};
}

ImportJudge::Verdict ImportJudge::judgeBody(const QByteArray &body, ImportedRequest &taken)
{
    if (body.trimmed().isEmpty())
        return refusedFor(ImportRefusal::NoBody);
    auto request = OutboundRequest::fromJson(body);
    if (!request) {
        RefusedRequest refused;
        refused.why = request.error().json ? ImportRefusal::BrokenJson : ImportRefusal::NotAnObject;
        refused.json = request.error().json;
        return tl::unexpected(refused);
    }
    taken.request = *std::move(request);
    return {};
}

} // namespace icebreaker
