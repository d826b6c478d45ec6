#pragma once

#include "core/bundleproblem.h"
#include "core/exportreport.h"
#include "core/redactor.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace icebreaker {

/// "1,204 sends were written to PATH.", or why nothing was.
[[nodiscard]] QString exportReportText(const ExportReport &report, const QString &path);

/// Why a file cannot be opened as a bundle, and what to do.
[[nodiscard]] QString bundleProblemText(BundleProblem problem);

/// "Bundle from 2026-11-23, made by Icebreaker 0.1.0: nothing here can be sent."
/// @param madeAt  may be invalid, @p madeBy empty
[[nodiscard]] QString openedBundleText(const QDateTime &madeAt, const QString &madeBy);

/// What was, or will be, hidden, a line each.
[[nodiscard]] QStringList redactionTexts(const RedactionChoices &choices);

/// That these profiles' keys could not be read, so that only what looks like a key is hidden;
/// empty without any.
[[nodiscard]] QString unreadKeysText(const QStringList &profiles);

} // namespace icebreaker
