// Where nothing of the kind was built and tried.
#include "ui/desktop.h"

namespace icebreaker {

struct Desktop::Wakefulness {
};

Desktop::Desktop() = default;
Desktop::~Desktop() = default;

void Desktop::notify(const QString &, const QString &) { }
void Desktop::keepAwake(const QString &) { }
void Desktop::letSleep() { }

} // namespace icebreaker
