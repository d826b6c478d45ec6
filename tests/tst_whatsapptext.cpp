#include "core/whatsapptext.h"

#include <QTest>

using namespace icebreaker;
using namespace Qt::StringLiterals;

class TestWhatsAppText : public QObject
{
    Q_OBJECT

private slots:
    void formatsAsWhatsAppDoes_data();
    void formatsAsWhatsAppDoes();
    void linksKeepTheirAddress();
    void filledValuesAreMarked();
    void placeholdersAreFound();
};

namespace {

/// Spans in one line: b(old), i(talic), s(trike), m(ono), l(ink).
QString described(const QString &text)
{
    QString result;
    for (const TextSpan &span : formatted(hydrated(text, {}))) {
        QString look;
        look += span.bold ? u"b"_s : QString();
        look += span.italic ? u"i"_s : QString();
        look += span.strike ? u"s"_s : QString();
        look += span.mono ? u"m"_s : QString();
        look += span.link.isEmpty() ? QString() : u"l"_s;
        result += look.isEmpty() ? span.text : u"<%1:%2>"_s.arg(look, span.text);
    }
    return result;
}

} // namespace

void TestWhatsAppText::formatsAsWhatsAppDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const QString &text, const QString &shown) {
        QTest::newRow(qPrintable(text)) << text << shown;
    };
    row(u"plain"_s, u"plain"_s);
    row(u"*bold*"_s, u"<b:bold>"_s);
    row(u"_it_ and ~st~"_s, u"<i:it> and <s:st>"_s);
    row(u"*_both_*"_s, u"<bi:both>"_s);
    row(u"*a _b_ c*"_s, u"<b:a ><bi:b><b: c>"_s);
    row(u"5*3*2"_s, u"5*3*2"_s); // inside a word
    row(u"snake_case_name"_s, u"snake_case_name"_s);
    row(u"* not this*"_s, u"* not this*"_s);
    row(u"*open"_s, u"*open"_s);
    row(u"**"_s, u"**"_s);
    row(u"*one\ntwo*"_s, u"*one\ntwo*"_s);
    row(u"(*in brackets*)."_s, u"(<b:in brackets>)."_s);
    row(u"```a *b* c```"_s, u"<m:a *b* c>"_s);
    row(u"```a\nb```"_s, u"<m:a\nb>"_s);
    row(u"`code` x"_s, u"<m:code> x"_s);
    row(u"see https://e.org/a_b_c, ok"_s, u"see <l:https://e.org/a_b_c>, ok"_s);
    row(u"(www.e.org)"_s, u"(<l:www.e.org>)"_s);
    row(u"*שלום* עולם"_s, u"<b:שלום> עולם"_s);
    row(u"*🎉*"_s, u"<b:🎉>"_s);
}

void TestWhatsAppText::formatsAsWhatsAppDoes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    QCOMPARE(described(text), shown);
}

void TestWhatsAppText::linksKeepTheirAddress()
{
    const auto spans = formatted(hydrated(u"www.e.org/x and https://E.org?a=1&b=2."_s, {}));
    QCOMPARE(spans.at(0).link, u"https://www.e.org/x"_s);
    QCOMPARE(spans.at(2).link, u"https://E.org?a=1&b=2"_s);
}

void TestWhatsAppText::filledValuesAreMarked()
{
    const auto text = hydrated(u"*{{1}}* {{2}} {{1}}"_s, {{u"1"_s, u"a*b"_s}});
    QCOMPARE(text.text, u"*a*b* {{2}} a*b"_s);
    QCOMPARE(text.marks.size(), text.text.size());
    const auto spans = formatted(hydrated(u"Hi *{{1}}*, {{2}}"_s, {{u"1"_s, u"Ana"_s}}));
    QCOMPARE(spans.size(), 4);
    QCOMPARE(spans.at(1).text, u"Ana"_s);
    QVERIFY(spans.at(1).bold);
    QCOMPARE(spans.at(1).mark, TextMark::Filled);
    QCOMPARE(spans.at(3).text, u"{{2}}"_s);
    QCOMPARE(spans.at(3).mark, TextMark::Open);
}

void TestWhatsAppText::placeholdersAreFound()
{
    QCOMPARE(placeholderNames(u"{{10}} {{2}} {{2}} {{ name }} {{größe}} {{ }} {3}"_s),
             (QStringList{u"2"_s, u"10"_s, u"name"_s, u"größe"_s}));
    QVERIFY(hasNamedPlaceholders(u"{{a}}"_s));
    QVERIFY(!hasNamedPlaceholders(u"{{1}}"_s));
    QCOMPARE(characterCount(u"a🎉é"_s), 3);
}

QTEST_APPLESS_MAIN(TestWhatsAppText)
#include "tst_whatsapptext.moc"
