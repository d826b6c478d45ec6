#include "editor/bodyview.h"
#include "editor/findbar.h"
#include "editor/jsontreemodel.h"
#include "editor/textviewer.h"
#include "support/loopgap.h"
#include "support/sanitized.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr double LongestGap = IsSanitized ? 500 : 50; // ms

/// JSON on one line, of about @p size bytes.
QByteArray longJson(qsizetype size)
{
    QByteArray json = "{\"items\":[";
    for (int i = 0; json.size() < size; ++i)
        json += "{\"id\":" + QByteArray::number(i)
            + ",\"name\":\"some text with \\u00e9 and \\\"quotes\\\"\",\"ok\":true},";
    json.chop(1);
    return json + "],\"last\":\"needle\"}";
}

} // namespace

/// Bodies from outside: shown as what they are, at any size.
class TestBodyView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void theEncodingIsWhatTheBytesAre_data();
    void theEncodingIsWhatTheBytesAre();
    void binaryIsShownInHexadecimal();
    void linesAreBrokenOnTheScreenOnly();
    void jsonIsLaidOutAndRawIsAsItCame();
    void anEmptyBodyIsCalledSo();
    void theTreeCopiesPathsAndValues();
    void theTreeIsReadAsItIsLookedAt();
    void findsAcrossABreakOfTheScreen();
    void hidesWhatIsToBeHidden();
    void savesTheBytesAsTheyCame();
    void tenMegabytesOnOneLineNeverBlockTheWindow();

private:
    std::unique_ptr<BodyView> m_view;

    void show(const QByteArray &body, const QByteArray &type = "application/json")
    {
        ShownBody shown;
        shown.summary = u"HTTP 200 OK"_s;
        shown.head = "HTTP 200 OK\nX: y\n";
        shown.body = body;
        shown.contentType = type;
        m_view->show(shown, {});
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isBusy() && !m_view->viewer().isLoading(), 30'000);
    }
    [[nodiscard]] QString notes() { return m_view->findChild<QLabel *>(u"bodyNotes"_s)->text(); }
    [[nodiscard]] QString summary()
    {
        return m_view->findChild<QLabel *>(u"bodySummary"_s)->text();
    }
};

void TestBodyView::init()
{
    m_view = std::make_unique<BodyView>(u"view"_s);
    m_view->resize(700, 500);
    m_view->QWidget::show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QApplication::setActiveWindow(m_view.get());
}

void TestBodyView::cleanup()
{
    m_view.reset();
    QThreadPool::globalInstance()->waitForDone();
}

void TestBodyView::theEncodingIsWhatTheBytesAre_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("note");
    const QByteArray json = "application/json";
    const auto utf16 = [](const QString &text, bool big) {
        QByteArray bytes;
        for (const QChar c : text) {
            const char low = static_cast<char>(c.unicode() & 0xFF);
            const char high = static_cast<char>(c.unicode() >> 8);
            bytes += big ? high : low;
            bytes += big ? low : high;
        }
        return bytes;
    };
    QTest::newRow("ASCII") << QByteArray("hello") << QByteArray("text/plain") << QByteArray("hello")
                           << u"text, UTF-8"_s << QString();
    QTest::newRow("UTF-8") << QByteArray("[\"é\"]") << json << QByteArray("[\n  \"é\"\n]")
                           << u"JSON, UTF-8"_s << QString();
    QTest::newRow("with a mark") << QByteArray("\xEF\xBB\xBF[]") << json << QByteArray("[]")
                                 << u"JSON, UTF-8"_s << u"byte order mark"_s;
    QTest::newRow("UTF-8 called Latin 1")
        << QByteArray("é") << QByteArray("text/plain; charset=iso-8859-1") << QByteArray("é")
        << u"text, UTF-8"_s << u"iso-8859-1, but its bytes are UTF-8"_s;
    QTest::newRow("Latin 1") << QByteArray("caf\xe9")
                             << QByteArray("text/plain; charset=ISO-8859-1") << QByteArray("café")
                             << u"text, ISO 8859-1"_s << QString();
    QTest::newRow("Latin 1 called UTF-8")
        << QByteArray("caf\xe9!") << QByteArray("text/plain; charset=utf-8")
        << QByteArray("caf\uFFFD!") << u"text, invalid UTF-8"_s << u"the first at byte 3"_s;
    QTest::newRow("UTF-16 with a mark")
        << QByteArray("\xFF\xFE") + utf16(u"{\"a\":\"é\"}"_s, false) << json
        << QByteArray("{\n  \"a\": \"é\"\n}") << u"JSON, UTF-16 (little-endian)"_s
        << u"does not say so"_s;
    QTest::newRow("UTF-16 without one")
        << utf16(u"{\"a\": 1}"_s, true) << QByteArray("application/json; charset=utf-8")
        << QByteArray("{\n  \"a\": 1\n}") << u"JSON, UTF-16 (big-endian)"_s
        << u"utf-8, but its bytes are UTF-16"_s;
    QTest::newRow("not the JSON that it says")
        << QByteArray("{\"a\":") << json << QByteArray("{\"a\":") << u"text, UTF-8"_s
        << u"it is not: line 1"_s;
}

void TestBodyView::theEncodingIsWhatTheBytesAre()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, note);
    show(body, type);
    QTEST(m_view->viewer().content(), "shown");
    QFETCH(const QString, kind);
    QVERIFY2(summary().contains(kind), qPrintable(summary()));
    QVERIFY2(note.isEmpty() ? notes().isEmpty() : notes().contains(note), qPrintable(notes()));
}

void TestBodyView::binaryIsShownInHexadecimal()
{
    QByteArray body("\x89PNG\r\n\x1a\n\0\x01", 10);
    body += QByteArray(20, '\0');
    show(body, "image/png");
    const QByteArray text = m_view->viewer().content();
    QVERIFY(text.startsWith(
        "00000000  89 50 4e 47 0d 0a 1a 0a  00 01 00 00 00 00 00 00  |.PNG............|\n"));
    QVERIFY(text.contains("00000010  00"));
    QVERIFY(notes().contains(u"hexadecimal"_s));
}

void TestBodyView::linesAreBrokenOnTheScreenOnly()
{
    const QByteArray text = "[\"" + QByteArray("é").repeated(3000) + "\"]\nshort\n";
    const BrokenLines lines = brokenLines(text);
    QByteArray whole = lines.text;
    for (auto at = lines.breaks.rbegin(); at != lines.breaks.rend(); ++at)
        whole.remove(lines.shown(*at) - 1, 1);
    QCOMPARE(whole, text);
    const auto shownLines = lines.text.split('\n');
    for (const QByteArray &line : shownLines) {
        QVERIFY(line.size() <= LongestLine + 1);
        QVERIFY(!QString::fromUtf8(line).contains(QChar::ReplacementCharacter));
    }
    for (qsizetype at = 0; at < text.size(); ++at)
        QCOMPARE(lines.original(lines.shown(at)), at);

    show(text, "text/plain");
    m_view->viewer().selectAll();
    QTest::keyClick(&m_view->viewer(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromUtf8(text));
}

void TestBodyView::jsonIsLaidOutAndRawIsAsItCame()
{
    const QByteArray body = R"({"a" :[1.0,{"b":"\u00e9"}]})";
    show(body);
    QCOMPARE(m_view->viewer().content(), toJson(*parseJson(body), JsonStyle::Indented));
    m_view->showPage(BodyView::RawPage);
    QCOMPARE(m_view->viewer().content(), body);
    m_view->showPage(BodyView::HeadersPage);
    QCOMPARE(m_view->viewer().content(), "HTTP 200 OK\nX: y\n");
}

void TestBodyView::anEmptyBodyIsCalledSo()
{
    ShownBody shown;
    shown.emptyText = u"The answer has no body."_s;
    m_view->show(shown, {});
    QVERIFY(notes().contains(u"no body"_s));
    QVERIFY(summary().contains(u"empty"_s));
    show("x", "text/plain");
    QVERIFY(notes().isEmpty());
}

void TestBodyView::theTreeCopiesPathsAndValues()
{
    show(R"({"a":[{"odd name":"line\nbreak"}],"n":1.50})");
    m_view->showPage(BodyView::TreePage);
    auto *tree = m_view->findChild<QTreeView *>(u"viewTree"_s);
    QAbstractItemModel &model = *tree->model();
    const QAbstractItemModelTester tester(&model);
    tree->expandAll();
    const QModelIndex list = model.index(0, 0);
    QCOMPARE(list.data().toString(), u"a"_s);
    model.fetchMore(list);
    const QModelIndex item = model.index(0, 0, list);
    model.fetchMore(item);
    tree->setCurrentIndex(model.index(0, 0, item));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"line\nbreak"_s);
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"$.a[0][\"odd name\"]"_s);
    tree->setCurrentIndex(model.index(1, 0));
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"1.50"_s);
}

void TestBodyView::theTreeIsReadAsItIsLookedAt()
{
    JsonTreeModel model; // no tester: it fetches all rows by itself
    model.setRoot(std::make_shared<const JsonValue>(JsonArray(2500)));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.hasChildren() && model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 1000);
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 2500);
    QVERIFY(!model.canFetchMore({}));
}

void TestBodyView::findsAcrossABreakOfTheScreen()
{
    // No comma or blank near: the break is at 1000 exactly, in the middle of "needle".
    show(QByteArray(997, 'x') + "NEEDLE" + QByteArray(500, 'y'), "text/plain");
    QVERIFY(!m_view->viewer().content().contains("NEEDLE"));
    m_view->findChild<QToolButton *>(u"findButton"_s)->click();
    auto *wanted = m_view->findChild<QLineEdit *>(u"findEdit"_s);
    QTest::keyClicks(wanted, u"needle"_s);
    QCOMPARE(m_view->findChild<QLabel *>(u"findCount"_s)->text(), u"1 of 1"_s);
    QTest::keyClick(&m_view->viewer(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"NEEDLE"_s);
}

void TestBodyView::hidesWhatIsToBeHidden()
{
    ShownBody shown;
    shown.body = "{\"to\":\"secret\"}";
    m_view->show(shown,
                 [](const QString &text) { return QString(text).replace(u"secret"_s, u"…"_s); });
    QTRY_VERIFY(m_view->viewer().content().contains("…"));
    QVERIFY(!m_view->viewer().content().contains("secret"));
    QVERIFY(!m_view->findChild<QToolButton *>(u"treeChip"_s)->isEnabled());
    shown.body = QByteArray(1'000'000, 's') + "secret";
    m_view->show(shown, [](const QString &text) { return text; });
    QTRY_VERIFY(notes().contains(u"Too long to mask"_s));
    QVERIFY(m_view->viewer().content().isEmpty());
}

void TestBodyView::savesTheBytesAsTheyCame()
{
    const QTemporaryDir folder;
    const QByteArray body("{\"a\":\"\xff\"} \0", 12);
    show(body);
    m_view->findChild<QToolButton *>(u"saveBodyButton"_s)->click();
    auto *dialog = m_view->findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr);
    const QString path = folder.filePath(u"saved.txt"_s);
    emit dialog->fileSelected(path);
    dialog->close();
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), body);
}

void TestBodyView::tenMegabytesOnOneLineNeverBlockTheWindow()
{
    const QByteArray body = longJson(10'000'000);
    ShownBody shown;
    shown.body = body;
    shown.contentType = "application/json";
    LoopGap gap;
    m_view->show(shown, {});
    QTRY_VERIFY_WITH_TIMEOUT(!m_view->isBusy() && !m_view->viewer().isLoading(), 60'000);
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"opening: %1"_s.arg(gap.longest())));

    gap.restart();
    QTest::keyClick(&m_view->viewer(), Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY(m_view->viewer().firstVisibleLine() > 1000);
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"its end: %1"_s.arg(gap.longest())));

    gap.restart();
    m_view->showPage(BodyView::RawPage);
    QTRY_VERIFY_WITH_TIMEOUT(!m_view->viewer().isLoading(), 60'000);
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"raw: %1"_s.arg(gap.longest())));

    gap.restart();
    m_view->findChild<QToolButton *>(u"findButton"_s)->click();
    m_view->findChild<QLineEdit *>(u"findEdit"_s)->setText(u"NEEDLE"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_view->findChild<QLabel *>(u"findCount"_s)->text(), u"1 of 1"_s,
                              60'000);
    QTest::keyClick(&m_view->viewer(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"needle"_s);
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"find: %1"_s.arg(gap.longest())));

    gap.restart();
    m_view->showPage(BodyView::TreePage);
    auto *tree = m_view->findChild<QTreeView *>(u"viewTree"_s);
    tree->expand(tree->model()->index(0, 0));
    QTRY_VERIFY(tree->model()->rowCount(tree->model()->index(0, 0)) >= 1000);
    tree->verticalScrollBar()->setValue(tree->verticalScrollBar()->maximum());
    QCoreApplication::sendPostedEvents();
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"tree: %1"_s.arg(gap.longest())));

    gap.restart();
    m_view->showNothing({});
    QTRY_VERIFY(m_view->viewer().content().isEmpty());
    QVERIFY2(gap.longest() < LongestGap, qPrintable(u"another: %1"_s.arg(gap.longest())));
}

QTEST_MAIN(TestBodyView)
#include "tst_bodyview.moc"
