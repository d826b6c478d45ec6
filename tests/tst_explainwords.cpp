#include "words/explainwords.h"

#include "core/deliverystate.h"

#include <QSet>
#include <QTest>
#include <QTranslator>

using namespace icebreaker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Marks what was translated, with its context.
class Marker : public QTranslator
{
public:
    using QTranslator::QTranslator;
    [[nodiscard]] QString translate(const char *context, const char *text, const char *,
                                    int) const override
    {
        return QLatin1StringView(context) + u'|' + QString::fromUtf8(text);
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

Explanation rejected(const QByteArray &detail)
{
    KeptEvent kept;
    kept.event = parseStatusEvent(R"({"status":"rejected","message_uuid":"m-1","error":)"
                                  R"({"title":"1022","detail":")"
                                  + detail + R"("}})");
    kept.match = EventMatch::Path;
    SendRecord record;
    record.outcome = Outcome::Accepted;
    record.answer.status = 200;
    DeliveryState state;
    state.add(kept);
    setDelivery(record, state);
    return explain(Catalogue::builtIn(), record, {kept});
}

} // namespace

class TestExplainWords : public QObject
{
    Q_OBJECT

private slots:
    void translatorsGetEveryTextOfTheCatalogue();
    void everyTextIsTranslated();
    void thereAreAlwaysFiveAnswers();
    void symbolsTellApartWhatWordsTellApart();
    void aNoteOfAnEntryIsNotSaidWhereAnotherAnswerCounts();
    void whatIsNotInTheCatalogueIsSaid();
    void markdownCannotBeBrokenOutOf();
};

// Fails after a change of resources/catalogue: build the target update_translations.
void TestExplainWords::translatorsGetEveryTextOfTheCatalogue()
{
    QCOMPARE(cataloguedTexts(), textsOf(Catalogue::builtIn()));
    QVERIFY(cataloguedTexts().size() > 300);
}

void TestExplainWords::everyTextIsTranslated()
{
    Marker marker;
    QVERIFY(QCoreApplication::installTranslator(&marker));
    const Explanation explanation = rejected("x");
    QCOMPARE(catalogueText(u"Delivered"_s), u"Catalogue|Delivered"_s);
    for (const LabelledAnswer &answer : fiveAnswers(explanation)) {
        QVERIFY(answer.label.startsWith(u"Explain|"_s));
        QVERIFY(answer.text.contains(u'|'));
    }
    QVERIFY(sourceText(*explanation.lead()).startsWith(u"Explain|"_s));
    QCoreApplication::removeTranslator(&marker);
}

void TestExplainWords::thereAreAlwaysFiveAnswers()
{
    for (const CatalogueEntry &entry : Catalogue::builtIn().entries()) {
        Explanation explanation;
        explanation.applied = {{entry, {}}};
        explanation.reached = entry.reached;
        explanation.again = entry.again;
        explanation.movers = entry.movers;
        const auto answers = fiveAnswers(explanation);
        QCOMPARE(answers.size(), 5);
        for (const LabelledAnswer &answer : answers)
            QVERIFY2(!answer.label.isEmpty() && !answer.symbol.isEmpty() && !answer.text.isEmpty(),
                     qPrintable(entry.id));
    }
    QCOMPARE(fiveAnswers(explain(Catalogue(), {}, {})).size(), 5);
}

void TestExplainWords::symbolsTellApartWhatWordsTellApart()
{
    QSet<QString> symbols;
    QSet<QString> texts;
    for (const Reached reached : {Reached::No, Reached::Yes, Reached::NotShown, Reached::Unknown}) {
        Explanation explanation;
        explanation.reached = reached;
        symbols.insert(fiveAnswers(explanation).at(1).symbol);
        texts.insert(fiveAnswers(explanation).at(1).text);
    }
    QCOMPARE(symbols.size(), 4);
    QCOMPARE(texts.size(), 4);
    symbols.clear();
    for (const Again again :
         {Again::Safe, Again::AfterWait, Again::AfterMending, Again::FindOutFirst, Again::Never}) {
        Explanation explanation;
        explanation.again = again;
        symbols.insert(fiveAnswers(explanation).at(2).symbol);
    }
    QCOMPARE(symbols.size(), 5);
}

void TestExplainWords::aNoteOfAnEntryIsNotSaidWhereAnotherAnswerCounts()
{
    Explanation explanation;
    CatalogueEntry entry;
    entry.reached = Reached::No;
    entry.reachedNote = u"NOTE"_s;
    explanation.applied = {{entry, {}}};
    explanation.reached = Reached::No;
    QVERIFY(fiveAnswers(explanation).at(1).text.contains(u"NOTE"_s));
    explanation.reached = Reached::Yes;
    QVERIFY(!fiveAnswers(explanation).at(1).text.contains(u"NOTE"_s));
}

void TestExplainWords::whatIsNotInTheCatalogueIsSaid()
{
    Explanation explanation;
    explanation.unknownCodes = {{u"139999"_s, true}, {u"9876"_s, false}};
    const QString text = explanationText(explanation);
    QVERIFY(text.contains(u"Meta’s code 139999 is not in the catalogue."_s));
    QVERIFY(text.contains(u"Vonage’s code 9876 is not in the catalogue."_s));
}

void TestExplainWords::markdownCannotBeBrokenOutOf()
{
    const Explanation explanation =
        rejected("<script>x</script> [a](javascript:b)\\n# Title\\n- **bold** `c` | d");
    const QString text = explanationMarkdown(explanation, u"My *note* <b>"_s);
    QVERIFY(!text.contains(u"<script"_s));
    QVERIFY(!text.contains(u"](javascript"_s));
    QVERIFY(!text.contains(u"\n# Title"_s));
    QVERIFY(!text.contains(u"**bold**"_s));
    QVERIFY(text.contains(u"\\*note\\* &lt;b\\>"_s));
    QVERIFY(text.startsWith(u"**Vonage 1022: "_s));
    QVERIFY(text.contains(u"Documented: Vonage, Messages API error codes"_s));
}

QTEST_GUILESS_MAIN(TestExplainWords)
#include "tst_explainwords.moc"
