#pragma once

#include "interop/importjudge.h"

namespace icebreaker {

class ImportJudge;

/// Takes the requests of a text of PowerShell: Invoke-RestMethod and Invoke-WebRequest
/// (learn.microsoft.com, Microsoft.PowerShell.Utility), as people, browsers and Postman
/// write them with variables and tables around, and curl.exe. Nothing is run; from the first
/// statement on that is none of these nothing more is read.
void takePowerShell(const QByteArray &text, const ImportHint &hint, ImportJudge &judge);

} // namespace icebreaker
