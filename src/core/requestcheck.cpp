#include "core/requestcheck.h"

#include "core/endpoint.h"
#include "core/locales.h"
#include "core/recipient.h"

#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr int HeaderTextMax = 60;
constexpr int BodyTextMax = 1024;
constexpr int TemplateNameMax = 512;
constexpr int LinkMax = 2000;

bool isLineBreak(QChar c)
{
    return (c >= u'\n' && c <= u'\r') || c == u'\u0085' || c == u'\u2028' || c == u'\u2029';
}

/// More than WhatsApp takes in a row.
constexpr QStringView ManySpaces = u"     ";

/// To be kept in a static: compiling one takes longer than all the checks of a row.
QRegularExpression whole(const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

bool matches(const QString &text, const QRegularExpression &pattern)
{
    return pattern.match(text).hasMatch();
}

/// Vonage's own hosts: a Status URL there is the application's own, and would loop.
bool belongsToVonage(const QString &host)
{
    constexpr std::array domains{QLatin1StringView("vonage.com"), QLatin1StringView("nexmo.com"),
                                 QLatin1StringView("ai.vonage.com")};
    return std::any_of(domains.begin(), domains.end(), [&host](QLatin1StringView domain) {
        return host == domain || host.endsWith(u'.' + QString(domain));
    });
}

/// In the order of the form.
constexpr std::array CheckedFields{
    Field::AgentId, Field::Channel,   Field::To,         Field::Namespace,         Field::Template,
    Field::Locale,  Field::StatusUrl, Field::Components, Field::SessionParameters,
};

class Checker
{
public:
    Checker(const OutboundRequest &request, const CheckContext &context, const QList<Field> &fields)
        : m_request(request)
        , m_context(context)
        , m_fields(fields)
    { }

    QList<CheckEntry> run()
    {
        const bool whatsApp = !m_request.isSms();
        checkMembers();
        if (wants(Field::AgentId))
            checkAgent();
        if (wants(Field::Channel))
            checkChannel();
        if (wants(Field::To))
            checkRecipient();
        if (whatsApp)
            checkTemplate();
        if (wants(Field::StatusUrl))
            checkStatusUrl();
        if (whatsApp && wants(Field::Components))
            checkParameters();
        if (wants(Field::SessionParameters))
            checkSessionParameters();
        std::stable_sort(
            m_entries.begin(), m_entries.end(),
            [](const CheckEntry &a, const CheckEntry &b) { return a.severity < b.severity; });
        return m_entries;
    }

private:
    [[nodiscard]] bool wants(Field field) const { return m_fields.contains(field); }
    void error(CheckCode code, Field field, int row = -1)
    {
        m_entries.append({Severity::Error, code, field, row, {}, 0});
    }
    void warning(CheckCode code, Field field, int row = -1, const QString &argument = {})
    {
        m_entries.append({Severity::Warning, code, field, row, argument, 0});
    }
    void tooLong(Severity severity, Field field, int row, int limit)
    {
        m_entries.append({severity, CheckCode::TooLong, field, row, {}, limit});
    }

    /// @return whether there is a text to look at further.
    bool checkPresent(Field field)
    {
        if (!m_request.text(field).trimmed().isEmpty())
            return true;
        const JsonValue *value = m_request.root().find(memberName(field));
        if (value == nullptr || value->isNull() || value->string() != nullptr)
            error(CheckCode::Missing, field);
        return false; // of another type: checkMembers said so
    }

    void checkMembers()
    {
        for (const Field field : CheckedFields) {
            if (!wants(field))
                continue;
            const QString name = memberName(field);
            const auto &members = m_request.root().members;
            const auto times = std::count_if(members.begin(), members.end(),
                                             [&](const auto &each) { return each.first == name; });
            if (times > 1)
                error(CheckCode::DuplicateMember, field);
            const JsonValue *value = m_request.root().find(name);
            if (value == nullptr || value->isNull())
                continue;
            const bool isList = field == Field::Components || field == Field::SessionParameters;
            if (isList ? value->array() == nullptr : value->string() == nullptr)
                error(CheckCode::WrongType, field);
        }
    }

    void checkAgent()
    {
        static const QRegularExpression shape = whole(u"[0-9a-f]{24}"_s);
        if (checkPresent(Field::AgentId) && !matches(m_request.text(Field::AgentId), shape))
            warning(CheckCode::AgentIdShape, Field::AgentId);
    }

    void checkChannel()
    {
        const QString channel = m_request.text(Field::Channel);
        if (checkPresent(Field::Channel) && channel != "whatsapp"_L1 && channel != "sms"_L1)
            error(CheckCode::ChannelUnknown, Field::Channel);
    }

    void checkRecipient()
    {
        if (!checkPresent(Field::To))
            return;
        const QString to = m_request.text(Field::To);
        const Recipient recipient = readRecipient(to);
        if (recipient.strangeCharacter || recipient.digits != to)
            error(CheckCode::RecipientStrange, Field::To);
        else if (recipient.nationalForm)
            error(CheckCode::RecipientNational, Field::To);
        else if (to.size() < RecipientMinDigits)
            error(CheckCode::RecipientTooShort, Field::To);
        else if (to.size() > RecipientMaxDigits)
            error(CheckCode::RecipientTooLong, Field::To);
    }

    void checkTemplate()
    {
        static const QRegularExpression namespaceShape =
            whole(u"[0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12}"_s);
        static const QRegularExpression templateShape = whole(u"[a-z0-9_]+"_s);
        if (wants(Field::Namespace) && checkPresent(Field::Namespace)
            && !matches(m_request.text(Field::Namespace), namespaceShape))
            warning(CheckCode::NamespaceShape, Field::Namespace);
        if (wants(Field::Template) && checkPresent(Field::Template)) {
            const QString name = m_request.text(Field::Template);
            if (!matches(name, templateShape))
                warning(CheckCode::TemplateShape, Field::Template);
            if (name.size() > TemplateNameMax)
                tooLong(Severity::Error, Field::Template, -1, TemplateNameMax);
        }
        if (wants(Field::Locale) && checkPresent(Field::Locale)) {
            const QString locale = m_request.text(Field::Locale);
            if (const QString meant = closestLocale(locale); meant != locale)
                warning(CheckCode::LocaleNotListed, Field::Locale, -1, meant);
        }
    }

    void checkStatusUrl()
    {
        if (!checkPresent(Field::StatusUrl))
            return;
        const QUrl url(m_request.text(Field::StatusUrl), QUrl::StrictMode);
        const bool http = url.scheme() == "http"_L1;
        if (!url.isValid() || url.host().isEmpty())
            error(CheckCode::UrlInvalid, Field::StatusUrl);
        else if (!http && url.scheme() != "https"_L1)
            error(CheckCode::UrlNotHttp, Field::StatusUrl);
        else if (belongsToVonage(url.host()) || isEndpointItself(url)) {
            error(CheckCode::UrlLoop, Field::StatusUrl);
            m_entries.last().argument = url.host();
        } else if (!m_context.endpointIsLocal && isUnreachableFromOutside(url))
            error(CheckCode::UrlUnreachable, Field::StatusUrl);
        else if (m_context.sandbox && !isLoopback(url))
            warning(CheckCode::UrlNotCalledBySandbox, Field::StatusUrl);
        else if (http && !isLoopback(url))
            warning(CheckCode::UrlPlainHttp, Field::StatusUrl);
    }

    /// On loopback another port is another program.
    [[nodiscard]] bool isEndpointItself(const QUrl &url) const
    {
        return !m_context.endpointIsLocal && url.host() == m_context.endpointHost;
    }

    void checkParameters()
    {
        const auto parameters = m_request.parameters();
        for (int row = 0; row < parameters.size(); ++row) {
            const TemplateParameter &parameter = parameters.at(row);
            if (parameter.type == ParameterType::Other)
                continue;
            const bool link = parameter.type == ParameterType::Image
                || parameter.type == ParameterType::Document
                || parameter.type == ParameterType::Video;
            if (parameter.value.trimmed().isEmpty())
                error(CheckCode::ValueEmpty, Field::Components, row);
            else if (link)
                checkLink(parameter.value, row);
            else
                checkText(parameter, row);
        }
    }

    void checkLink(const QString &value, int row)
    {
        const QUrl url(value, QUrl::StrictMode);
        const bool http = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        if (!url.isValid() || url.host().isEmpty() || !http)
            error(CheckCode::LinkNotHttp, Field::Components, row);
        else if (value.size() > LinkMax)
            tooLong(Severity::Warning, Field::Components, row, LinkMax);
    }

    void checkText(const TemplateParameter &parameter, int row)
    {
        checkWhiteSpace(parameter.value, Field::Components, row);
        const auto isLongerThan = [&parameter](qsizetype limit) {
            return parameter.value.size() > limit && parameter.value.toUcs4().size() > limit;
        };
        if (parameter.part == Part::Header && isLongerThan(HeaderTextMax))
            tooLong(Severity::Warning, Field::Components, row, HeaderTextMax);
        else if (parameter.part == Part::Body && isLongerThan(BodyTextMax))
            tooLong(Severity::Error, Field::Components, row, BodyTextMax);
    }

    void checkWhiteSpace(const QString &value, Field field, int row)
    {
        if (std::any_of(value.begin(), value.end(), isLineBreak))
            error(CheckCode::ValueLineBreak, field, row);
        else if (value.contains(u'\t'))
            error(CheckCode::ValueTab, field, row);
        else if (value.contains(ManySpaces))
            error(CheckCode::ValueSpaces, field, row);
    }

    void checkSessionParameters()
    {
        static const QRegularExpression shape = whole(u"[A-Za-z_][A-Za-z0-9_.]*"_s);
        QSet<QString> seen;
        const auto parameters = m_request.sessionParameters();
        for (int row = 0; row < parameters.size(); ++row) {
            const QString &name = parameters.at(row).name;
            if (name.trimmed().isEmpty())
                error(CheckCode::SessionNameMissing, Field::SessionParameters, row);
            else if (seen.contains(name))
                error(CheckCode::SessionNameTwice, Field::SessionParameters, row);
            else if (!matches(name, shape))
                warning(CheckCode::SessionNameShape, Field::SessionParameters, row);
            seen.insert(name);
        }
    }

    const OutboundRequest &m_request;
    const CheckContext &m_context;
    const QList<Field> &m_fields;
    QList<CheckEntry> m_entries;
};

} // namespace

QList<CheckEntry> check(const OutboundRequest &request, const CheckContext &context)
{
    return check(request, context, {CheckedFields.begin(), CheckedFields.end()});
}

QList<CheckEntry> check(const OutboundRequest &request, const CheckContext &context,
                        const QList<Field> &fields)
{
    return Checker(request, context, fields).run();
}

bool hasErrors(const QList<CheckEntry> &entries)
{
    return std::any_of(entries.begin(), entries.end(),
                       [](const CheckEntry &entry) { return entry.severity == Severity::Error; });
}

QString mendedValue(const QString &value)
{
    QString mended = value;
    mended.replace(u"\r\n"_s, u" "_s);
    static const QRegularExpression manySpaces(u" {5,}"_s);
    std::replace_if(mended.begin(), mended.end(), isLineBreak, u' ');
    mended.replace(u'\t', u' ');
    mended.replace(manySpaces, u" "_s);
    return mended.trimmed().isEmpty() ? u"-"_s : mended;
}

} // namespace icebreaker
