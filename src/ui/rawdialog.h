#pragma once

#include <QByteArray>
#include <QString>

class QWidget;

namespace icebreaker {

/// Shows bytes that came from outside, as they came: JSON is indented, nothing else is
/// interpreted. Not modal, and gone when it is closed.
void showRaw(QWidget &parent, const QString &title, const QByteArray &raw);

} // namespace icebreaker
