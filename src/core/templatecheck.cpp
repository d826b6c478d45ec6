#include "core/templatecheck.h"

#include "core/jsonmembers.h"
#include "core/templatefill.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Parts that a message may leave out, and what asks nothing of it.
constexpr std::array NeedNothing{"FLOW"_L1,       "CATALOG"_L1,
                                 "VOICE_CALL"_L1, "CALL_PERMISSION_REQUEST"_L1,
                                 "APP"_L1,        "REQUEST_CONTACT_INFO"_L1};

/// Whether the request has a component or a button of a kind that no slot fills.
bool hasPart(const OutboundRequest &request, const QString &part)
{
    const JsonArray *components = request.components();
    return components != nullptr
        && std::any_of(components->begin(), components->end(), [&part](const JsonValue &each) {
               const JsonObject *object = each.object();
               const auto is = [&](QStringView member) {
                   const QString name = memberString(*object, member).toUpper();
                   return !name.isEmpty() && part.startsWith(name);
               };
               return object != nullptr && (is(u"type") || is(u"sub_type"));
           });
}

class Check
{
public:
    Check(const TemplateCard &card, const OutboundRequest &request)
        : m_card(card)
        , m_request(request)
        , m_version(versionFor(card, request))
        , m_slots(m_version.parameters())
        , m_values(slotValues(m_version, request.components()))
    { }

    QList<CheckEntry> run()
    {
        checkVersion();
        checkParameters();
        checkTexts();
        checkSlots();
        return m_entries;
    }

private:
    void add(Severity severity, CheckCode code, Field field, int row = -1,
             const QString &argument = {}, int limit = 0)
    {
        m_entries.append({severity, code, field, row, argument, limit});
    }

    void checkVersion()
    {
        const QString locale = m_request.text(Field::Locale);
        if (!locale.isEmpty() && m_card.version(locale) == nullptr)
            add(Severity::Warning, CheckCode::LocaleNotInCard, Field::Locale, -1,
                m_card.locales().join(u", "_s));
        const QString status = m_version.status();
        if (!status.isEmpty() && status != "APPROVED"_L1)
            add(Severity::Warning, CheckCode::TemplateNotApproved, Field::Template, -1, status);
        QStringList missing = m_version.foreignParts();
        missing.removeIf([this](const QString &part) {
            return std::find(NeedNothing.begin(), NeedNothing.end(), part) != NeedNothing.end()
                || hasPart(m_request, part);
        });
        if (!missing.isEmpty())
            add(Severity::Warning, CheckCode::TemplatePartMissing, Field::Components, -1,
                missing.join(u", "_s));
    }

    /// Parameters too many or too few are refused (132000), and so are names that are
    /// missing or out of place.
    void checkParameters()
    {
        int wanted = 0;
        int there = m_values.unused;
        for (int i = 0; i < m_slots.size(); ++i) {
            if (isContinuation(m_slots.at(i).kind))
                continue;
            const bool has = m_values.rows.at(i) >= 0;
            wanted += has || !m_slots.at(i).optional;
            there += has;
        }
        if (wanted != there || m_values.unused > 0)
            add(Severity::Error, CheckCode::ParameterCount, Field::Components, -1,
                QString::number(there), wanted);
        else if (m_values.misnamed > 0)
            add(Severity::Error, CheckCode::ParameterNames, Field::Components);
    }

    void checkTexts()
    {
        checkText(Part::Header, m_version.headerText(), TemplateHeaderMax, Severity::Warning);
        checkText(Part::Body, m_version.bodyText(), TemplateBodyMax, Severity::Error);
    }

    /// check() has complained about a single value that is too long already.
    void checkText(Part part, const QString &text, int limit, Severity severity)
    {
        int longest = 0;
        int row = -1;
        for (int i = 0; i < m_slots.size(); ++i) {
            const int length = characterCount(m_values.values.at(i));
            if (m_slots.at(i).part != part || length <= longest)
                continue;
            longest = length;
            row = m_values.rows.at(i);
        }
        const auto whole = hydrated(text, placeholderValues(m_version, m_values.values, part)).text;
        if (row >= 0 && longest <= limit && characterCount(whole) > limit)
            add(severity, CheckCode::HydratedTooLong, Field::Components, row,
                QString::number(characterCount(whole)), limit);
    }

    void checkSlots()
    {
        const auto isNumber = [](const QString &text, double most) {
            bool ok = false;
            const double number = text.toDouble(&ok);
            return ok && number >= -most && number <= most;
        };
        bool placeKnown = true;
        int place = -1;
        for (int i = 0; i < m_slots.size(); ++i) {
            const QString &value = m_values.values.at(i);
            const int row = m_values.rows.at(i);
            if (row < 0)
                continue;
            switch (m_slots.at(i).kind) {
            case SlotKind::CouponCode: checkCode(value, row); break;
            case SlotKind::UrlSuffix: checkSuffix(m_slots.at(i), value, row); break;
            case SlotKind::Latitude:
                place = row;
                placeKnown = placeKnown && isNumber(value, 90);
                break;
            case SlotKind::Longitude: placeKnown = placeKnown && isNumber(value, 180); break;
            case SlotKind::PlaceName:
            case SlotKind::PlaceAddress:
                placeKnown = placeKnown && !value.trimmed().isEmpty();
                break;
            default: break;
            }
        }
        if (!placeKnown)
            add(Severity::Error, CheckCode::LocationIncomplete, Field::Components, place);
    }

    void checkCode(const QString &value, int row)
    {
        if (value.trimmed().isEmpty())
            add(Severity::Error, CheckCode::ValueEmpty, Field::Components, row);
        else if (characterCount(value) > TemplateCodeMax)
            add(Severity::Warning, CheckCode::TooLong, Field::Components, row, {}, TemplateCodeMax);
    }

    void checkSuffix(const TemplateSlot &slot, const QString &value, int row)
    {
        if (slot.maxLength > 0 && characterCount(value) > slot.maxLength)
            add(Severity::Warning, CheckCode::TooLong, Field::Components, row, {}, slot.maxLength);
    }

    const TemplateCard &m_card;
    const OutboundRequest &m_request;
    const TemplateVersion &m_version;
    const QList<TemplateSlot> m_slots;
    const SlotValues m_values;
    QList<CheckEntry> m_entries;
};

void checkNames(const TemplateVersion &version, QList<TemplateFlaw> &flaws)
{
    using Kind = TemplateFlaw::Kind;
    for (const QString &text : {version.headerText(), version.bodyText()}) {
        const QStringList names = placeholderNames(text);
        int numbers = 0;
        for (const QString &name : names) {
            bool isNumber = false;
            const int number = name.toInt(&isNumber);
            if (isNumber && number == numbers + 1)
                ++numbers;
            else if (isNumber) {
                flaws.append({Kind::NumberGap, 0, QString::number(numbers + 1)});
                return;
            }
        }
        if (numbers > 0 && numbers < names.size()) {
            flaws.append({Kind::MixedNames, 0, {}});
            return;
        }
    }
}

void checkButtons(const TemplateVersion &version, QList<TemplateFlaw> &flaws)
{
    using Kind = TemplateFlaw::Kind;
    const auto buttons = version.buttons();
    if (buttons.size() > TemplateButtonsMax)
        flaws.append({Kind::TooManyButtons, TemplateButtonsMax, {}});
    // Second-hand, from a reseller's guide.
    constexpr std::array most{std::pair{ButtonKind::Phone, 1}, std::pair{ButtonKind::Url, 2},
                              std::pair{ButtonKind::CopyCode, 1}};
    for (const auto &[kind, limit] : most) {
        const auto count = std::count_if(buttons.begin(), buttons.end(),
                                         [kind = kind](const auto &b) { return b.kind == kind; });
        if (count > limit)
            flaws.append({Kind::TooManyButtons, limit, buttonTypeName(kind)});
    }
    for (const TemplateButton &button : buttons) {
        const bool labelled = button.kind == ButtonKind::QuickReply
            || button.kind == ButtonKind::Url || button.kind == ButtonKind::Phone;
        if (labelled && button.label.trimmed().isEmpty())
            flaws.append({Kind::LabelMissing, 0, {}});
        if (characterCount(button.label) > TemplateButtonLabelMax)
            flaws.append({Kind::LabelTooLong, TemplateButtonLabelMax, button.label});
        const auto found = findPlaceholders(button.target);
        const bool atEnd =
            found.isEmpty() || found.first().start + found.first().length == button.target.size();
        if (found.size() > 1 || !atEnd)
            flaws.append({Kind::UrlPlaceholder, 0, button.label});
    }
}

} // namespace

QList<CheckEntry> checkAgainst(const TemplateCard &card, const OutboundRequest &request)
{
    if (request.isSms() || card.versions.isEmpty() || request.text(Field::Template) != card.name)
        return {};
    return Check(card, request).run();
}

const TemplateVersion &versionFor(const TemplateCard &card, const OutboundRequest &request)
{
    const TemplateVersion *version = card.version(request.text(Field::Locale));
    return version == nullptr ? card.versions.first() : *version;
}

QList<TemplateFlaw> flawsOf(const TemplateVersion &version)
{
    using Kind = TemplateFlaw::Kind;
    QList<TemplateFlaw> flaws;
    if (version.bodyText().trimmed().isEmpty())
        flaws.append({Kind::NoBody, 0, {}});
    const auto tooLong = [&](Kind kind, const QString &text, int limit) {
        if (characterCount(text) > limit)
            flaws.append({kind, limit, {}});
    };
    tooLong(Kind::HeaderTooLong, version.headerText(), TemplateHeaderMax);
    tooLong(Kind::BodyTooLong, version.bodyText(), TemplateBodyMax);
    tooLong(Kind::FooterTooLong, version.footerText(), TemplateFooterMax);
    if (placeholderNames(version.headerText()).size() > 1)
        flaws.append({Kind::HeaderPlaceholders, 0, {}});
    if (!findPlaceholders(version.footerText()).isEmpty())
        flaws.append({Kind::FooterPlaceholders, 0, {}});
    checkNames(version, flaws);
    checkButtons(version, flaws);
    return flaws;
}

} // namespace icebreaker
