#pragma once

#include <QString>

class QWidget;

namespace icebreaker {

/// Two texts beside each other, the lines that differ marked. Not modal, and gone when it is
/// closed.
void showDifference(QWidget &parent, const QString &title, const QString &leftName,
                    const QString &left, const QString &rightName, const QString &right);

} // namespace icebreaker
