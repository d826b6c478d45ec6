#include "words/importwords.h"

#include "words/checkwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct ImportTexts {
    Q_DECLARE_TR_FUNCTIONS(Import)
};

/// What is wrong with the text itself.
QString textProblem(const RefusedRequest &refused)
{
    switch (refused.why) {
    case ImportRefusal::Empty: return ImportTexts::tr("There is nothing in it.");
    case ImportRefusal::TooLarge: return ImportTexts::tr("This is too large to be read.");
    case ImportRefusal::TooMany:
        return ImportTexts::tr("There are too many; the rest was not read.");
    case ImportRefusal::NotUtf8: return ImportTexts::tr("This is not UTF-8 text.");
    case ImportRefusal::Unrecognised:
        return ImportTexts::tr("This is no request that is known here: no cURL command, Postman "
                               "collection, HAR, HTTP request or JSON with its fields.");
    case ImportRefusal::NotThisFormat:
        return ImportTexts::tr("This is not in the format that it was said to be.");
    case ImportRefusal::BrokenJson:
        return refused.json ? ImportTexts::tr("Not JSON. %1").arg(jsonErrorText(*refused.json))
                            : ImportTexts::tr("Not JSON.");
    case ImportRefusal::NotAnObject: return ImportTexts::tr("A request is one JSON object, {…}.");
    case ImportRefusal::BrokenHttp:
        return refused.subject.isEmpty()
            ? ImportTexts::tr("This is not HTTP/1.1.")
            : ImportTexts::tr("The HTTP request is cut off or damaged: see %1.")
                  .arg(refused.subject);
    default: return {};
    }
}

/// What only a shell, or another program, could do.
QString commandProblem(const RefusedRequest &refused)
{
    switch (refused.why) {
    case ImportRefusal::OpenQuote:
        return ImportTexts::tr("What begins with %1 does not end. Is the command complete?")
            .arg(refused.subject);
    case ImportRefusal::Substitution:
        return ImportTexts::tr("It contains a command to be run in its place, and nothing is run "
                               "here. Put its result there. Nothing behind it was read.");
    case ImportRefusal::Expansion:
        return ImportTexts::tr("It contains an expression that only a shell can work out. Put its "
                               "result there. Nothing behind it was read.");
    case ImportRefusal::Operator:
        return ImportTexts::tr("It redirects with %1, which only a shell can do. Nothing behind it "
                               "was read.")
            .arg(refused.subject);
    case ImportRefusal::NotUnderstood:
        return ImportTexts::tr("This PowerShell is not understood. Leave the request and what it "
                               "is made of. Nothing behind it was read.");
    case ImportRefusal::OtherProgram:
        return ImportTexts::tr("%1 is another program than curl.").arg(refused.subject);
    case ImportRefusal::OptionRefused:
        return ImportTexts::tr("%1 changes what is sent, where to or how often, or writes a file; "
                               "that is not done here.")
            .arg(refused.subject);
    case ImportRefusal::OptionUnknown:
        return ImportTexts::tr("%1 is not known here, and may change what is sent.")
            .arg(refused.subject);
    case ImportRefusal::OptionWithoutValue:
        return ImportTexts::tr("%1 has no value. Is the command complete?").arg(refused.subject);
    case ImportRefusal::FileWanted:
        return ImportTexts::tr("Its body is in the file %1.").arg(refused.subject);
    default: return {};
    }
}

/// Where it goes, and with what.
QString targetProblem(const RefusedRequest &refused)
{
    switch (refused.why) {
    case ImportRefusal::NoUrl: return ImportTexts::tr("It has no URL.");
    case ImportRefusal::SeveralUrls: return ImportTexts::tr("It has several URLs.");
    case ImportRefusal::BadUrl: return ImportTexts::tr("Its URL is not valid.");
    case ImportRefusal::OpenUrl:
        return ImportTexts::tr("Only variables tell where it goes. Give the environment, too.");
    case ImportRefusal::NotHttps:
        return ImportTexts::tr("It does not go over https, so the key would be readable.");
    case ImportRefusal::UserInUrl: return ImportTexts::tr("Its URL holds a user name.");
    case ImportRefusal::QueryInUrl:
        return ImportTexts::tr("Its URL has a query, and this API takes none.");
    case ImportRefusal::OtherMethod:
        return ImportTexts::tr("It is a %1; conversations are started with POST.")
            .arg(refused.subject);
    case ImportRefusal::OtherHost:
        return ImportTexts::tr("It goes to %1, which is neither AI Studio nor an endpoint of your "
                               "profiles.")
            .arg(refused.subject);
    case ImportRefusal::OtherPath:
        return ImportTexts::tr("It is for %1, not for /messaging/conversation.")
            .arg(refused.subject.isEmpty() ? u"/"_s : refused.subject);
    case ImportRefusal::OtherBody:
        return ImportTexts::tr("Its body is “%1”; this API takes JSON.").arg(refused.subject);
    case ImportRefusal::EncodedBody:
        return ImportTexts::tr("Its body is packed (%1).").arg(refused.subject);
    case ImportRefusal::OtherCredentials:
        return ImportTexts::tr("It signs in with “%1”; this API takes an X-Vgai-Key.")
            .arg(refused.subject);
    case ImportRefusal::NoBody: return ImportTexts::tr("It has no body.");
    case ImportRefusal::BrokenKey:
        return ImportTexts::tr("Its X-Vgai-Key cannot be a key: it has blanks or other characters "
                               "that a header cannot have, or is too long.");
    default: return {};
    }
}

} // namespace

QString requestFormatText(RequestFormat format)
{
    switch (format) {
    case RequestFormat::Curl: return ImportTexts::tr("Command line");
    case RequestFormat::Postman: return ImportTexts::tr("Postman collection");
    case RequestFormat::Har: return ImportTexts::tr("HAR");
    case RequestFormat::Http: return ImportTexts::tr("HTTP request");
    case RequestFormat::Json: break;
    }
    return ImportTexts::tr("JSON");
}

QString importRefusalText(const RefusedRequest &refused)
{
    QString text = textProblem(refused);
    if (text.isEmpty())
        text = commandProblem(refused);
    if (text.isEmpty())
        text = targetProblem(refused);
    if (refused.line == 0 || refused.json)
        return text;
    return refused.column == 0
        ? ImportTexts::tr("Line %1: %2").arg(QString::number(refused.line), text)
        : ImportTexts::tr("Line %1, column %2: %3")
              .arg(QString::number(refused.line), QString::number(refused.column), text);
}

QString importNoteText(const ImportNote &note)
{
    switch (note.remark) {
    case ImportRemark::OptionIgnored:
        return ImportTexts::tr("%1 concerns the program and is left out.").arg(note.subject);
    case ImportRemark::HeadersIgnored:
        return ImportTexts::tr("Icebreaker sends its own headers, without: %1.").arg(note.subject);
    case ImportRemark::ContentTypeDiffers:
        return ImportTexts::tr("It said %1; Icebreaker sends application/json.").arg(note.subject);
    case ImportRemark::RedirectsNotFollowed:
        return ImportTexts::tr("Icebreaker does not follow redirects.");
    case ImportRemark::CertificatesChecked:
        return ImportTexts::tr("Icebreaker checks certificates in any case.");
    case ImportRemark::VariableKept:
        return ImportTexts::tr("The variable {{%1}} has no value here.").arg(note.subject);
    case ImportRemark::EndpointOpen:
        return ImportTexts::tr("Only the variable {{%1}} tells where it went.").arg(note.subject);
    case ImportRemark::KeyInVariable:
        return ImportTexts::tr("Its key is in %1, and was not taken.").arg(note.subject);
    case ImportRemark::KeyWithheld: return ImportTexts::tr("Its key was taken out before.");
    case ImportRemark::KeyTaken:
        return ImportTexts::tr("It came with a key, which is kept apart from it.");
    case ImportRemark::ScriptNotRun: break;
    }
    return ImportTexts::tr("It has a script that Postman runs before; that was not run.");
}

QString codeFormatText(CodeFormat format)
{
    switch (format) {
    case CodeFormat::Curl: return ImportTexts::tr("cURL (sh: Linux, macOS)");
    case CodeFormat::Cmd: return ImportTexts::tr("cURL (cmd.exe)");
    case CodeFormat::PowerShell: return ImportTexts::tr("PowerShell");
    case CodeFormat::Http: return ImportTexts::tr("HTTP");
    case CodeFormat::Postman: return ImportTexts::tr("Postman collection");
    case CodeFormat::Har: return ImportTexts::tr("HAR");
    case CodeFormat::Python: return ImportTexts::tr("Python (requests)");
    case CodeFormat::JavaScript: break;
    }
    return ImportTexts::tr("JavaScript (fetch)");
}

QString codeCaveatText(CodeCaveat caveat)
{
    switch (caveat) {
    case CodeCaveat::TooLongForCmd:
        return ImportTexts::tr("This is longer than the 8191 characters that cmd.exe takes. Use "
                               "PowerShell.");
    case CodeCaveat::UnicodeInCmd:
        return ImportTexts::tr("Characters beyond ASCII arrive only if your curl.exe was built for "
                               "Unicode. PowerShell sends them in any case.");
    case CodeCaveat::VariablesInPostman: break;
    }
    return ImportTexts::tr("Postman puts values in the place of {{names}} if it knows them.");
}

} // namespace icebreaker
