#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace icebreaker {

int terminalWidth()
{
    constexpr int usual = 80;
    if (::isatty(STDERR_FILENO) == 0)
        return 0;
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : usual;
}

} // namespace icebreaker
