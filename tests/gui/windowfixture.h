#pragma once

#include "app/workbench.h"
#include "ui/mainwindow.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>

#include <memory>

namespace icebreaker::test {

/// The whole program on a folder of its own: real window, journal, sandbox and sockets.
class WindowFixture
{
public:
    /// Starts the program, as a person does. Again after quit() on the same folder.
    [[nodiscard]] bool start()
    {
        m_bench = std::make_unique<Workbench>(Workbench::Options{folder(), false});
        m_bench->sandbox().setCallbackSpeed(20);
        const QSignalSpy ready(m_bench.get(), &Workbench::ready);
        m_bench->start();
        if (!QTest::qWaitFor([&] { return !ready.isEmpty(); })
            || !QTest::qWaitForWindowExposed(m_bench->window()))
            return false;
        QApplication::setActiveWindow(m_bench->window()); // there is no window manager to do it
        return true;
    }
    void quit()
    {
        m_bench->window()->close();
        m_bench.reset();
    }
    /// Without the courtesy of closing the window.
    void crash() { m_bench.reset(); }

    [[nodiscard]] QString folder() const { return m_dir.filePath(QStringLiteral("data")); }
    Workbench &bench() { return *m_bench; }
    MainWindow &window() { return *m_bench->window(); }

    template <typename T>
    [[nodiscard]] T *find(const char *name)
    {
        auto *widget = window().findChild<T *>(QLatin1String(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }

    void type(const char *edit, const QString &text)
    {
        auto *field = find<QLineEdit>(edit);
        field->setFocus();
        field->selectAll();
        if (text.isEmpty())
            QTest::keyClick(field, Qt::Key_Delete);
        else
            QTest::keyClicks(field, text);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&window(), key, modifiers);
    }
    void click(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }

    [[nodiscard]] QAbstractItemModel &log() { return *find<QTableView>("logView")->model(); }
    /// A cell of the log, by its heading.
    [[nodiscard]] QString logCell(int row, const QString &heading)
    {
        for (int column = 0; column < log().columnCount(); ++column) {
            if (log().headerData(column, Qt::Horizontal).toString() == heading)
                return log().index(row, column).data().toString();
        }
        return {};
    }
    [[nodiscard]] QString result(int row) { return logCell(row, QStringLiteral("Result")); }
    [[nodiscard]] QString text(const char *label) { return find<QLabel>(label)->text(); }
    [[nodiscard]] QString explanation() { return find<QTextBrowser>("explainView")->toPlainText(); }

    /// Does @p act as soon as the next modal dialog is open.
    template <typename Dialog, typename Act>
    void whenDialogOpens(Act act)
    {
        auto *timer = new QTimer(m_bench.get());
        QObject::connect(timer, &QTimer::timeout, timer, [timer, act] {
            auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget());
            if (dialog == nullptr)
                return;
            timer->deleteLater();
            timer->stop();
            act(*dialog);
        });
        timer->start(10);
    }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Workbench> m_bench;
};

} // namespace icebreaker::test
