#include "core/endpoint.h"
#include "interop/requestimporter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Eu = "https://studio-api-eu.ai.vonage.com/messaging/conversation";

/// The only request's body, compact, or why there is none.
QByteArray bodyOf(const RequestImport &found)
{
    if (found.requests.size() != 1)
        return "requests: " + QByteArray::number(found.requests.size()) + ", refused: "
            + (found.refused.isEmpty()
                   ? "none"
                   : QByteArray::number(static_cast<int>(found.refused.first().why)));
    return toJson(found.requests.first().request.root(), JsonStyle::Compact);
}

ImportRefusal refusalOf(const RequestImport &found)
{
    return found.refused.size() == 1 && found.requests.isEmpty() ? found.refused.first().why
                                                                 : ImportRefusal::Empty;
}

bool hasNote(const RequestImport &found, ImportRemark remark, const QString &subject = {})
{
    return !found.requests.isEmpty()
        && std::any_of(found.requests.first().notes.begin(), found.requests.first().notes.end(),
                       [&](const ImportNote &note) {
                           return note.remark == remark
                               && (subject.isEmpty() || note.subject == subject);
                       });
}

QByteArray collection(const QByteArray &items, const QByteArray &more = {})
{
    return R"({"info":{"name":"c","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[)"
        + items + "]" + more + "}";
}

} // namespace

class TestRequestImporter : public QObject
{
    Q_OBJECT

private slots:
    void aCommandGivesItsRequest_data();
    void aCommandGivesItsRequest();
    void whatCannotBeTakenIsRefusedWithTheReason_data();
    void whatCannotBeTakenIsRefusedWithTheReason();
    void aProblemTellsItsPlace();
    void aKeyIsReturnedBesideTheRequest();
    void aKeyInAVariableIsNotTaken_data();
    void aKeyInAVariableIsNotTaken();
    void aFileIsWantedAndThenTaken();
    void harmlessOptionsAreNoted();
    void postmanFoldersAndVariablesAreUnderstood();
    void postmanAuthenticationIsJudged();
    void oldPostmanCollectionsAreRead();
    void aHarGivesItsRequests();
    void rawHttpIsRead_data();
    void rawHttpIsRead();
    void jsonIsTakenAsItIs();
    void ourOwnEndpointsAreTakenAndOthersRefused_data();
    void ourOwnEndpointsAreTakenAndOthersRefused();
    void hostileTextsEndSoon_data();
    void hostileTextsEndSoon();
};

void TestRequestImporter::aCommandGivesItsRequest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");
    const QByteArray plain = R"({"to":"1"})";
    const QByteArray sh = "curl '" + Eu + "' ";
    QTest::newRow("short options") << sh + R"(-H 'X-Vgai-Key: k' -d '{"to":"1"}')" << plain;
    QTest::newRow("stuck together") << sh + R"(-sSXPOST -d'{"to":"1"}')" << plain;
    QTest::newRow("long options") << "curl --request POST --url " + Eu
            + R"( --header 'a: b' --data-raw '{"to":"1"}')"
                                  << plain;
    QTest::newRow("json") << sh + R"(--json '{"to":"1"}')" << plain;
    QTest::newRow("json in parts") << sh + R"(--json '{"to":' --json '"1"}')" << plain;
    QTest::newRow("as Postman writes it") << "curl --location '" + Eu
            + "' \\\n--header 'Content-Type: application/json' \\\n"
              "--data '{\r\n  \"to\": \"1\"\r\n}'"
                                          << plain;
    QTest::newRow("as Chrome writes it for sh") << sh
            + "\\\n  -H 'accept: */*' \\\n  --data-raw $'{\"to\":\"it\\'s \\u0021\\ud83d\\ude00\"}'"
                                                << QByteArray("{\"to\":\"it's !\U0001F600\"}");
    QTest::newRow("double quotes") << R"(curl ")" + Eu + R"(" -d "{\"to\":\"1\"}")" << plain;
    QTest::newRow("adjacent quotes")
        << sh + R"(-d '{"to":"it'"'"'s"}')" << QByteArray(R"({"to":"it's"})");
    QTest::newRow("here-document") << "$ curl " + Eu + " -d @- <<'EOF'\n{\"to\":\"$1\"}\nEOF\n"
                                   << QByteArray(R"({"to":"$1"})");
    QTest::newRow("piped from cat")
        << "cat <<EOF | curl " + Eu + " --data-binary @-\n{\"to\":\"1\"}\nEOF\n"
        << plain;
    QTest::newRow("piped to jq") << sh + R"(-d '{"to":"1"}' | jq .message)" << plain;
    QTest::newRow("variables") << sh + R"(-d "{\"to\":\"$TO\",\"a\":\"${AGENT}\"}")"
                               << QByteArray(R"({"to":"{{TO}}","a":"{{AGENT}}"})");
    QTest::newRow("variables that are set") << "TO=447946000958\n" + sh + R"(-d "{\"to\":\"$TO\"}")"
                                            << QByteArray(R"({"to":"447946000958"})");
    QTest::newRow("as Chrome writes it for cmd") << "curl ^\"" + Eu
            + "^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n"
              "  --data-raw ^\"^{^\\^\"to^\\^\":^\\^\"a^&b ^%^PATH^%^ 1^\\^\"^}^\""
                                                 << QByteArray(R"({"to":"a&b %PATH% 1"})");
    QTest::newRow("line ends in cmd")
        << "curl ^\"" + Eu + "^\" -d ^\"^{^\n\n^\\^\"to^\\^\":1^}^\"" << QByteArray(R"({"to":1})");
    QTest::newRow("plain quotes in cmd")
        << "curl.exe \"" + Eu + "\" -d \"{\\\"to\\\":\\\"1\\\"}\"" << plain;
    QTest::newRow("doubled quotes in cmd")
        << "curl.exe \"" + Eu + R"(" -d "{""to"":""1""}")" << plain;
    QTest::newRow("curl in PowerShell") << "curl.exe `\n  -d '{\"to\":\"1\"}' " + Eu << plain;
    QTest::newRow("curl in PowerShell 5.1")
        << "curl.exe -X POST '" + Eu + R"(' -d '{\"to\":\"1\"}')" << plain;
    QTest::newRow("as Chrome writes it for PowerShell")
        << "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n"
           "$session.UserAgent = \"Mozilla\"\nInvoke-WebRequest -UseBasicParsing -Uri \""
            + Eu
            + "\" `\n-Method \"POST\" `\n-WebSession $session `\n-Headers @{\n\"accept\"=\"*/*\"\n"
              "  \"origin\"=\"https://x.org\"\n} `\n-ContentType \"application/json\" `\n"
              "-Body \"{`\"to`\":`\"1`\"}\""
        << plain;
    QTest::newRow("as Postman writes it for PowerShell")
        << "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n"
           "$headers.Add(\"Content-Type\", \"application/json\")\n$body = @\"\n{\n"
           "  `\"to`\": `\"1`\"\n}\n\"@\n\n$response = Invoke-RestMethod '"
            + Eu + "' -Method 'POST' -Headers $headers -Body $body\n$response | ConvertTo-Json\n"
        << plain;
    QTest::newRow("typographic quotes in PowerShell") << "irm -Method Post -Uri '" + Eu
            + "' -Body '{\"to\":\"it\u2019\u2019s\"}'" << QByteArray("{\"to\":\"it\u2019s\"}");
}

void TestRequestImporter::aCommandGivesItsRequest()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, body);
    const RequestImport found = importRequests(text);
    QCOMPARE(found.format, std::optional(RequestFormat::Curl));
    QCOMPARE(bodyOf(found), body);
    QCOMPARE(found.requests.first().base, documentedBase(Region::Eu));
}

void TestRequestImporter::whatCannotBeTakenIsRefusedWithTheReason_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ImportRefusal>("why");
    QTest::addColumn<QString>("subject");
    const QByteArray sh = "curl " + Eu + R"( -d '{"to":"1"}' )";
    const auto row = [](const char *name, const QByteArray &text, ImportRefusal why,
                        const QString &subject = {}) {
        QTest::newRow(name) << text << why << subject;
    };
    for (const char *option : {"-u a:b", "-F a=b", "-G", "--proxy p", "-x p", "-o file", "--next",
                               "-K file", "-T file", "-b c=d", "--oauth2-bearer t", "--retry 3",
                               "-I", "--data-urlencode x", "--location-trusted"})
        QTest::newRow(option) << sh + option << ImportRefusal::OptionRefused << QString();
    row("unknown", sh + "--zap", ImportRefusal::OptionUnknown, u"--zap"_s);
    row("unknown with a value", sh + "--zap=secret", ImportRefusal::OptionUnknown, u"--zap"_s);
    row("no value", sh + "-H", ImportRefusal::OptionWithoutValue, u"-H"_s);
    row("a command within", sh + "-H \"a: $(cat key)\"", ImportRefusal::Substitution);
    row("another within", "curl " + Eu + " -d `cat x`", ImportRefusal::Substitution);
    row("a default", sh + "-H \"X-Vgai-Key: ${KEY:-x}\"", ImportRefusal::Expansion);
    row("an argument", sh + "-H \"X-Vgai-Key: $1\"", ImportRefusal::Expansion);
    row("a redirection", sh + "> out", ImportRefusal::Operator, u">"_s);
    row("an open quote", "curl " + Eu + " -d '{", ImportRefusal::OpenQuote, u"'"_s);
    row("an open here-document", "curl " + Eu + " -d @- <<EOF\n{}", ImportRefusal::OpenQuote,
        u"EOF"_s);
    row("another URL", sh + Eu, ImportRefusal::SeveralUrls);
    row("no URL", "curl -d '{}'", ImportRefusal::NoUrl);
    row("no body", "curl -X POST " + Eu, ImportRefusal::NoBody);
    row("another method", sh + "-X PUT", ImportRefusal::OtherMethod, u"PUT"_s);
    row("a GET", "curl " + Eu, ImportRefusal::OtherMethod, u"GET"_s);
    row("a file", "curl " + Eu + " -d @a.json", ImportRefusal::FileWanted, u"a.json"_s);
    row("no JSON", "curl " + Eu + " -d to=1", ImportRefusal::BrokenJson);
    row("no object", "curl " + Eu + " -d 7", ImportRefusal::NotAnObject);
    row("credentials", sh + "-H 'Authorization: Bearer x'", ImportRefusal::OtherCredentials,
        u"authorization"_s);
    row("a packed body", sh + "-H 'Content-Encoding: gzip'", ImportRefusal::EncodedBody, u"gzip"_s);
    row("another program", "wget " + Eu + " curl x", ImportRefusal::OtherProgram, u"wget"_s);
    row("a statement of PowerShell", "$x = Get-Content a\nirm " + Eu + " -Method Post -Body $x",
        ImportRefusal::NotUnderstood);
    row("a subexpression of PowerShell", "irm " + Eu + " -Method Post -Body \"$(x)\"",
        ImportRefusal::Substitution);
    row("PowerShell's proxy", "irm " + Eu + " -Method Post -Body '{}' -Proxy http://p",
        ImportRefusal::OptionRefused, u"-Proxy"_s);
    row("nothing", " \n", ImportRefusal::Empty);
    row("prose", "Please send a message", ImportRefusal::Unrecognised);
    row("other JSON", R"({"name":"x"})", ImportRefusal::Unrecognised);
    row("broken JSON", R"({"to":)", ImportRefusal::BrokenJson);
    row("no UTF-8", "curl \xff", ImportRefusal::NotUtf8);
    row("a key that cannot be", sh + "-H 'X-Vgai-Key: a b'", ImportRefusal::BrokenKey);
}

void TestRequestImporter::whatCannotBeTakenIsRefusedWithTheReason()
{
    QFETCH(const QByteArray, text);
    QFETCH(const ImportRefusal, why);
    QFETCH(const QString, subject);
    const RequestImport found = importRequests(text);
    QCOMPARE(found.requests.size(), 0);
    QCOMPARE(found.keys.size(), 0);
    QCOMPARE(found.refused.size(), 1);
    QCOMPARE(found.refused.first().why, why);
    if (!subject.isEmpty())
        QCOMPARE(found.refused.first().subject, subject);
    QVERIFY(!found.refused.first().subject.contains(u"secret"_s));
}

void TestRequestImporter::aProblemTellsItsPlace()
{
    const auto quote = importRequests("curl a \\\n  -d '{").refused.value(0);
    QCOMPARE(quote.line, 2);
    QCOMPARE(quote.column, 6);
    const auto json = importRequests("{\n  \"to\": x}").refused.value(0);
    QCOMPARE(json.line, 2);
    QVERIFY(json.json.has_value());
    const auto utf8 = importRequests("{\n\"to\":\"\xC3\"}").refused.value(0);
    QCOMPARE(utf8.line, 2);
    QCOMPARE(utf8.column, 7);
    const auto second = importRequests("curl " + Eu + " -d '{\"to\":1}'\n\ncurl -u a:b x");
    QCOMPARE(second.requests.size(), 1);
    QCOMPARE(second.refused.value(0).line, 3);
}

void TestRequestImporter::aKeyIsReturnedBesideTheRequest()
{
    const RequestImport found =
        importRequests("curl " + Eu + R"( -H 'x-vgai-key: s3cret' --json '{"to":"1"}')");
    QCOMPARE(found.requests.size(), 1);
    QCOMPARE(found.keys.size(), 1);
    QCOMPARE(found.keys.first().bytes, QByteArray("s3cret"));
    QCOMPARE(found.keys.first().origin, origin(documentedBase(Region::Eu)));
    QCOMPARE(found.requests.first().key, 0);
    QVERIFY(hasNote(found, ImportRemark::KeyTaken));
    QVERIFY(!found.requests.first().request.toJson().contains("s3cret"));
    for (const ImportNote &note : found.requests.first().notes)
        QVERIFY(!note.subject.contains(u"s3cret"_s));
}

void TestRequestImporter::aKeyInAVariableIsNotTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray body = R"( --json '{"to":"1"}')";
    QTest::newRow("sh") << "curl " + Eu + " -H \"X-Vgai-Key: $VGAI_KEY\"" + body;
    QTest::newRow("sh in braces") << "curl " + Eu + " -H \"X-Vgai-Key: ${VGAI_KEY}\"" + body;
    QTest::newRow("literally") << "curl " + Eu + " -H 'X-Vgai-Key: $VGAI_KEY'" + body;
    QTest::newRow("placeholder") << "curl " + Eu + " -H 'X-Vgai-Key: <your key>'" + body;
    QTest::newRow("cmd") << "curl " + Eu + " -H \"X-Vgai-Key: %VGAI_KEY%\" -d \"{\\\"to\\\":1}\"";
    QTest::newRow("PowerShell") << "irm -Uri '" + Eu
            + "' -Method Post -Headers @{'X-Vgai-Key'=$env:VGAI_KEY} -Body '{\"to\":1}'";
    QTest::newRow("Postman") << collection(
        R"({"name":"a","request":{"method":"POST","url":")" + Eu
        + R"(","header":[{"key":"X-Vgai-Key","value":"{{key}}"}],"body":{"mode":"raw","raw":"{\"to\":1}"}}})");
    QTest::newRow("HTTP") << "POST " + Eu + "\nX-Vgai-Key: {{$processEnv VGAI_KEY}}\n\n{\"to\":1}";
}

void TestRequestImporter::aKeyInAVariableIsNotTaken()
{
    QFETCH(const QByteArray, text);
    const RequestImport found = importRequests(text);
    QCOMPARE(found.requests.size(), 1);
    QCOMPARE(found.keys.size(), 0);
    QVERIFY(hasNote(found, ImportRemark::KeyInVariable));
}

void TestRequestImporter::aFileIsWantedAndThenTaken()
{
    const QByteArray command = "curl " + Eu + " --data-binary @body.json";
    QCOMPARE(refusalOf(importRequests(command)), ImportRefusal::FileWanted);
    ImportHint hint;
    hint.files.insert(u"body.json"_s, "{\"to\":\n\"1\"}");
    QCOMPARE(bodyOf(importRequests(command, hint)), QByteArray(R"({"to":"1"})"));
}

void TestRequestImporter::harmlessOptionsAreNoted()
{
    const RequestImport found =
        importRequests("curl -s -k -L " + Eu
                       + " -H 'Cookie: a=b' -A agent -d '{\"to\":\"$X\",\"b\":\"'\"$Y\"'\"}'");
    QVERIFY(hasNote(found, ImportRemark::OptionIgnored, u"--silent"_s));
    QVERIFY(hasNote(found, ImportRemark::CertificatesChecked));
    QVERIFY(hasNote(found, ImportRemark::RedirectsNotFollowed));
    QVERIFY(hasNote(found, ImportRemark::HeadersIgnored, u"Cookie, User-Agent"_s));
    QVERIFY(hasNote(found, ImportRemark::ContentTypeDiffers));
    QVERIFY(hasNote(found, ImportRemark::VariableKept, u"Y"_s));
    QVERIFY(!hasNote(found, ImportRemark::VariableKept, u"X"_s)); // in single quotes it is text
}

void TestRequestImporter::postmanFoldersAndVariablesAreUnderstood()
{
    const QByteArray item =
        R"({"name":"Start","event":[{"listen":"prerequest","script":{"exec":["pm.x"]}}],
            "request":{"method":"POST","url":{"raw":"{{base}}/messaging/conversation"},
            "header":[{"key":"X-Vgai-Key","value":"{{key}}"},{"key":"Off","value":"x","disabled":true}],
            "body":{"mode":"raw","raw":"{\"to\":\"{{to}}\",\"template\":\"{{tpl}}\",\"a\":\"{{open}}\"}"}}})";
    const QByteArray other =
        R"({"name":"Login","request":{"method":"POST","url":"https://x.org/login"}},
                                {"name":"List","request":"https://x.org"})";
    ImportHint hint;
    hint.environment = R"({"values":[{"key":"base","value":"https://{{host}}","enabled":true},
        {"key":"key","value":"k1"},{"key":"to","value":"off","enabled":false},{"key":"tpl","value":"env"}]})";
    const RequestImport found = importRequests(
        collection(R"({"name":"Folder","item":[)" + item + "," + other + "]}",
                   R"(,"variable":[{"key":"host","value":"studio-api-us.ai.vonage.com"},
                      {"key":"to","value":"447"},{"key":"tpl","value":"collection"},{"key":"open","value":""}])"),
        hint);
    QCOMPARE(found.format, std::optional(RequestFormat::Postman));
    QCOMPARE(bodyOf(found), QByteArray(R"({"to":"447","template":"env","a":"{{open}}"})"));
    QCOMPARE(found.requests.first().name, u"Folder / Start"_s);
    QCOMPARE(found.requests.first().base, documentedBase(Region::Us));
    QCOMPARE(found.keys.value(0).bytes, QByteArray("k1"));
    QVERIFY(hasNote(found, ImportRemark::ScriptNotRun));
    QVERIFY(hasNote(found, ImportRemark::VariableKept, u"open"_s));
    QVERIFY(!hasNote(found, ImportRemark::HeadersIgnored));
    QCOMPARE(found.refused.size(), 2);
    QCOMPARE(found.refused.first().name, u"Folder / Login"_s);
    QCOMPARE(found.refused.first().why, ImportRefusal::OtherPath);
    QCOMPARE(found.refused.last().why, ImportRefusal::OtherMethod);
}

void TestRequestImporter::postmanAuthenticationIsJudged()
{
    const auto withAuth = [](const QByteArray &auth, const QByteArray &more = {}) {
        return importRequests(collection(R"({"name":"a","request":{"method":"POST","url":")" + Eu
                                             + R"(","body":{"mode":"raw","raw":"{\"to\":1}"})"
                                             + auth + "}}",
                                         more));
    };
    const QByteArray key =
        R"(,"auth":{"type":"apikey","apikey":[{"key":"key","value":"X-Vgai-Key"},{"key":"value","value":"k2"}]})";
    QCOMPARE(withAuth(key).keys.value(0).bytes, QByteArray("k2"));
    QCOMPARE(withAuth({}, key).keys.value(0).bytes, QByteArray("k2")); // the collection's
    QCOMPARE(withAuth(R"(,"auth":{"type":"noauth"})", key).keys.size(), 0);
    QCOMPARE(refusalOf(withAuth(R"(,"auth":{"type":"bearer"})")), ImportRefusal::OtherCredentials);
    QCOMPARE(
        refusalOf(withAuth(R"(,"auth":{"type":"apikey","apikey":[{"key":"key","value":"k"}]})")),
        ImportRefusal::OtherCredentials);
}

void TestRequestImporter::oldPostmanCollectionsAreRead()
{
    const RequestImport found = importRequests(
        R"({"info":{"name":"c","schema":"https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},
            "item":[{"name":"a","request":{"method":"POST","url":")"
        + Eu
        + R"(","header":"Content-Type: application/json\nX-Vgai-Key: k3","body":{"mode":"raw","raw":"{\"to\":1}"}}},
            {"name":"b","request":{"method":"POST","url":")"
        + Eu + R"(","body":{"mode":"formdata"}}}]})");
    QCOMPARE(bodyOf(found), QByteArray(R"({"to":1})"));
    QCOMPARE(found.keys.value(0).bytes, QByteArray("k3"));
    QCOMPARE(found.refused.value(0).why, ImportRefusal::OtherBody);
    QCOMPARE(found.refused.value(0).subject, u"formdata"_s);
}

void TestRequestImporter::aHarGivesItsRequests()
{
    const RequestImport found = importRequests(
        R"({"log":{"version":"1.2","entries":[
            {"request":{"method":"GET","url":"https://x.org/a?token=secret","headers":[]}},
            {"request":{"method":"POST","url":")"
        + Eu
        + R"(","headers":[{"name":":method","value":"POST"},{"name":"x-vgai-key","value":"[key-hidden]"}],
             "postData":{"mimeType":"application/json","text":"{\"to\":\"1\"}"}}}]}})");
    QCOMPARE(found.format, std::optional(RequestFormat::Har));
    QCOMPARE(bodyOf(found), QByteArray(R"({"to":"1"})"));
    QVERIFY(hasNote(found, ImportRemark::KeyWithheld));
    QCOMPARE(found.refused.value(0).name, u"x.org/a"_s);
}

void TestRequestImporter::rawHttpIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");
    const QByteArray head = "POST /messaging/conversation HTTP/1.1\r\n"
                            "Host: studio-api-eu.ai.vonage.com\r\n";
    const QByteArray body = R"({"to":"1"})";
    const QByteArray broken =
        "requests: 0, refused: " + QByteArray::number(static_cast<int>(ImportRefusal::BrokenHttp));
    QTest::newRow("with its length") << head + "Content-Length: 10\r\n\r\n" + body << body;
    QTest::newRow("with a line behind") << head + "Content-Length: 10\r\n\r\n" + body + "\r\n"
                                        << body;
    QTest::newRow("without") << head + "\r\n" + body << body;
    QTest::newRow("chunked") << head
            + "Transfer-Encoding: chunked\r\n\r\n4;x=y\r\n{\"to\r\n6\r\n\":\"1\"}\r\n0\r\n\r\n"
                             << body;
    QTest::newRow("LF, and a length that no longer is right")
        << QByteArray(head + "Content-Length: 14\r\n\r\n{\r\n\"to\":\"1\"\r\n}").replace("\r", "")
        << body;
    QTest::newRow("an editor's") << "# a comment\n@x = y\nPOST " + Eu
            + "\nContent-Type: application/json\n\n" + body
            + "\n\n" << body;
    QTest::newRow("cut") << head + "Content-Length: 20\r\n\r\n{\"to\":" << broken;
    QTest::newRow("broken head") << head + "no header\r\n\r\n{}" << broken;
    QTest::newRow("two lengths") << head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"
                                 << broken;
}

void TestRequestImporter::rawHttpIsRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, body);
    const RequestImport found = importRequests(text);
    QCOMPARE(found.format, std::optional(RequestFormat::Http));
    QCOMPARE(bodyOf(found), body);
}

void TestRequestImporter::jsonIsTakenAsItIs()
{
    const QByteArray body = R"({"z":1.0,"to":"1","z":{"a":[]}})";
    QCOMPARE(bodyOf(importRequests("\xEF\xBB\xBF" + body)), body);
    QCOMPARE(bodyOf(importRequests(R"({"icebreaker_request":1,"name":"n","request":{"x":1}})")),
             QByteArray(R"({"x":1})"));
    QCOMPARE(
        refusalOf(importRequests(R"({"message_uuid":"1","to":"2","from":"3","status":"read"})")),
        ImportRefusal::Unrecognised);
    const RequestImport lines = importRequests(R"({"to":"1"})"
                                               "\n"
                                               R"({"to":"2"})"
                                               "\n");
    QCOMPARE(lines.requests.size(), 2);
    const RequestImport list = importRequests(R"([{"to":"1"},7])");
    QCOMPARE(list.requests.size(), 1);
    QCOMPARE(list.refused.size(), 1);
    ImportHint hint;
    hint.format = RequestFormat::Json;
    QCOMPARE(bodyOf(importRequests(R"({"x":1})", hint)), QByteArray(R"({"x":1})"));
    hint.format = RequestFormat::Postman;
    QCOMPARE(refusalOf(importRequests(body, hint)), ImportRefusal::NotThisFormat);
}

void TestRequestImporter::ourOwnEndpointsAreTakenAndOthersRefused_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("why"); // -1: taken
    const auto row = [](const char *url, int why = -1) {
        QTest::newRow(url) << QByteArray(url) << why;
    };
    row("https://studio-api-us.ai.vonage.com:443/messaging/conversation");
    row("http://127.0.0.1:1234/messaging/conversation");
    row("https://proxy.example.com/vonage/messaging/conversation"); // known
    row("{{base}}/messaging/conversation");
    row("https://{{host}}/messaging/conversation");
    const auto refused = [&row](const char *url, ImportRefusal why) {
        row(url, static_cast<int>(why));
    };
    refused("https://proxy.example.com/messaging/conversation", ImportRefusal::OtherHost);
    refused("https://studio-api-eu.ai.vonage.com.evil.org/messaging/conversation",
            ImportRefusal::OtherHost);
    refused("http://studio-api-eu.ai.vonage.com/messaging/conversation", ImportRefusal::NotHttps);
    refused("https://studio-api-eu.ai.vonage.com/messaging/conversation?x=1",
            ImportRefusal::QueryInUrl);
    refused("https://a:b@studio-api-eu.ai.vonage.com/messaging/conversation",
            ImportRefusal::UserInUrl);
    refused("https://studio-api-eu.ai.vonage.com/x/messaging/conversation",
            ImportRefusal::OtherPath);
    refused("https://studio-api-eu.ai.vonage.com/messaging/conversations",
            ImportRefusal::OtherPath);
    refused("ftp://studio-api-eu.ai.vonage.com/messaging/conversation", ImportRefusal::NotHttps);
    refused("{{url}}", ImportRefusal::OpenUrl);
    refused("https://", ImportRefusal::BadUrl);
}

void TestRequestImporter::ourOwnEndpointsAreTakenAndOthersRefused()
{
    QFETCH(const QByteArray, url);
    QFETCH(const int, why);
    ImportHint hint;
    hint.bases = {QUrl(u"https://proxy.example.com/vonage"_s)};
    const RequestImport found = importRequests("curl '" + url + "' --json '{\"to\":1}'", hint);
    if (why < 0)
        QCOMPARE(found.requests.size(), 1);
    else
        QCOMPARE(static_cast<int>(refusalOf(found)), why);
}

void TestRequestImporter::hostileTextsEndSoon_data()
{
    QTest::addColumn<QByteArray>("text");
    constexpr qsizetype size = 2'000'000;
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("nested", QByteArray(size, '['));
    row("commands", "curl\n" + QByteArray("a;").repeated(size / 2));
    row("variables", "curl " + QByteArray("$a ").repeated(size / 3));
    row("variables that are set",
        QByteArray("a=1\n").repeated(1000) + "curl " + QByteArray("$a").repeated(size / 2));
    row("quotes", "curl " + QByteArray("''").repeated(size / 2));
    row("percent signs", "curl ^\n" + QByteArray("%").repeated(size));
    row("carets", "curl " + QByteArray("^\n").repeated(size / 2));
    row("backslashes in cmd", "curl ^\n" + QByteArray("\\").repeated(size));
    row("doubling in PowerShell",
        "$a='x'\n" + QByteArray("$a=\"$a$a\"\n").repeated(200'000) + "irm $a");
    row("brackets in PowerShell", "$a=" + QByteArray("(").repeated(size));
    row("tables in PowerShell", "$a=" + QByteArray("@{a=").repeated(size / 4) + "\nirm x");
    row("commands in PowerShell", "$a=1\n" + QByteArray("irm x\n").repeated(size / 6));
    row("HTTP requests", QByteArray("GET /a HTTP/1.1\n\n").repeated(size / 17));
    row("requests with a length",
        QByteArray("POST /a HTTP/1.1\nContent-Length: 1\n\n1\n").repeated(size / 40));
    row("chunks",
        "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n"
            + QByteArray("1\nx\n").repeated(size / 4));
    row("blank lines", QByteArray("\n").repeated(size) + "curl");
    row("doubling in Postman",
        collection(R"({"request":{"method":"POST","url":"{{a}}"}})",
                   R"(,"variable":[{"key":"a","value":")" + QByteArray("{{a}}").repeated(1000)
                       + R"("}])"));
    QByteArray variables;
    for (int i = 0; i < 30; ++i)
        variables += "{\"key\":\"v" + QByteArray::number(i) + "\",\"value\":\""
            + QByteArray("{{v" + QByteArray::number(i + 1) + "}}").repeated(50) + "\"},";
    row("branching in Postman",
        collection(R"({"request":{"method":"POST","url":"{{v0}}"}})",
                   ",\"variable\":[" + variables + "{}]"));
    row("items in Postman", collection(QByteArray("{},").repeated(size / 3) + "{}"));
    row("open braces", "curl '" + QByteArray("{{").repeated(size / 2) + "' -d '{}'");
}

void TestRequestImporter::hostileTextsEndSoon()
{
    QFETCH(const QByteArray, text);
    QElapsedTimer clock;
    clock.start();
    const RequestImport found = importRequests(text);
    QVERIFY(found.requests.isEmpty());
    QVERIFY(!found.refused.isEmpty());
    QVERIFY(found.refused.size() <= ImportMaxRefused);
    QVERIFY2(clock.elapsed() < 20'000,
             QByteArray::number(clock.elapsed()).constData()); // under sanitizers, too
}

QTEST_GUILESS_MAIN(TestRequestImporter)
#include "tst_requestimporter.moc"
