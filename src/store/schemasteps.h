#pragma once

namespace icebreaker {

// What turns an empty file into a journal, step by step: SQL statements, separated by
// semicolons. A released step is never edited, only followed by a new one.

extern const char16_t *const FirstStep;
extern const char16_t *const SecondStep;
/// The first half of the third; the events are read again between the two, see
/// readEventsAgain().
extern const char16_t *const ThirdStep;
extern const char16_t *const ThirdStepAfterReading;
extern const char16_t *const FourthStep;

} // namespace icebreaker
