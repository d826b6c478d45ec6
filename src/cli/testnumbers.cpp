#include "cli/testnumbers.h"

#include "core/sendguard.h"
#include "store/addressbook.h"
#include "words/errorwords.h"

#include <QCoreApplication>

namespace icebreaker {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SendInput)
};

} // namespace

tl::expected<void, QString> checkTestNumbers(const SendTarget &target,
                                             const QStringList &recipients, const QString &folder)
{
    const auto &profile = target.profile;
    if (!profile || !profile->live || !profile->onlyTestNumbers
        || !reachesPhones(*profile, target.region, target.base))
        return {};
    const auto book = loadAddressBook(folder, profile->id);
    if (!book)
        return tl::unexpected(errorText(book.error()));
    GuardFacts facts;
    facts.recipients = recipients;
    facts.testNumbers = book->testNumbers();
    const QStringList others = otherNumbers(facts);
    if (others.isEmpty())
        return {};
    return tl::unexpected(
        Words::tr("“%1” is limited to its test numbers, and %n recipient(s) are none of them, the "
                  "first one %2. If they are meant: --any-number.",
                  nullptr, static_cast<int>(others.size()))
            .arg(profile->name, others.first()));
}

} // namespace icebreaker
