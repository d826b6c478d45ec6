#pragma once

#include "core/exportreport.h"
#include "core/redactor.h"

#include <QString>
#include <QStringList>

namespace icebreaker {

/// "1,204 sends were written to PATH.", or why nothing was.
[[nodiscard]] QString exportReportText(const ExportReport &report, const QString &path);

/// What was, or will be, hidden, a line each.
[[nodiscard]] QStringList redactionTexts(const RedactionChoices &choices);

/// That these profiles' keys could not be read, so that only what looks like a key is hidden;
/// empty without any.
[[nodiscard]] QString unreadKeysText(const QStringList &profiles);

} // namespace icebreaker
