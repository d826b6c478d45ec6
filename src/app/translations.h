#pragma once

class QCoreApplication;

namespace icebreaker {

/// The texts of Qt and ours in the user's language, as far as there are any; English
/// with its plural forms otherwise. The translators belong to @p app.
void installTranslations(QCoreApplication &app);

} // namespace icebreaker
