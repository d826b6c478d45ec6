#pragma once

namespace icebreaker {

/// What a request can be written as for other programs.
enum class CodeFormat {
    Curl, ///< For a POSIX shell.
    Cmd, ///< cURL for cmd.exe.
    PowerShell, ///< Invoke-RestMethod; Windows PowerShell 5.1 and PowerShell 7.
    Http, ///< As it goes over the wire.
    Postman, ///< A collection, v2.1.
    Har, ///< HAR 1.2, with a request that has no answer.
    Python, ///< With the package requests.
    JavaScript, ///< A module that uses fetch(): Node.js 18 and browsers.
};

/// What a person must know before they use what was written.
enum class CodeCaveat {
    TooLongForCmd, ///< A command line of cmd.exe ends at 8191 characters.
    UnicodeInCmd, ///< Which characters arrive depends on how that curl was built.
    VariablesInPostman, ///< Postman puts values in the place of {{names}}.
};

} // namespace icebreaker
