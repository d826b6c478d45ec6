#pragma once

#include "core/apikey.h"
#include "core/json.h"
#include "core/outboundrequest.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace icebreaker {

/// What somebody else's request is written in.
enum class RequestFormat {
    Curl, ///< A command line: a POSIX shell's, cmd.exe's or PowerShell's.
    Postman, ///< A collection, v2.0 or v2.1.
    Har,
    Http, ///< As it goes over the wire, or as an editor's .http file.
    Json, ///< The body alone.
};

/// Why something was not taken.
enum class ImportRefusal {
    Empty,
    TooLarge, ///< More than ImportMaxBytes.
    TooMany, ///< The rest was not read: there are ImportMaxRequests already.
    NotUtf8,
    Unrecognised, ///< None of the formats.
    NotThisFormat, ///< It was said to be a format that it is not.
    BrokenJson, ///< See ImportProblemAt::json.
    NotAnObject, ///< JSON, but a request is one object.
    OpenQuote, ///< A quote or here-document that never ends.
    Substitution, ///< A command within the command: nothing is ever run.
    Expansion, ///< A form of variable that only the shell itself can work out.
    Operator, ///< A pipe or redirection, or what else only a shell can do.
    NotUnderstood, ///< A statement of PowerShell that is none of those known.
    OtherProgram, ///< Not curl.
    OptionRefused, ///< Changes what is sent, or where to, in a way that is not done here.
    OptionUnknown,
    OptionWithoutValue,
    FileWanted, ///< The body is in a file: its name is the subject.
    NoUrl,
    SeveralUrls,
    BadUrl,
    OpenUrl, ///< Only variables tell where it goes.
    NotHttps,
    UserInUrl,
    QueryInUrl,
    OtherMethod,
    OtherHost,
    OtherPath,
    OtherBody, ///< A form or another kind of body than text.
    EncodedBody, ///< Compressed, or in another encoding.
    OtherCredentials, ///< An Authorization header, or the like.
    NoBody,
    BrokenHttp, ///< The head or a length is not HTTP/1.1.
    BrokenKey, ///< The key cannot be a header's value.
};

/// What is good to know about something that was taken.
enum class ImportRemark {
    OptionIgnored, ///< Concerns the program, not the request.
    HeadersIgnored, ///< Icebreaker sends its own; their names are the subject.
    ContentTypeDiffers, ///< Icebreaker sends application/json in any case.
    RedirectsNotFollowed,
    CertificatesChecked, ///< In spite of an option not to.
    VariableKept, ///< As {{name}}.
    EndpointOpen, ///< Variables tell where it goes.
    KeyInVariable, ///< The key is in a variable, and was not taken.
    KeyWithheld, ///< Somebody took the key out.
    KeyTaken, ///< See ImportedRequest::key.
    ScriptNotRun,
};

struct ImportNote {
    ImportRemark remark = ImportRemark::OptionIgnored;
    QString subject; ///< Of an option, header or variable: its name. Never a value.
    friend bool operator==(const ImportNote &, const ImportNote &) = default;
};

struct ImportedRequest {
    QString name; ///< With its folders, separated by " / "; may be empty.
    OutboundRequest request; ///< Without a key, ever.
    QUrl base; ///< Where it went to; empty if nothing tells.
    qsizetype key = -1; ///< In RequestImport::keys.
    QList<ImportNote> notes;
};

struct RefusedRequest {
    QString name; ///< As ImportedRequest's.
    ImportRefusal why = ImportRefusal::Unrecognised;
    QString subject; ///< An option, host, path, file, …; never a secret.
    int line = 0; ///< From 1; 0 if that means nothing.
    int column = 0; ///< From 1, in bytes; 0 if unknown.
    std::optional<JsonError> json; ///< Within the body, or the file if that is JSON.
};

/// What was found, in the order in which it stood there.
struct RequestImport {
    std::optional<RequestFormat> format; ///< Nothing if it was not recognised.
    QList<ImportedRequest> requests;
    QList<RefusedRequest> refused; ///< At most ImportMaxRefused.
    int moreRefused = 0; ///< That are not in the list.
    /// Bound to where their requests went; without an origin if nothing tells that.
    QList<ApiKey> keys;
};

/// Larger than any collection or HAR that a person would want to look through.
inline constexpr qsizetype ImportMaxBytes = qsizetype(32) * 1024 * 1024;
inline constexpr qsizetype ImportMaxRequests = 5000;
inline constexpr qsizetype ImportMaxRefused = 1000;

} // namespace icebreaker
