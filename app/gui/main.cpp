#include "app/gui/display.h"
#include "app/gui/engine_loader.h"
#include "app/gui/export_command.h"
#include "app/gui/first_paint.h"
#include "app/gui/named_files.h"
#include "app/gui/opengl_check.h"
#include "app/gui/printed_text.h"
#include "app/gui/report_command.h"
#include "app/gui/termination.h"
#include "app/gui/window_options.h"
#include "app/gui/window_reference.h"
#include "core/base/error.h"
#include "core/layout/dot_process.h"
#include "ui/base/file_path.h"
#include "ui/base/guarded_application.h"
#include "ui/base/translations.h"
#include "ui/settings/preferences.h"
#include "ui/window/main_window.h"

#include <QElapsedTimer>
#include <QIcon>
#include <QLoggingCategory>
#include <QSettings>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTimer>

#include <clocale>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <future>
#include <iostream>
#include <string>

namespace {

bool asks_for(int argc, char** argv, const char* word)
{
    return argc > 1 && std::strcmp(argv[1], word) == 0;
}

int show_window(
    circuitloom::ui::GuardedApplication& app, const circuitloom::WindowOptions& wanted,
    const QElapsedTimer& since_start)
{
    const std::filesystem::path folder = QCoreApplication::applicationDirPath().toStdString();
    const QString experiments = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QStringLiteral("/experiments");
    const circuitloom::ui::Preferences preferences
        = circuitloom::ui::read_preferences(QSettings()).preferences;
    // LibTorch and its linear algebra both read it as they are loaded; who starts the program with a
    // number of threads has chosen already.
    if (preferences.threads > 0 && !qEnvironmentVariableIsSet("OMP_NUM_THREADS"))
        qputenv("OMP_NUM_THREADS", QByteArray::number(preferences.threads));
    const circuitloom::EngineOptions options{
        .model_cache_bytes = std::int64_t{ preferences.model_cache_mb } << 20 };
    // While the engine's libraries load, the dynamic linker lets no other thread open one, as Qt
    // does for the first window: so the engine waits until that is on the screen.
    std::promise<void> window_is_up;
    const std::shared_future<void> may_load = window_is_up.get_future().share();
    circuitloom::ui::MainWindow window(
        [folder, options, may_load] {
            may_load.wait();
            return circuitloom::load_engine(folder, options);
        },
        experiments);
    app.set_tell([&window](const circuitloom::ui::GuardedApplication::Failure& failure) {
        window.show_failure(failure.sentence, failure.details);
    });
    // The window's end stops a run at its next step, with its checkpoint.
    const circuitloom::Termination termination([] { QCoreApplication::exit(0); });
    circuitloom::OpenGlCheck opengl([&window] { window.use_opengl(); });
    const circuitloom::FirstPaint first_paint(window, [&] {
        window_is_up.set_value();
        if (wanted.timed)
            std::fprintf(stderr, "window painted after %lld ms\n",
                static_cast<long long>(since_start.elapsed()));
        opengl.begin();
    });
    window.show();
    QTimer::singleShot(
        0, &window, [&window, files = wanted.files] { circuitloom::open_named(window, files); });
    const int result = app.exec();
    app.set_tell({}); // the window is about to go
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer since_start;
    since_start.start();
    QCoreApplication::setApplicationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CIRCUITLOOM_VERSION));
    if (asks_for(argc, argv, "--version"))
        return circuitloom::print_whole("circuitloom " CIRCUITLOOM_VERSION "\n");
    if (asks_for(argc, argv, "--help") || asks_for(argc, argv, "-h"))
        return circuitloom::print_whole(circuitloom::help_text().c_str());
    if (asks_for(argc, argv, "man"))
        return circuitloom::print_man_page(argv[2]);
    if (asks_for(argc, argv, "completion"))
        return circuitloom::print_completion(argv[2]);
    // How the window asks Graphviz, which can neither be stopped nor trusted to come back: see
    // core/layout/dot_process.h. Nobody types it.
    if (asks_for(argc, argv, circuitloom::dot_process_argument))
        return circuitloom::run_dot_process(std::cin, std::cout);
    const bool exports = asks_for(argc, argv, "export");
    const bool reports = asks_for(argc, argv, "report");
    if (exports || reports) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // Qt's remarks on the surroundings (no XDG_RUNTIME_DIR) are no errors of these.
        QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
    }
    if (const std::string missing = circuitloom::missing_display(argc, argv); !missing.empty()) {
        std::fputs(missing.c_str(), stderr);
        return 1;
    }

    circuitloom::ui::GuardedApplication app(argc, argv);
    // Qt has the C library write numbers as the user's language does, in which a decimal may have a
    // comma. Our own code asks it for none, libraries do.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (asks_for(argc, argv, circuitloom::opengl_check_option))
        return circuitloom::check_opengl();
    QStringList arguments; // as QApplication::arguments(), but with names of files as they are
    for (int i = 0; i < argc; ++i)
        arguments << circuitloom::ui::file_text(argv[i]);
    if (exports || reports) {
        // Scripts get the same pictures whatever the language of who runs them.
        circuitloom::ui::install_translations(QStringLiteral("en"));
        arguments.removeAt(1);
        return exports ? circuitloom::run_export_command(arguments)
                       : circuitloom::run_report_command(arguments);
    }
    circuitloom::WindowOptions wanted;
    try {
        wanted = circuitloom::window_options(arguments.mid(1));
    } catch (const circuitloom::InputError& wrong) {
        std::fprintf(stderr, "circuitloom: %s\n", wrong.what());
        return 1;
    }
    circuitloom::ui::install_translations(wanted.language);
    Q_INIT_RESOURCE(program);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/circuitloom/circuitloom.svg")));
    QApplication::setDesktopFileName(QStringLiteral("circuitloom"));
    return show_window(app, wanted, since_start);
}
