#pragma once

#include "core/numbertags.h"

#include <QByteArray>
#include <QByteArrayList>

namespace icebreaker {

/// Looks once more at what is about to leave, as its bytes are: it knows nothing of how they
/// were redacted, and shares no code with that.
///
/// Looks for secrets as they are, with everything but letters and digits taken out, as hex and
/// in base64 at each alignment, in the bytes and with percent, backslash and HTML escapes
/// undone up to four times; and for whole phone numbers. Secrets with fewer than eight letters
/// and digits cannot be told from other words here.
class LeakCheck
{
public:
    enum class Found {
        Nothing,
        Secret,
        Number,
    };

    /// @param numbers  those that must not be found whole; nullptr if they may. Outlives it
    LeakCheck(const QByteArrayList &secrets, const NumberTags *numbers);

    /// Further bytes of one file.
    void look(QByteArrayView bytes);
    /// The file is complete, and the next bytes are another's. @return of this and earlier ones
    Found finish();

private:
    void lookAtBuffer();
    void lookAtForm(const QByteArray &form);
    [[nodiscard]] bool hasNumber(const QByteArray &form) const;

    QByteArrayList m_patterns; ///< Lower case letters and digits.
    const NumberTags *m_numbers;
    QByteArray m_buffer;
    qsizetype m_overlap = 0; ///< What of a buffer is looked at again with the next one.
    Found m_found = Found::Nothing;
};

} // namespace icebreaker
