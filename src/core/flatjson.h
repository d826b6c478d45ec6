#pragma once

#include "core/json.h"
#include "core/sendcomparison.h"

#include <QList>
#include <QString>

namespace icebreaker {

/// One thing of one send, to be compared with the thing of the same key of another.
struct FlatLeaf {
    ComparedPart part = ComparedPart::Request;
    QString key; ///< Unique within a part.
    QString container; ///< Key of what it is in, or empty.
    ComparedSubject subject;
    QString text;
    QString type; ///< Kind of JSON value; empty where it does not matter.
    bool isVolatile = false;
};

/// The request's body: members, components, session parameters.
[[nodiscard]] QList<FlatLeaf> flatRequest(const JsonObject &body);

/// Any document, by paths like "error.detail" and "items[0].id".
[[nodiscard]] QList<FlatLeaf> flatDocument(const JsonValue &document);

} // namespace icebreaker
