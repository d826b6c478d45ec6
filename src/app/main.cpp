#include "app/demo.h"
#include "app/translations.h"
#include "app/workbench.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <optional>

using namespace Qt::StringLiterals;
using namespace icebreaker;

namespace {

struct Arguments {
    QString folder;
    bool sandbox = false;
    bool demo = false;
    QString screenshot;
};

Arguments parseArguments(const QApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate(
        "Main", "Starts WhatsApp conversations with Vonage AI Studio agents."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption folder(
        u"data-dir"_s,
        QApplication::translate("Main", "Keep everything in DIR instead of the usual places."),
        u"DIR"_s);
    const QCommandLineOption sandbox(
        u"sandbox"_s, QApplication::translate("Main", "Start on the built-in sandbox."));
    const QCommandLineOption demo(
        u"demo"_s,
        QApplication::translate("Main",
                                "Send to the sandbox by itself: once accepted, once over the "
                                "limit, once with a wrong key; then quit. Keeps nothing."));
    const QCommandLineOption screenshot(
        u"screenshot"_s,
        QApplication::translate("Main", "With --demo: save a picture of the window to FILE."),
        u"FILE"_s);
    parser.addOptions({folder, sandbox, demo, screenshot});
    parser.process(app);
    return {parser.value(folder), parser.isSet(sandbox), parser.isSet(demo),
            parser.value(screenshot)};
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"icebreaker"_s);
    QApplication::setApplicationDisplayName(u"Icebreaker"_s);
    QApplication::setApplicationVersion(u"" ICEBREAKER_VERSION ""_s);
    QApplication::setDesktopFileName(u"icebreaker"_s);
    QApplication::setWindowIcon(QIcon(u":/icebreaker/icebreaker.svg"_s));

    installTranslations(app);
    const Arguments arguments = parseArguments(app);
    std::optional<QTemporaryDir> temporary;
    QString folder = arguments.folder;
    if (arguments.demo && folder.isEmpty())
        folder = temporary.emplace().path();
    else if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);

    Workbench workbench({folder, arguments.sandbox || arguments.demo, !arguments.demo});
    std::unique_ptr<Demo> demo;
    QObject::connect(&workbench, &Workbench::ready, &app, [&] {
        if (!arguments.demo)
            return;
        demo = std::make_unique<Demo>(workbench, arguments.screenshot);
        demo->start();
    });
    workbench.start();
    return QApplication::exec();
}
