#include "words/explainwords.h"

#include "words/sendwords.h"

#include <QCoreApplication>
#include <QSet>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct ExplainTr {
    Q_DECLARE_TR_FUNCTIONS(Explain)
};

QString reachedSymbol(Reached reached)
{
    switch (reached) {
    case Reached::No: return u"✘"_s;
    case Reached::Yes: return u"✔"_s;
    case Reached::NotShown: return u"◐"_s;
    case Reached::Unknown: return u"?"_s;
    }
    return {};
}

QString againSymbol(Again again)
{
    switch (again) {
    case Again::Safe: return u"✔"_s;
    case Again::AfterWait: return u"◔"_s;
    case Again::AfterMending: return u"✎"_s;
    case Again::FindOutFirst: return u"?"_s;
    case Again::Never: return u"✘"_s;
    }
    return {};
}

/// An entry's note speaks of its own value; it says nothing where another one counts.
QString withNote(const QString &text, const QString &note, bool counts)
{
    if (note.isEmpty() || !counts)
        return text;
    return text + u' ' + catalogueText(note);
}

QString moversText(const QList<Mover> &movers)
{
    QStringList names;
    for (const Mover mover : movers)
        names.append(moverText(mover));
    return names.join(ExplainTr::tr(", then "));
}

/// Only what the server asked for is waited for exactly.
QString nextText(const Explanation &explanation)
{
    const CatalogueEntry *lead = explanation.lead();
    QString text = lead != nullptr
        ? catalogueText(lead->next)
        : ExplainTr::tr("Read the answer as it came, and ask AI Studio support.");
    if (explanation.wait)
        text += u' '
            + ExplainTr::tr("The server asks to wait %1.").arg(durationText(*explanation.wait));
    return text;
}

QString escapedForMarkdown(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == u'<')
            escaped += "&lt;"_L1;
        else if (c == u'&')
            escaped += "&amp;"_L1;
        else if (c == u'\r' || c == u'\n')
            escaped += u' ';
        else {
            if (u"\\`*_{}[]()#+-!|>~"_s.contains(c))
                escaped += u'\\';
            escaped += c;
        }
    }
    return escaped;
}

/// Also those that say less: they are true as well.
QStringList furtherLines(const Explanation &explanation)
{
    QStringList lines;
    for (qsizetype i = 1; i < explanation.applied.size(); ++i) {
        const AppliedEntry &each = explanation.applied.at(i);
        lines.append(entryTitle(each) + ". "_L1 + catalogueText(each.entry.means));
    }
    return lines;
}

QString sourceWithUrl(const CatalogueEntry &entry)
{
    return entry.url.isEmpty() ? sourceText(entry) : sourceText(entry) + ", "_L1 + entry.url;
}

} // namespace

QString catalogueText(const QString &english)
{
    return QCoreApplication::translate("Catalogue", english.toUtf8().constData());
}

QStringList textsOf(const Catalogue &catalogue)
{
    QStringList texts;
    QSet<QString> seen;
    for (const CatalogueEntry &entry : catalogue.entries()) {
        for (const QString &text : {entry.title, entry.means, entry.reachedNote, entry.againNote,
                                    entry.next, entry.source}) {
            if (!text.isEmpty() && !seen.contains(text)) {
                seen.insert(text);
                texts.append(text);
            }
        }
    }
    return texts;
}

QString entryTitle(const AppliedEntry &applied)
{
    QString title = catalogueText(applied.entry.title);
    if (applied.code.isEmpty())
        return title;
    return applied.entry.when.metaCodes.isEmpty()
        ? ExplainTr::tr("Vonage %1: %2").arg(applied.code, title)
        : ExplainTr::tr("Meta %1: %2").arg(applied.code, title);
}

QList<LabelledAnswer> fiveAnswers(const Explanation &explanation)
{
    const CatalogueEntry *found = explanation.lead();
    const CatalogueEntry lead = found != nullptr ? *found : CatalogueEntry();
    const QString means = lead.means.isEmpty()
        ? ExplainTr::tr("The catalogue has nothing to say about this.")
        : catalogueText(lead.means);
    return {
        {ExplainTr::tr("What it means"), u"•"_s, means},
        {ExplainTr::tr("Did it reach the recipient?"), reachedSymbol(explanation.reached),
         withNote(reachedText(explanation.reached), lead.reachedNote,
                  lead.reached == explanation.reached)},
        {ExplainTr::tr("Is it safe to send again?"), againSymbol(explanation.again),
         withNote(againText(explanation.again), lead.againNote, lead.again == explanation.again)},
        {ExplainTr::tr("Whose move is it?"), u"➤"_s, moversText(explanation.movers)},
        {ExplainTr::tr("Next step"), u"→"_s, nextText(explanation)}};
}

QString unknownCodesText(const Explanation &explanation)
{
    QStringList lines;
    for (const UnknownCode &each : explanation.unknownCodes) {
        lines.append(
            each.isMeta
                ? ExplainTr::tr("Meta’s code %1 is not in the catalogue.").arg(each.code)
                : ExplainTr::tr("Vonage’s code %1 is not in the catalogue.").arg(each.code));
    }
    return lines.join(u' ');
}

QString reachedText(Reached reached)
{
    switch (reached) {
    case Reached::No: return ExplainTr::tr("No. Nothing reached the recipient.");
    case Reached::Yes: return ExplainTr::tr("Yes.");
    case Reached::NotShown:
        return ExplainTr::tr("It reached WhatsApp, but was not shown to the recipient.");
    case Reached::Unknown: return ExplainTr::tr("Cannot be known from this.");
    }
    return {};
}

QString againText(Again again)
{
    switch (again) {
    case Again::Safe: return ExplainTr::tr("Yes: that cannot start a second conversation.");
    case Again::AfterWait: return ExplainTr::tr("Yes, but not at once.");
    case Again::AfterMending:
        return ExplainTr::tr("Not as it is: the same would come to the same. First mend it.");
    case Again::FindOutFirst:
        return ExplainTr::tr("Not before you know what became of it: it could start a second "
                             "conversation.");
    case Again::Never: return ExplainTr::tr("No. Do not send it again.");
    }
    return {};
}

QString moverText(Mover mover)
{
    switch (mover) {
    case Mover::You: return ExplainTr::tr("Yours");
    case Mover::Admin: return ExplainTr::tr("Your Vonage administrator’s");
    case Mover::Network: return ExplainTr::tr("Your network administrator’s");
    case Mover::StudioSupport: return ExplainTr::tr("AI Studio support’s");
    case Mover::Recipient: return ExplainTr::tr("The recipient’s");
    case Mover::Meta: return ExplainTr::tr("Meta’s");
    case Mover::Nobody: return ExplainTr::tr("Nobody’s: there is nothing to do but wait");
    }
    return {};
}

QString certaintyText(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Documented: return ExplainTr::tr("Documented");
    case Certainty::SeenInCode: return ExplainTr::tr("Seen in public code");
    case Certainty::Inferred: return ExplainTr::tr("Inferred, not stated anywhere");
    case Certainty::SecondHand: return ExplainTr::tr("Second-hand");
    case Certainty::NotKnown: return ExplainTr::tr("The meaning is not known");
    }
    return {};
}

QString sourceText(const CatalogueEntry &entry)
{
    return ExplainTr::tr("%1: %2").arg(certaintyText(entry.certainty), catalogueText(entry.source));
}

QString actionText(NextAction action)
{
    switch (action) {
    case NextAction::SendAgain: return ExplainTr::tr("Send again");
    case NextAction::EnterKey: return ExplainTr::tr("Enter the &key…");
    case NextAction::OpenInbox: return ExplainTr::tr("Status &inbox…");
    case NextAction::AskHigherLimit: return ExplainTr::tr("Ask Vonage for a higher &limit…");
    case NextAction::FetchConversation: return ExplainTr::tr("Con&versation");
    case NextAction::EditProfile: return ExplainTr::tr("Pro&file…");
    case NextAction::OpenForm: return ExplainTr::tr("&Message page");
    case NextAction::ShowAlike: return ExplainTr::tr("All like &this");
    case NextAction::CompareLastGood: return ExplainTr::tr("Compare with the last &good one");
    case NextAction::CopyForSupport: return ExplainTr::tr("Cop&y for support");
    case NextAction::Diagnose: return ExplainTr::tr("Is it me or th&em?");
    }
    return {};
}

QString shortActionText(NextAction action)
{
    switch (action) {
    case NextAction::AskHigherLimit: return ExplainTr::tr("Higher &limit…");
    case NextAction::CompareLastGood: return ExplainTr::tr("Compare with last &good");
    default: return actionText(action);
    }
}

QString explanationMarkdown(const Explanation &explanation, const QString &note)
{
    QStringList lines;
    if (!explanation.applied.isEmpty())
        lines.append("**%1**"_L1.arg(escapedForMarkdown(entryTitle(explanation.applied.first()))));
    if (const QString unknown = unknownCodesText(explanation); !unknown.isEmpty())
        lines.append(escapedForMarkdown(unknown));
    QStringList answers;
    for (const LabelledAnswer &answer : fiveAnswers(explanation))
        answers.append("- **%1** %2"_L1.arg(answer.label, escapedForMarkdown(answer.text)));
    lines.append(answers.join(u'\n'));
    if (!explanation.senderWords.isEmpty())
        lines.append(ExplainTr::tr("What the sender said:") + "\n\n> "_L1
                     + escapedForMarkdown(explanation.senderWords));
    if (!note.isEmpty())
        lines.append(ExplainTr::tr("Your note:") + "\n\n> "_L1 + escapedForMarkdown(note));
    QStringList further;
    for (const QString &line : furtherLines(explanation))
        further.append("- "_L1 + escapedForMarkdown(line));
    if (!further.isEmpty())
        lines.append(ExplainTr::tr("What else is known:") + "\n\n"_L1 + further.join(u'\n'));
    if (const CatalogueEntry *lead = explanation.lead())
        lines.append(escapedForMarkdown(sourceText(*lead))
                     + (lead->url.isEmpty() ? QString() : ", <%1>"_L1.arg(lead->url)));
    return lines.join("\n\n"_L1) + u'\n';
}

QString explanationText(const Explanation &explanation, const QString &note)
{
    QStringList lines;
    if (!explanation.applied.isEmpty())
        lines.append(entryTitle(explanation.applied.first()));
    if (const QString unknown = unknownCodesText(explanation); !unknown.isEmpty())
        lines.append(unknown);
    for (const LabelledAnswer &answer : fiveAnswers(explanation))
        lines.append(answer.label + u' ' + answer.text);
    if (!explanation.senderWords.isEmpty())
        lines.append(ExplainTr::tr("What the sender said:") + u' ' + explanation.senderWords);
    if (!note.isEmpty())
        lines.append(ExplainTr::tr("Your note:") + u' ' + note);
    for (const QString &line : furtherLines(explanation))
        lines.append("- "_L1 + line);
    if (const CatalogueEntry *lead = explanation.lead())
        lines.append(sourceWithUrl(*lead));
    return lines.join(u'\n') + u'\n';
}

} // namespace icebreaker
