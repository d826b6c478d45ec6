#include "batch/columnguess.h"

#include <algorithm>
#include <array>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// What a column with recipients is called: from names that leave no doubt to names that
/// may also mean something else. English, German, Spanish, French, Italian, Portuguese, Dutch,
/// Polish to Turkish, Russian, Ukrainian, Hebrew, Arabic, Hindi, Indonesian, Chinese, Japanese,
/// Korean; then what is short.
constexpr auto RecipientNames = std::to_array<QStringView>({
    u"to",
    u"msisdn",
    u"whatsapp",
    u"whatsappnumber",
    u"whatsappnummer",
    u"waid",
    u"recipient",
    u"recipientnumber",
    u"empfänger",
    u"destinatario",
    u"destinataire",
    u"phonenumber",
    u"phone",
    u"phoneno",
    u"telephone",
    u"telephonenumber",
    u"mobile",
    u"mobilenumber",
    u"mobilephone",
    u"mobileno",
    u"cell",
    u"cellphone",
    u"cellnumber",
    u"e164",
    u"telefonnummer",
    u"telefon",
    u"handynummer",
    u"handy",
    u"mobilnummer",
    u"mobil",
    u"mobiltelefon",
    u"rufnummer",
    u"teléfono",
    u"númerodeteléfono",
    u"teléfonomóvil",
    u"móvil",
    u"celular",
    u"téléphone",
    u"numérodetéléphone",
    u"portable",
    u"téléphonemobile",
    u"telefono",
    u"numeroditelefono",
    u"cellulare",
    u"telefone",
    u"númerodetelefone",
    u"telemóvel",
    u"telefoonnummer",
    u"telefoon",
    u"mobiel",
    u"mobielnummer",
    u"numertelefonu",
    u"komórka",
    u"telefonnummer",
    u"telefonní číslo",
    u"puhelin",
    u"puhelinnumero",
    u"telefonnumarası",
    u"ceptelefonu",
    u"телефон",
    u"номертелефона",
    u"мобильный",
    u"номертелефону",
    u"הטלפון",
    u"טלפון",
    u"נייד",
    u"هاتف",
    u"رقمالهاتف",
    u"جوال",
    u"फ़ोन",
    u"मोबाइल",
    u"telepon",
    u"nomortelepon",
    u"nomorhp",
    u"电话",
    u"手机",
    u"手机号",
    u"手机号码",
    u"电话号码",
    u"電話",
    u"電話番号",
    u"携帯電話",
    u"携帯番号",
    u"전화번호",
    u"휴대폰",
    u"휴대폰번호",
    u"tel",
    u"telno",
    u"telnr",
    u"number",
    u"numero",
    u"nummer",
});

QStringList recipientNames()
{
    QStringList names;
    for (const QStringView name : RecipientNames)
        names.append(name.toString());
    return names;
}

/// Lower case, without accents, blanks and punctuation: "Téléphone no." is "telephoneno".
QString plain(const QString &name)
{
    QString letters;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toCaseFolded()) {
        if (c.isLetterOrNumber())
            letters += c;
    }
    return letters;
}

QStringList fieldNames(Field field)
{
    switch (field) {
    case Field::To: return recipientNames();
    case Field::Namespace: return {u"namespace"_s};
    case Field::Template: return {u"template"_s, u"templatename"_s};
    case Field::Locale:
        return {u"locale"_s, u"language"_s, u"languagecode"_s, u"lang"_s, u"sprache"_s,
                u"idioma"_s, u"langue"_s,   u"lingua"_s,       u"taal"_s, u"язык"_s};
    case Field::AgentId: return {u"agentid"_s, u"agent"_s};
    case Field::StatusUrl: return {u"statusurl"_s, u"callback"_s, u"callbackurl"_s};
    default: break;
    }
    return {};
}

QStringList parameterNames(const QString &target)
{
    QStringList names{target};
    const QString number = target.section(u' ', -1);
    const QString part = target.section(u' ', 0, 0);
    if (part == "body"_L1) {
        for (const auto &word : {u"parameter"_s, u"param"_s, u"placeholder"_s, u"variable"_s,
                                 u"var"_s, u"value"_s, u"p"_s, u"v"_s, QString()})
            names.append(word + number);
    } else if (number == (part == "button"_L1 ? "0"_L1 : "1"_L1)) {
        names.append(part); // mostly there is one
    }
    return names;
}

QStringList namesFor(const FillTarget &target)
{
    if (target.field == Field::Components)
        return parameterNames(target.name);
    if (target.field == Field::SessionParameters)
        return {target.name};
    return fieldNames(target.field);
}

QString partName(Part part)
{
    switch (part) {
    case Part::Header: return u"header"_s;
    case Part::Body: return u"body"_s;
    case Part::Button: return u"button"_s;
    case Part::Other: break;
    }
    return u"other"_s;
}

} // namespace

QList<FillTarget> fillTargets(const OutboundRequest &request)
{
    // In the order of the form. The channel is the agent's and no row's.
    constexpr std::array fields{Field::AgentId,   Field::To,       Field::Locale,
                                Field::Namespace, Field::Template, Field::StatusUrl};
    constexpr std::array ofTemplate{Field::Locale, Field::Namespace, Field::Template};
    QList<FillTarget> targets;
    for (const Field field : fields) {
        const bool needsTemplate =
            std::find(ofTemplate.begin(), ofTemplate.end(), field) != ofTemplate.end();
        if (!request.isSms() || !needsTemplate)
            targets.append({field, -1, memberName(field), request.text(field)});
    }
    const auto parameters = request.isSms() ? QList<TemplateParameter>() : request.parameters();
    for (int row = 0; row < parameters.size(); ++row) {
        const TemplateParameter &parameter = parameters.at(row);
        if (parameter.type != ParameterType::Other)
            targets.append({Field::Components, row,
                            partName(parameter.part) + u' ' + QString::number(parameter.index),
                            parameter.value});
    }
    const auto session = request.sessionParameters();
    for (int row = 0; row < session.size(); ++row)
        targets.append(
            {Field::SessionParameters, row, session.at(row).name, session.at(row).value});
    return targets;
}

OutboundRequest withTarget(const OutboundRequest &request, const FillTarget &target,
                           const QString &text)
{
    OutboundRequest changed = request;
    if (target.field == Field::Components) {
        const auto parameters = request.parameters();
        if (target.row < 0 || target.row >= parameters.size())
            return changed;
        TemplateParameter parameter = parameters.at(target.row);
        parameter.value = text;
        changed.setParameter(target.row, parameter);
    } else if (target.field == Field::SessionParameters) {
        changed.setSessionParameter(target.row, {target.name, text});
    } else {
        changed.setText(target.field, text);
    }
    return changed;
}

int guessedColumn(const FillTarget &target, const QStringList &columns)
{
    QStringList plainColumns;
    for (const QString &column : columns)
        plainColumns.append(plain(column));
    const QStringList names = namesFor(target);
    for (const QString &name : names) {
        const QString wanted = plain(name);
        if (const auto found = plainColumns.indexOf(wanted); found >= 0 && !wanted.isEmpty())
            return static_cast<int>(found);
    }
    return -1;
}

} // namespace icebreaker
