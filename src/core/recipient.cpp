#include "core/recipient.h"

#include <QSet>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

bool isSeparator(QChar c)
{
    switch (c.category()) {
    case QChar::Separator_Space: // also the no-break and thin spaces of web pages
    case QChar::Punctuation_Dash:
    case QChar::Other_Format: // direction marks come along when a contact is copied
        return true;
    default: break;
    }
    return u"()[]./\t\u2212"_s.contains(c); // U+2212: minus sign
}

} // namespace

Recipient readRecipient(const QString &typed)
{
    Recipient recipient;
    bool plus = false;
    for (const QChar c : typed.trimmed()) {
        if (c.digitValue() >= 0)
            recipient.digits += QChar(u'0' + c.digitValue());
        else if (c == u'+' && recipient.digits.isEmpty() && !plus)
            plus = true;
        else if (!isSeparator(c))
            recipient.strangeCharacter = true;
    }
    if (!plus && recipient.digits.startsWith("00"_L1))
        recipient.digits.remove(0, 2);
    recipient.trunkZero = typed.contains("(0)"_L1);
    recipient.nationalForm = recipient.digits.startsWith(u'0');
    return recipient;
}

} // namespace icebreaker
