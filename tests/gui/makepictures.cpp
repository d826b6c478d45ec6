#include "gui/windowfixture.h"

#include "app/translations.h"
#include "listen/sandboxrecipients.h"
#include "store/journal.h"
#include "ui/batchpage.h"
#include "ui/inboxdialog.h"
#include "ui/theme.h"

#include <QPainter>
#include <QTabWidget>
#include <QTextStream>

using namespace icebreaker;
using namespace icebreaker::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int WidestPicture = 760; // px, what a page of the manual shows at once

/// Takes the manual's pictures from the real window, on the sandbox.
class Pictures
{
public:
    Pictures(QString folder, bool isDark)
        : m_folder(std::move(folder))
        , m_scheme(isDark ? theme::Scheme::Dark : theme::Scheme::Light)
    { }

    bool make()
    {
        if (!m_window.start())
            return false;
        theme::apply(*qApp, m_scheme);
        m_window.window().resize(1360, 880);
        m_window.bench().sandbox().setLimit(0);
        const bool made =
            sends() && window() && form() && log() && explain() && palette() && inbox() && batch();
        m_window.quit();
        return made;
    }

private:
    /// Sends to @p number and waits for its end.
    bool sendTo(const QString &number)
    {
        const int before = m_window.log().rowCount();
        m_window.type("toEdit", number);
        QSignalSpy finished(&m_window.window().sender(), &SendController::finished);
        m_window.find<QAction>("sendAction")->trigger();
        return QTest::qWaitFor(
            [&] { return !finished.isEmpty() && m_window.log().rowCount() == before + 1; });
    }

    bool sends()
    {
        const QStringList numbers{u"+44 7700 900604"_s, u"+44 7700 900606"_s, u"+44 7700 900444"_s,
                                  u"+44 7700 900429"_s, u"+44 7700 900404"_s, u"+44 7700 900401"_s,
                                  u"+44 7700 900001"_s};
        for (const QString &number : numbers) {
            if (!sendTo(number))
                return false;
        }
        return QTest::qWaitFor([&] { return m_window.logCell(0, u"Delivery"_s) == u"read"_s; });
    }

    void select(int row)
    {
        auto *view = m_window.find<QTableView>("logView");
        view->setFocus();
        view->selectRow(row);
    }

    bool window()
    {
        select(0);
        return settle() && save(m_window.window().grab(), u"window"_s);
    }

    bool form()
    {
        m_window.type("toEdit", u"+44 7946 000958"_s);
        m_window.find<QLineEdit>("agentEdit")->setFocus();
        if (!settle())
            return false;
        const QPixmap page = m_window.find<QWidget>("ComposerPage")->grab();
        const bool saved = save(page.copy(0, 0, page.width(), qMin(page.height(), 440)), u"form"_s);
        m_window.type("toEdit", u"+44 7700 900001"_s);
        return saved;
    }

    bool log()
    {
        m_window.type("filterEdit", u"outcome:unknown,refused"_s);
        if (!QTest::qWaitFor([&] { return m_window.log().rowCount() == 3; }) || !settle())
            return false;
        const bool saved = save(m_window.find<QWidget>("LogPanel")->grab(), u"log"_s);
        m_window.type("filterEdit", {});
        return saved && QTest::qWaitFor([&] { return m_window.log().rowCount() == 7; });
    }

    bool explain()
    {
        select(2);
        if (!QTest::qWaitFor([&] { return m_window.explanation().contains(u"published"_s); }))
            return false;
        return settle() && save(m_window.find<QWidget>("DetailPane")->grab(), u"explain"_s);
    }

    bool palette()
    {
        m_window.press(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(m_window.find<QLineEdit>("paletteEdit"), u"co"_s);
        const bool saved =
            settle() && save(m_window.find<QWidget>("commandPalette")->grab(), u"palette"_s);
        QTest::keyClick(m_window.find<QLineEdit>("paletteEdit"), Qt::Key_Escape);
        return saved;
    }

    bool inbox()
    {
        bool saved = false;
        m_window.whenDialogOpens<InboxDialog>([&](InboxDialog &dialog) {
            saved = save(dialog.grab(), u"inbox"_s);
            dialog.reject();
        });
        m_window.find<QAction>("inboxAction")->trigger();
        return saved;
    }

    bool batch()
    {
        QFile sheet(m_window.folder() + u"/June pilot.csv"_s);
        if (!sheet.open(QIODevice::WriteOnly))
            return false;
        sheet.write("phone,first_name,order\n447700900101,Marta,A-1043\n447700900102,Jo,A-1044\n"
                    "07700 900103,Ana,A-1045\n447700900104,,A-1046\n447700900101,Marta,A-1043\n");
        sheet.close();
        auto *page = m_window.find<BatchPage>("BatchPage");
        m_window.find<QTabWidget>("pages")->setCurrentWidget(page);
        page->openFile(sheet.fileName());
        auto *start = m_window.find<QPushButton>("startBatchButton");
        if (!QTest::qWaitFor([&] { return start->isVisible() && start->text() != u"&Start"_s; }))
            return false;
        return settle() && save(page->grab(), u"batch"_s);
    }

    /// What reads the journal has read it.
    bool settle()
    {
        const QFuture<Result<qint64>> count = m_window.bench().journal().count();
        return QTest::qWaitFor([&count] { return count.isFinished(); });
    }

    bool save(const QPixmap &picture, const QString &name) const
    {
        QImage image = picture.toImage();
        if (image.width() > WidestPicture)
            image = image.scaledToWidth(WidestPicture, Qt::SmoothTransformation);
        QPainter painter(&image);
        painter.setPen(QColor(0xc3, 0xc8, 0xcf));
        painter.drawRect(image.rect().adjusted(0, 0, -1, -1));
        painter.end();
        const QString file = m_folder + u'/' + name + u".png"_s;
        QTextStream(stdout) << file << Qt::endl;
        return image.save(file);
    }

    WindowFixture m_window;
    QString m_folder;
    theme::Scheme m_scheme;
};

} // namespace

/// Usage: makepictures FOLDER [dark]
int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    installTranslations(app);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2)
        return 2;
    Pictures pictures(arguments.at(1), arguments.contains(u"dark"_s));
    return pictures.make() ? 0 : 1;
}
