#pragma once

namespace icebreaker::test {

/// A sanitizer keeps freed memory for a while and makes everything several times slower.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool IsSanitized = true;
#elif defined(__has_feature)
constexpr bool IsSanitized = __has_feature(address_sanitizer); // clang's way to say so
#else
constexpr bool IsSanitized = false;
#endif

} // namespace icebreaker::test
