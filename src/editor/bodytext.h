#pragma once

#include "core/json.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

namespace icebreaker {

/// What a body from outside is, found out by looking at its bytes, and shown as what it is.
struct BodyText {
    enum class Form { Empty, Json, Text, Binary };

    Form form = Form::Empty;
    QByteArray pretty; ///< UTF-8: JSON indented, anything else as `raw`.
    QByteArray raw; ///< UTF-8: the characters as they came; bytes in hexadecimal if it is binary.
    std::shared_ptr<const JsonValue> json; ///< Of Form::Json alone.
    QString kind; ///< "JSON, UTF-8", for people.
    QStringList notes; ///< What is strange about it, in full sentences.
};

/// For any thread: takes time in proportion to the body, about 0.1 s a megabyte.
/// @param contentType  as declared, may be empty
[[nodiscard]] BodyText readBody(const QByteArray &body, const QByteArray &contentType);

/// "00000010  48 65 …  |He…|": sixteen bytes a line.
[[nodiscard]] QByteArray hexDump(QByteArrayView bytes);

} // namespace icebreaker
