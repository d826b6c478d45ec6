#pragma once

#include "core/outboundrequest.h"
#include "core/recipient.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

namespace icebreaker {

struct BracedPiece;

/// What the built-in names of a row stand for: `{{now}}`, `{{uuid}}`, `{{send_id}}`. A column or
/// a variable of the same name comes before them. The defaults stand in previews and checks.
struct RowBuiltIns {
    QString now = QStringLiteral("2026-01-31T12:00:00Z"); ///< ISO 8601, UTC.
    QString uuid = QStringLiteral("00000000-0000-4000-8000-000000000000");
    QString sendId = QStringLiteral("00000000-0000-4000-8000-000000000001");

    /// For a row that leaves now.
    [[nodiscard]] static RowBuiltIns forSend(const QString &sendId);
};

/// A request in whose texts `{{column}}` stands for a row's value: what a batch sends.
///
/// Every text value of the body may hold placeholders, also several and with text around
/// them; names and numbers are left alone. `{{ first name }}` is the column "first name":
/// blanks at the ends do not count, case does. Values are put in as text, never as JSON,
/// and a placeholder inside a value is not one.
class RequestTemplate
{
public:
    RequestTemplate() = default;
    /// @param columns  unique names of the cells that filled() is given
    RequestTemplate(OutboundRequest request, QStringList columns);

    [[nodiscard]] const OutboundRequest &request() const { return m_request; }
    [[nodiscard]] const QStringList &columns() const { return m_columns; }
    /// Placeholders that name neither a column nor a built-in value, each once: an error before anything is sent.
    /// filled() leaves them as they are.
    [[nodiscard]] QStringList unknownNames() const { return m_unknown; }
    /// Columns that are used at least once, by index, ascending.
    [[nodiscard]] QList<int> usedColumns() const;
    /// Fields that are not the same in every row, in the order of the enum; Field::Body
    /// stands for members that the form does not know. All of them if the channel is one
    /// of them, because what goes out at all depends on it.
    [[nodiscard]] QList<Field> varyingFields() const;

    /// The request of one row as it goes out: placeholders filled in, the recipient in
    /// its digits (as it is if it has strange characters, so that the check can say so),
    /// no template for SMS. @param cells  missing ones count as empty
    [[nodiscard]] OutboundRequest filled(const QStringList &cells,
                                         const RowBuiltIns &builtIns = {}) const;

private:
    friend class RowFiller;

    /// Constant text, a column's value, or one of RowBuiltIns.
    struct Piece {
        QString text;
        int column = -1;
        QString RowBuiltIns::*builtIn = nullptr;
    };
    /// A text value of the body that holds placeholders.
    struct Leaf {
        JsonPath path;
        Field field = Field::Body;
        std::vector<Piece> pieces;
    };

    [[nodiscard]] JsonPath recipientPath() const;
    void findLeaves(const JsonValue &value, Field field, JsonPath &path);
    void addLeaf(const QString &text, Field field, const JsonPath &path);
    [[nodiscard]] Piece placeholder(const BracedPiece &braced);

    OutboundRequest m_request;
    OutboundRequest m_base; ///< What is filled: without the template if it is surely SMS.
    QStringList m_columns;
    QStringList m_unknown;
    std::vector<Leaf> m_leaves;
    qsizetype m_recipientLeaf = -1; ///< -1 if the recipient is the same in every row.
    bool m_channelVaries = false;
};

/// Fills one template for row after row, in place: several times as fast as
/// RequestTemplate::filled(). One per thread; the template must outlive it.
class RowFiller
{
public:
    explicit RowFiller(const RequestTemplate &request);

    /// As RequestTemplate::filled(); good until the next call.
    const OutboundRequest &fill(const QStringList &cells, const RowBuiltIns &builtIns = {});
    /// The recipient as it stands in the row filled last, before it was brought to digits.
    [[nodiscard]] const Recipient &recipient() const { return m_recipient; }
    /// What makes the body of the row filled last another one than other rows' bodies, the
    /// Status URL aside: two rows have the same if and only if their bodies are the same.
    [[nodiscard]] const QStringList &content() const { return m_content; }

private:
    void leaveTemplateOut();
    void setRecipient();

    const RequestTemplate &m_template;
    OutboundRequest m_request;
    Recipient m_recipient;
    QStringList m_content;
};

} // namespace icebreaker
