#include "words/sheetwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SheetWords)
};

QString reasonText(const SheetError &error)
{
    switch (error.code) {
    case SheetError::Code::CannotRead:
        return Words::tr("The file cannot be read: %1.").arg(error.detail);
    case SheetError::Code::Empty: return Words::tr("There is no row in it.");
    case SheetError::Code::NotText:
        return error.detail.isEmpty()
            ? Words::tr("This is not a text file. Save the sheet as CSV first.")
            : Words::tr("This is a file of another kind (%1), not CSV. Save the sheet as CSV "
                        "(UTF-8) first.")
                  .arg(error.detail);
    case SheetError::Code::EncodingUnclear:
        return Words::tr("The text is not UTF-8. If it comes from an older spreadsheet program, it "
                         "is probably Windows-1252: look at the preview, and say so.");
    case SheetError::Code::BadEncoding:
        return Words::tr("There are bytes that the chosen encoding does not have.");
    case SheetError::Code::OpenQuote:
        return Words::tr("A quotation mark opens here and is never closed.");
    case SheetError::Code::StrayQuote:
        return Words::tr("There is text behind a closing quotation mark: where the cell ends is "
                         "unclear.");
    case SheetError::Code::TooManyColumns:
        return Words::tr("There is text beyond the last column, or too many columns.");
    case SheetError::Code::TooLongField: return Words::tr("A cell is too long.");
    case SheetError::Code::TooManyRows: return Words::tr("There are too many rows.");
    case SheetError::Code::Cancelled: return Words::tr("Reading was stopped.");
    }
    return {};
}

} // namespace

QString sheetErrorText(const SheetError &error)
{
    const QString reason = reasonText(error);
    return error.line > 0 ? Words::tr("Line %1: %2").arg(error.line).arg(reason) : reason;
}

QString encodingText(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8: return u"UTF-8"_s;
    case TextEncoding::Utf16Le: return u"UTF-16 LE"_s;
    case TextEncoding::Utf16Be: return u"UTF-16 BE"_s;
    case TextEncoding::Windows1252: return u"Windows-1252"_s;
    }
    return {};
}

QString delimiterText(char delimiter)
{
    switch (delimiter) {
    case ',': return Words::tr("comma");
    case ';': return Words::tr("semicolon");
    case '\t': return Words::tr("tab");
    case '|': return Words::tr("pipe");
    default: return QChar::fromLatin1(delimiter);
    }
}

} // namespace icebreaker
