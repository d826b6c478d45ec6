#pragma once

#include <QString>

namespace icebreaker {

struct PhoneExam;

/// "United Kingdom · mobile · 07946 000958 → goes out as 447946000958", and what else
/// WhatsApp may know the number as; empty without digits.
[[nodiscard]] QString phoneLine(const PhoneExam &exam);

/// The ISO 3166 code of the country that this computer is set up for, or empty.
[[nodiscard]] QString homeRegion();

} // namespace icebreaker
