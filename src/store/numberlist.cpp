#include "store/numberlist.h"

#include <charconv>

namespace icebreaker {

std::vector<qint64> numberList(const QByteArray &text)
{
    std::vector<qint64> numbers;
    const char *pos = text.constData();
    const char *const end = pos + text.size();
    while (pos < end) {
        qint64 number = 0;
        const auto read = std::from_chars(pos, end, number);
        if (read.ec != std::errc())
            break;
        numbers.push_back(number);
        pos = read.ptr + 1; // behind the comma
    }
    return numbers;
}

} // namespace icebreaker
