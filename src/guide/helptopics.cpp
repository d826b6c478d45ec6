#include "guide/helptopics.h"

#include <QCoreApplication>
#include <QHash>
#include <QWidget>

#include <algorithm>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

struct HelpWords {
    Q_DECLARE_TR_FUNCTIONS(HelpTopics)
};

// The provider's pages, as of 2026-11.
const QString &whatsAppPage()
{
    static const QString url = u"https://studio.docs.ai.vonage.com/whatsapp/get-started/"
                               "triggering-an-outbound-whatsapp-virtual-agent"_s;
    return url;
}

QList<FieldHelp> composerHelps()
{
    return {
        {u"ComposerPage.agentEdit"_s, u"agent_id"_s, HelpWords::tr("Agent ID"),
         HelpWords::tr("Names the virtual agent that talks with the customer. In AI Studio, on "
                       "the agent's card or in its settings. The agent has to be published."),
         u"glossary#agent-id"_s, whatsAppPage()},
        {u"ComposerPage.channelCombo"_s, u"channel"_s, HelpWords::tr("Channel"),
         HelpWords::tr("The agent's channel. An SMS agent takes no template."),
         u"glossary#channel"_s,
         u"https://studio.docs.ai.vonage.com/sms/get-started/"
         "triggering-an-outbound-sms-virtual-agent"_s},
        {u"ComposerPage.toEdit"_s, u"to"_s, HelpWords::tr("To"),
         HelpWords::tr("The recipient's number with its country code, as people write it. Only "
                       "its digits are sent."),
         u"numbers"_s, whatsAppPage()},
        {u"ComposerPage.localeCombo"_s, u"locale"_s, HelpWords::tr("Locale"),
         HelpWords::tr("The language code of the approved template, spelled exactly so: en and "
                       "en_GB are different."),
         u"glossary#locale"_s, whatsAppPage()},
        {u"ComposerPage.namespaceEdit"_s, u"namespace"_s, HelpWords::tr("Namespace"),
         HelpWords::tr("Belongs to the WhatsApp Business Account that owns the template. In "
                       "WhatsApp Manager, at the template."),
         u"glossary#namespace"_s, whatsAppPage()},
        {u"ComposerPage.templateEdit"_s, u"template"_s, HelpWords::tr("Template"),
         HelpWords::tr("The name of a message template that WhatsApp approved: small letters, "
                       "digits and underscores."),
         u"templates"_s, whatsAppPage()},
        {u"ComposerPage.statusUrlEdit"_s, u"status_url"_s, HelpWords::tr("Status URL"),
         HelpWords::tr("Where AI Studio reports what became of the message: submitted, delivered, "
                       "read. Never the Status URL of the Vonage Application itself, which would "
                       "loop endlessly."),
         u"status"_s, whatsAppPage()},
        {u"ComposerPage.parameterTable"_s, u"components"_s, HelpWords::tr("Parameters"),
         HelpWords::tr("What fills the template's placeholders, in its order: header, body, "
                       "buttons from 0. As many as the template has."),
         u"templates#parameters"_s, whatsAppPage()},
        {u"ComposerPage.sessionTable"_s, u"session_parameters"_s,
         HelpWords::tr("Session parameters"),
         HelpWords::tr("Presets of the agent's own parameters. In its texts they are $NAME."),
         u"glossary#session-parameters"_s,
         u"https://studio.docs.ai.vonage.com/properties-1/parameters"_s},
        {u"ComposerPage.cardCombo"_s,
         {},
         HelpWords::tr("Template card"),
         HelpWords::tr("What Icebreaker knows of a template: its words in every language, and "
                       "its placeholders. With one chosen the form has exactly its fields."),
         u"templates#template-cards"_s,
         {}},
    };
}

QList<FieldHelp> profileHelps()
{
    return {
        {u"ProfileDialog.regionCombo"_s,
         {},
         HelpWords::tr("Region"),
         HelpWords::tr("The data centre that was chosen for the agent in AI Studio. Key and agent "
                       "are only known there."),
         u"glossary#region"_s,
         whatsAppPage()},
        {u"ProfileDialog.urlEdit"_s,
         {},
         HelpWords::tr("Address"),
         HelpWords::tr("A host of your own in place of AI Studio's. It gets the API key, so it "
                       "has to be https and agreed to once."),
         u"keys#other-hosts"_s,
         {}},
        {u"ProfileDialog.agentEdit"_s, u"agent_id"_s, HelpWords::tr("Agent ID"),
         HelpWords::tr("Fills in the field of new requests."), u"glossary#agent-id"_s,
         whatsAppPage()},
        {u"ProfileDialog.namespaceEdit"_s, u"namespace"_s, HelpWords::tr("Namespace"),
         HelpWords::tr("Fills in the field of new requests."), u"glossary#namespace"_s,
         whatsAppPage()},
        {u"ProfileDialog.statusUrlEdit"_s, u"status_url"_s, HelpWords::tr("Status URL"),
         HelpWords::tr("An address of your own for statuses. Empty: that of the profile's inbox."),
         u"status"_s, whatsAppPage()},
        {u"ProfileDialog.limitCombo"_s,
         {},
         HelpWords::tr("Limit"),
         HelpWords::tr("Sessions that AI Studio starts per second: 1, or 3 or 5 where Vonage "
                       "agreed. Icebreaker never starts more."),
         u"limits"_s,
         whatsAppPage()},
        {u"ProfileDialog.sharedCheck"_s,
         {},
         HelpWords::tr("One limit for the key"),
         HelpWords::tr("Whether Vonage counts all agents of this key together."),
         u"limits"_s,
         {}},
        {u"ProfileDialog.liveCheck"_s,
         {},
         HelpWords::tr("Live"),
         HelpWords::tr("Messages reach customers: the window says so everywhere, and asks more."),
         u"window#sandbox-test-or-live"_s,
         {}},
        {u"ProfileDialog.onlyTestCheck"_s,
         {},
         HelpWords::tr("Only test numbers"),
         HelpWords::tr("Any other number takes typing its last four digits, always."),
         u"numbers#numbers-of-a-profile"_s,
         {}},
    };
}

QList<FieldHelp> barHelps()
{
    return {
        {u"KeyDialog.keyEdit"_s, u"X-Vgai-Key"_s, HelpWords::tr("API key"),
         HelpWords::tr("Says who asks. In AI Studio: user icon at the top right, Generate API Key. "
                       "It is kept in the system's keychain."),
         u"keys"_s, whatsAppPage()},
        {u"MainWindow.keyButton"_s, u"X-Vgai-Key"_s, HelpWords::tr("API key"),
         HelpWords::tr("Enter, replace or forget the key of this profile. It is kept in the "
                       "system's keychain."),
         u"keys"_s, whatsAppPage()},
        {u"MainWindow.profileCombo"_s,
         {},
         HelpWords::tr("Profile"),
         HelpWords::tr("Settings that belong together: one agent at one endpoint with one key."),
         u"glossary#profile"_s,
         {}},
        {u"MainWindow.regionCombo"_s,
         {},
         HelpWords::tr("Region"),
         HelpWords::tr("The data centre that was chosen for the agent in AI Studio, or a look "
                       "into the sandbox."),
         u"glossary#region"_s,
         whatsAppPage()},
    };
}

QList<FieldHelp> otherHelps()
{
    return {
        {u"CardDialog.namespaceEdit"_s, u"namespace"_s, HelpWords::tr("Namespace"),
         HelpWords::tr("Of the WhatsApp Business Account that owns the template."),
         u"glossary#namespace"_s, whatsAppPage()},
        {u"CardDialog.nameEdit"_s, u"template"_s, HelpWords::tr("Template"),
         HelpWords::tr("The template's name, as it was approved."), u"templates"_s, whatsAppPage()},
        {u"CardDialog.localeEdit"_s, u"locale"_s, HelpWords::tr("Locale"),
         HelpWords::tr("The language code of this version, as it was approved."),
         u"glossary#locale"_s, whatsAppPage()},
        {u"FetchDialog.wabaEdit"_s, u"waba_id"_s, HelpWords::tr("Account"),
         HelpWords::tr("The ID of the WhatsApp Business Account that has the templates."),
         u"templates#template-cards"_s,
         u"https://developer.vonage.com/en/api/whatsapp-template-management"_s},
        {u"FetchDialog.applicationEdit"_s,
         {},
         HelpWords::tr("Application"),
         HelpWords::tr("The Vonage application whose private key signs for the request."),
         u"templates#template-cards"_s,
         u"https://developer.vonage.com/en/api/whatsapp-template-management"_s},
        {u"LimitDialog.agentsEdit"_s, u"agent_id"_s, HelpWords::tr("Agents"),
         HelpWords::tr("The IDs of the agents that the higher limit is for."),
         u"limits#ask-for-a-higher-limit"_s, whatsAppPage()},
        {u"LimitDialog.accountEdit"_s,
         {},
         HelpWords::tr("Account API key"),
         HelpWords::tr("The key that names your Vonage account. It is no secret, unlike the "
                       "X-Vgai-Key."),
         u"limits#ask-for-a-higher-limit"_s,
         {}},
        {u"InboxDialog.elsewhereEdit"_s, u"status_url"_s, HelpWords::tr("URL for statuses"),
         HelpWords::tr("Your own server gets the statuses; Icebreaker sees nothing of them."),
         u"status"_s, whatsAppPage()},
        {u"LogPanel.filterEdit"_s,
         {},
         HelpWords::tr("Filter"),
         HelpWords::tr("Finds sends: to:4479, status:429, since:today, or any words. All of it "
                       "must hold."),
         u"log"_s,
         {}},
    };
}

/// By object name or class.
const QHash<QString, QString> &placesByName()
{
    static const QHash<QString, QString> places{
        {u"ComposerPage"_s, u"sending"_s},
        {u"slotForm"_s, u"templates#template-cards"_s},
        {u"jsonPage"_s, u"json"_s},
        {u"curlPage"_s, u"import-export"_s},
        {u"BatchPage"_s, u"batches"_s},
        {u"BatchSide"_s, u"batches"_s},
        {u"ReadingDialog"_s, u"batches"_s},
        {u"LogPanel"_s, u"log"_s},
        {u"DetailPane"_s, u"json#answers"_s},
        {u"ExplainPane"_s, u"explain"_s},
        {u"TimingPane"_s, u"explain#timing"_s},
        {u"ConversationPane"_s, u"conversations"_s},
        {u"SavedPanel"_s, u"requests"_s},
        {u"RequestBar"_s, u"requests#tabs"_s},
        {u"requestTabs"_s, u"requests#tabs"_s},
        {u"SaveDialog"_s, u"requests#collections"_s},
        {u"SidePanel"_s, u"status#read-what-came"_s},
        {u"previewView"_s, u"templates#on-the-phone"_s},
        {u"toolBar"_s, u"window"_s},
        {u"toolBarChart"_s, u"limits"_s},
        {u"sendButton"_s, u"sending"_s},
        {u"inboxButton"_s, u"status"_s},
        {u"commandPalette"_s, u"window#commands-by-name"_s},
        {u"ProfileDialog"_s, u"window#sandbox-test-or-live"_s},
        {u"KeyDialog"_s, u"keys"_s},
        {u"SettingsDialog"_s, u"window#light-and-dark"_s},
        {u"NumbersDialog"_s, u"numbers#numbers-of-a-profile"_s},
        {u"DoNotMessageDialog"_s, u"numbers#numbers-that-get-nothing"_s},
        {u"InboxDialog"_s, u"status"_s},
        {u"ImportDialog"_s, u"status#read-what-came"_s},
        {u"UnmatchedDialog"_s, u"status#read-what-came"_s},
        {u"HandOnDialog"_s, u"import-export#give-out-sends"_s},
        {u"BundleWindow"_s, u"import-export#give-out-sends"_s},
        {u"LimitDialog"_s, u"limits#ask-for-a-higher-limit"_s},
        {u"DiagnosisDialog"_s, u"explain#diagnosis"_s},
        {u"CompareDialog"_s, u"explain#compare"_s},
        {u"GuardDialog"_s, u"sending#questions-before-a-send"_s},
        {u"CardDialog"_s, u"templates#template-cards"_s},
        {u"FetchDialog"_s, u"templates#template-cards"_s},
        {u"DeleteDialog"_s, u"log#deleting"_s},
        {u"GroupsDialog"_s, u"log#from-one-send-to-its-likes"_s},
        {u"OverviewDialog"_s, u"log#from-one-send-to-its-likes"_s},
        {u"SavedFiltersDialog"_s, u"log"_s},
        {u"ShortcutDialog"_s, u"shortcuts#choose-your-own"_s},
        {u"sandboxTable"_s, u"sandbox#special-recipients"_s},
    };
    return places;
}

QString ownPlace(const QWidget &widget)
{
    if (const QString page = widget.property("manualPage").toString(); !page.isEmpty())
        return page;
    if (const FieldHelp *help = fieldHelp(widget))
        return help->place;
    const auto &places = placesByName();
    if (const QString place = places.value(widget.objectName()); !place.isEmpty())
        return place;
    const QString type = QString::fromLatin1(widget.metaObject()->className());
    return places.value(type.sliced(type.lastIndexOf(u':') + 1));
}

} // namespace

const QList<FieldHelp> &fieldHelps()
{
    static const QList<FieldHelp> helps =
        composerHelps() + profileHelps() + barHelps() + otherHelps();
    return helps;
}

const FieldHelp *fieldHelp(const QWidget &widget)
{
    const QString name = u'.' + widget.objectName();
    if (name.size() == 1)
        return nullptr;
    static const QHash<QString, const FieldHelp *> byWidget = [] {
        QHash<QString, const FieldHelp *> hash;
        for (const FieldHelp &help : fieldHelps())
            hash.insert(help.widget, &help);
        return hash;
    }();
    for (const QWidget *scope = widget.parentWidget(); scope != nullptr;
         scope = scope->parentWidget()) {
        if (const FieldHelp *help = byWidget.value(scope->objectName() + name))
            return help;
        if (scope->isWindow())
            break;
    }
    return nullptr;
}

const FieldHelp *fieldHelpAround(const QWidget *widget)
{
    for (const QWidget *each = widget; each != nullptr; each = each->parentWidget()) {
        if (const FieldHelp *help = fieldHelp(*each))
            return help;
        if (each->isWindow())
            break;
    }
    return nullptr;
}

QString whatsThisHtml(const FieldHelp &help)
{
    QString head = u"<b>%1</b>"_s.arg(help.title.toHtmlEscaped());
    if (!help.apiName.isEmpty())
        head += u" <code>%1</code>"_s.arg(help.apiName);
    QString links =
        u"<a href=\"manual:%1\">%2</a>"_s.arg(help.place, HelpWords::tr("Documentation"));
    if (!help.official.isEmpty())
        links += u" · <a href=\"%1\">%2</a>"_s.arg(help.official, HelpWords::tr("Official page"));
    return u"<p>%1</p><p>%2</p><p>%3</p>"_s.arg(head, help.text.toHtmlEscaped(), links);
}

QString manualPlaceOf(const QWidget *widget)
{
    for (const QWidget *each = widget; each != nullptr; each = each->parentWidget()) {
        if (const QString place = ownPlace(*each); !place.isEmpty())
            return place;
        if (each->isWindow())
            break;
    }
    return u"first-steps"_s;
}

} // namespace icebreaker
