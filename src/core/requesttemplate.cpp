#include "core/requesttemplate.h"

#include "core/braces.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array AllFields{
    Field::Namespace,         Field::Template, Field::Locale,    Field::To,
    Field::AgentId,           Field::Channel,  Field::StatusUrl, Field::Components,
    Field::SessionParameters, Field::Body,
};

constexpr std::array TemplateFields{Field::Namespace, Field::Template, Field::Locale,
                                    Field::Components};

bool isOfTemplate(Field field)
{
    return std::find(TemplateFields.begin(), TemplateFields.end(), field) != TemplateFields.end();
}

} // namespace

RequestTemplate::RequestTemplate(OutboundRequest request, QStringList columns)
    : m_request(std::move(request))
    , m_base(m_request.isSms() ? m_request.withoutTemplate() : m_request)
    , m_columns(std::move(columns))
{
    const auto &members = m_base.root().members;
    for (std::size_t i = 0; i < members.size(); ++i) {
        JsonPath path{i};
        findLeaves(members[i].second, fieldNamed(members[i].first), path);
    }
    for (std::size_t i = 0; i < m_leaves.size(); ++i) {
        m_channelVaries = m_channelVaries || m_leaves[i].field == Field::Channel;
        // The first member called so is the one that counts, see OutboundRequest::text().
        if (m_leaves[i].path == recipientPath())
            m_recipientLeaf = static_cast<qsizetype>(i);
    }
}

JsonPath RequestTemplate::recipientPath() const
{
    const auto &members = m_base.root().members;
    const auto found = std::find_if(members.begin(), members.end(), [](const JsonMember &member) {
        return member.first == memberName(Field::To);
    });
    return {static_cast<std::size_t>(found - members.begin())};
}

void RequestTemplate::findLeaves(const JsonValue &value, Field field, JsonPath &path)
{
    if (const QString *text = value.string()) {
        addLeaf(*text, field, path);
        return;
    }
    const auto descend = [&](const JsonValue &child, std::size_t position) {
        path.push_back(position);
        findLeaves(child, field, path);
        path.pop_back();
    };
    if (const JsonArray *array = value.array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            descend((*array)[i], i);
    } else if (const JsonObject *object = value.object()) {
        for (std::size_t i = 0; i < object->members.size(); ++i)
            descend(object->members[i].second, i);
    }
}

void RequestTemplate::addLeaf(const QString &text, Field field, const JsonPath &path)
{
    std::vector<Piece> pieces;
    for (const BracedPiece &piece : bracedPieces(text))
        pieces.push_back(piece.isPlaceholder ? placeholder(piece) : Piece{piece.text});
    const bool varies = std::any_of(pieces.begin(), pieces.end(), [](const Piece &piece) {
        return piece.column >= 0 || piece.builtIn != nullptr;
    });
    if (!varies)
        return;
    m_leaves.push_back({path, field, std::move(pieces)});
}

RequestTemplate::Piece RequestTemplate::placeholder(const BracedPiece &braced)
{
    const QString name = braced.name();
    const auto found =
        std::find_if(m_columns.cbegin(), m_columns.cend(),
                     [&name](const QString &column) { return column.trimmed() == name; });
    if (found != m_columns.cend())
        return {{}, static_cast<int>(found - m_columns.cbegin())};
    if (name == "now"_L1)
        return {{}, -1, &RowBuiltIns::now};
    if (name == "uuid"_L1)
        return {{}, -1, &RowBuiltIns::uuid};
    if (name == "send_id"_L1)
        return {{}, -1, &RowBuiltIns::sendId};
    if (!m_unknown.contains(name))
        m_unknown.append(name);
    return {braced.text};
}

QList<int> RequestTemplate::usedColumns() const
{
    QList<int> used;
    for (const Leaf &leaf : m_leaves) {
        for (const Piece &piece : leaf.pieces) {
            if (piece.column >= 0 && !used.contains(piece.column))
                used.append(piece.column);
        }
    }
    std::sort(used.begin(), used.end());
    return used;
}

QList<Field> RequestTemplate::varyingFields() const
{
    QList<Field> fields;
    for (const Field field : AllFields) {
        const bool varies = std::any_of(m_leaves.begin(), m_leaves.end(),
                                        [field](const Leaf &leaf) { return leaf.field == field; });
        if (varies || m_channelVaries)
            fields.append(field);
    }
    return fields;
}

OutboundRequest RequestTemplate::filled(const QStringList &cells, const RowBuiltIns &builtIns) const
{
    return RowFiller(*this).fill(cells, builtIns);
}

RowBuiltIns RowBuiltIns::forSend(const QString &sendId)
{
    return {QDateTime::currentDateTimeUtc().toString(Qt::ISODate),
            QUuid::createUuid().toString(QUuid::WithoutBraces), sendId};
}

RowFiller::RowFiller(const RequestTemplate &request)
    : m_template(request)
    , m_request(request.m_base)
{ }

const OutboundRequest &RowFiller::fill(const QStringList &cells, const RowBuiltIns &builtIns)
{
    if (m_template.m_channelVaries)
        m_request = m_template.m_base;
    m_content.clear();
    for (const auto &leaf : m_template.m_leaves) {
        QString text;
        for (const auto &piece : leaf.pieces) {
            if (piece.builtIn != nullptr)
                text += builtIns.*piece.builtIn;
            else if (piece.column < 0)
                text += piece.text;
            else if (piece.column < cells.size())
                text += cells.at(piece.column);
        }
        m_request.setTextAt(leaf.path, text);
        m_content.append(leaf.field == Field::StatusUrl ? QString() : text);
    }
    if (m_template.m_channelVaries && m_request.isSms())
        leaveTemplateOut();
    setRecipient();
    return m_request;
}

void RowFiller::leaveTemplateOut()
{
    m_request = m_request.withoutTemplate();
    for (std::size_t i = 0; i < m_template.m_leaves.size(); ++i) {
        if (isOfTemplate(m_template.m_leaves[i].field))
            m_content[static_cast<qsizetype>(i)].clear();
    }
}

void RowFiller::setRecipient()
{
    // Not from m_request if it is the same in every row: the row before left its digits there.
    const qsizetype leaf = m_template.m_recipientLeaf;
    const QString typed = leaf >= 0 ? m_content.at(leaf) : m_template.m_base.text(Field::To);
    m_recipient = readRecipient(typed);
    const QString sent = m_recipient.strangeCharacter ? typed.trimmed() : m_recipient.digits;
    m_request.setText(Field::To, sent);
    if (leaf >= 0)
        m_content[leaf] = sent;
}

} // namespace icebreaker
