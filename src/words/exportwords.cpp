#include "words/exportwords.h"

#include "words/errorwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct ExportTexts {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

} // namespace

QString exportReportText(const ExportReport &report, const QString &path)
{
    switch (report.end) {
    case ExportEnd::Written:
        return ExportTexts::tr("%n send(s) written to %1.", nullptr, static_cast<int>(report.sends))
            .arg(path);
    case ExportEnd::Stopped: return ExportTexts::tr("Stopped. Nothing was saved.");
    case ExportEnd::SecretFound:
        return ExportTexts::tr("Not saved: the check of the finished file found an API key or "
                               "another secret in it, in a form that was not hidden. Nothing was "
                               "written. Leave out the sends that hold it, and please report "
                               "this.");
    case ExportEnd::NumberFound:
        return ExportTexts::tr("Not saved: the check of the finished file found a whole phone "
                               "number in it, in a form that was not hidden. Nothing was written. "
                               "Leave out the sends that hold it, and please report this.");
    case ExportEnd::TooMuch:
        return ExportTexts::tr("Not saved: this is more than a bundle holds. Choose fewer sends "
                               "with the log's filter, or use Export.");
    case ExportEnd::FileFailed:
        return ExportTexts::tr("%1 could not be written: %2.").arg(path, report.error.detail);
    case ExportEnd::JournalFailed:
        return ExportTexts::tr("Not saved. %1").arg(errorText(report.error));
    }
    return {};
}

QString bundleProblemText(BundleProblem problem)
{
    switch (problem) {
    case BundleProblem::Unreadable: return ExportTexts::tr("The file could not be read.");
    case BundleProblem::NotABundle:
        return ExportTexts::tr("This is neither a support bundle of Icebreaker nor a HAR.");
    case BundleProblem::Damaged:
        return ExportTexts::tr("The bundle is damaged or cut off. Ask for it once more.");
    case BundleProblem::Encrypted:
        return ExportTexts::tr("The bundle is protected with a password. Unpack it with another "
                               "program and pack it without one.");
    case BundleProblem::TooBig:
        return ExportTexts::tr("This is larger than a support bundle can be, or unpacks to far "
                               "more than one. It was not opened.");
    case BundleProblem::TooManyFiles:
        return ExportTexts::tr("There are more files in it than in a support bundle. It was not "
                               "opened.");
    case BundleProblem::SuspiciousName:
        return ExportTexts::tr("A file in it has a name that no support bundle has, such as one "
                               "that leads to another folder. It was not opened.");
    case BundleProblem::DuplicateName:
        return ExportTexts::tr("Two files in it have the same name, so programs may disagree on "
                               "what it says. It was not opened.");
    case BundleProblem::TooNew:
        return ExportTexts::tr("The bundle was made by a newer Icebreaker. Install that version "
                               "to open it, or look at its summary.html in a browser.");
    case BundleProblem::Empty: return ExportTexts::tr("There is no send in it.");
    }
    return {};
}

QString openedBundleText(const QDateTime &madeAt, const QString &madeBy)
{
    const QString when = madeAt.isValid() ? madeAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s)
                                          : ExportTexts::tr("an unknown time");
    return madeBy.trimmed().isEmpty()
        ? ExportTexts::tr("Bundle from %1: nothing here can be sent, and nothing of it is in your "
                          "log.")
              .arg(when)
        : ExportTexts::tr("Bundle from %1, made by %2: nothing here can be sent, and nothing of "
                          "it is in your log.")
              .arg(when, madeBy);
}

QStringList redactionTexts(const RedactionChoices &choices)
{
    QStringList lines{ExportTexts::tr("API keys, tokens and the secret parts of Status URLs are "
                                      "hidden, however they are written.")};
    lines.append(choices.tagNumbers
                     ? ExportTexts::tr("Phone numbers are shortened; the same number has the same "
                                       "tag, as in +44…0958#3.")
                     : ExportTexts::tr("Phone numbers are written in full."));
    lines.append(choices.hideValues
                     ? ExportTexts::tr("Values of template and session parameters are hidden; "
                                       "their length is told.")
                     : ExportTexts::tr("Values of template and session parameters are shown."));
    if (choices.hideNames)
        lines.append(ExportTexts::tr("Names of session parameters are hidden."));
    return lines;
}

QString unreadKeysText(const QStringList &profiles)
{
    return profiles.isEmpty()
        ? QString()
        : ExportTexts::tr("The key of %1 could not be read from the keychain, so it can only be "
                          "hidden where it stands behind its header's name. Unlock the keychain "
                          "and try again to be sure.")
              .arg(profiles.join(u", "_s));
}

} // namespace icebreaker
