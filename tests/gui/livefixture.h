#pragma once

#include "gui/windowfixture.h"

#include "store/addressbook.h"
#include "store/draft.h"
#include "store/profiles.h"
#include "store/settings.h"
#include "support/scriptedserver.h"

namespace icebreaker::test {

/// The whole program with a live profile whose endpoint is a server of the test's own on
/// this computer: the profile is told that it reaches phones.
class LiveFixture : public WindowFixture
{
public:
    static QString profileId() { return QStringLiteral("6c6f6f70-6261-4b00-8000-00000000aaaa"); }
    static QString number() { return QStringLiteral("447946000958"); }

    /// Call it before start().
    void prepare(const Profile &wishes = {})
    {
        using namespace Qt::StringLiterals;
        Profile profile = wishes;
        profile.id = profileId();
        profile.name = u"Shop"_s;
        profile.region = Region::Custom;
        profile.customUrl = base().toString();
        profile.approvedHost = origin(base());
        profile.live = true;
        QVERIFY(saveProfiles(folder(), {builtInProfile(), profile}));
        OutboundRequest request;
        request.setText(Field::AgentId, u"64b7f0c2a9d14e5b8c3f1a20"_s);
        request.setText(Field::Namespace, u"9f3c1a52_0d7e_4b1c_93aa_5e02d7c6b1f4"_s);
        request.setText(Field::Template, u"order_update"_s);
        request.setText(Field::Locale, u"en"_s);
        request.setText(Field::StatusUrl, u"https://h.org/inbox"_s);
        const Draft draft{request.toJson(), false, u'+' + number()};
        QVERIFY(saveTabs(folder(), profileId(), {{{profileId(), {}, {}, {}, true, draft}}, 0, {}}));
        Settings settings;
        settings.currentProfile = profileId();
        QVERIFY(saveSettings(folder(), settings));
    }
    [[nodiscard]] bool startLive()
    {
        if (!start())
            return false;
        bench().vault().keepForSession(profileId(), origin(base()), "live-key-0123456789");
        return true;
    }

    [[nodiscard]] QUrl base() const
    {
        QUrl url = server.url(QString());
        return url;
    }
    [[nodiscard]] Profile storedProfile() const
    {
        const auto loaded = loadProfiles(folder());
        for (const Profile &each : loaded->profiles) {
            if (each.id == profileId())
                return each;
        }
        return {};
    }

    ScriptedServer server;
};

} // namespace icebreaker::test
