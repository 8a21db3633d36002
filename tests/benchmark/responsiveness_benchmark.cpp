// How long the window's event loop is ever kept from its next event, and how soon a large file
// shows its last circuit; README.md says how to run it. Looked at, never tested.
#include "app/gui/engine_loader.h"
#include "core/base/random.h"
#include "core/store/run_writer.h"
#include "ui/circuit/circuit_view.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int beat = 5; // milliseconds between two looks at the event loop
constexpr int action_interval = 50; // milliseconds

/// Milliseconds that this thread has computed, which other programs do not lengthen.
double processor_time()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Notes how much later than asked for the event loop comes round, and how much of that it computed.
class Watchdog
{
public:
    Watchdog()
    {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(beat);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            late_.push_back(std::max(0.0, static_cast<double>(clock_.nsecsElapsed()) / 1e6 - beat));
            computed_.push_back(processor_time() - computed_before_);
            restart();
        });
    }
    void start()
    {
        late_.clear();
        computed_.clear();
        restart();
        timer_.start();
    }
    void report()
    {
        timer_.stop();
        if (late_.empty())
            return;
        std::sort(late_.begin(), late_.end());
        std::sort(computed_.begin(), computed_.end());
        const std::size_t most = (late_.size() - 1) * 99 / 100;
        std::printf("event loop: longest stall %.1f ms, 99th percentile %.1f ms, %zu looks\n",
            late_.back(), late_[most], late_.size());
        std::printf("computed by the window's thread: longest %.1f ms, 99th percentile %.1f ms\n",
            computed_.back(), computed_[most]);
    }

private:
    void restart()
    {
        clock_.restart();
        computed_before_ = processor_time();
    }

    QTimer timer_;
    QElapsedTimer clock_;
    double computed_before_ = 0;
    std::vector<double> late_;
    std::vector<double> computed_;
};

/// Notes which deliveries of an event cost the window's thread the most.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (depth_ > 0 || !timed_)
            return QApplication::notify(receiver, event);
        const QString what = QStringLiteral("event %1 of %2")
                                 .arg(static_cast<int>(event->type()))
                                 .arg(name(receiver));
        ++depth_;
        const double before = processor_time();
        const bool handled = QApplication::notify(receiver, event);
        const double spent = processor_time() - before;
        --depth_;
        Cost& cost = costs_[what];
        cost.longest = std::max(cost.longest, spent);
        cost.all += spent;
        ++cost.times;
        return handled;
    }
    void set_timed(bool timed) { timed_ = timed; }
    void report() const
    {
        std::vector<std::pair<QString, Cost>> costs(costs_.begin(), costs_.end());
        std::sort(costs.begin(), costs.end(),
            [](const auto& a, const auto& b) { return a.second.longest > b.second.longest; });
        costs.resize(std::min(costs.size(), most_told));
        for (const auto& [what, cost] : costs)
            std::printf("%6.1f ms at most, %7.1f ms in all, %5d times: %s\n", cost.longest, cost.all,
                cost.times, qPrintable(what));
    }

private:
    struct Cost
    {
        double longest = 0; // milliseconds
        double all = 0;
        int times = 0;
    };
    static constexpr std::size_t most_told = 25;

    /// The receiver's class and name, and those of what it is in.
    static QString name(const QObject* receiver)
    {
        QStringList names;
        for (const QObject* at = receiver; at; at = at->parent())
            names << QStringLiteral("%1 %2").arg(
                QString::fromLatin1(at->metaObject()->className()), at->objectName());
        return names.join(QStringLiteral("in "));
    }

    std::map<QString, Cost> costs_;
    int depth_ = 0;
    bool timed_ = false;
};

bool wait_for(const std::function<bool()>& condition, int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, beat);
    return condition();
}

/// What somebody does who explores while a run trains, one thing at a time.
void act(MainWindow& window, CircuitView& view, int turn)
{
    Playback& playback = window.playback();
    switch (turn % 40) {
    case 20:
    case 21:
    case 22:
        view.zoom_by(turn % 2 ? 1.25 : 0.8, view.rect().center());
        return;
    case 24:
    case 28: {
        CircuitFilter filter = view.state().filter;
        filter.strongest = turn % 40 == 24 ? 10 : 0;
        view.editor().set_filter(filter);
        return;
    }
    case 30:
        view.editor().choose_colors(ColorChoice::since_start);
        return;
    case 34:
        view.editor().choose_colors(ColorChoice::since_previous);
        return;
    case 36: {
        const auto& runs = window.session().runs();
        if (!runs.empty())
            window.session().select(
                runs[static_cast<std::size_t>(turn / 40) % runs.size()].summary.id);
        return;
    }
    default:
        if (playback.count() > 0)
            playback.go_to(turn * 7 % playback.count());
    }
}

/// Every panel on the screen, those that share a place as windows of their own.
void open_all_panels(MainWindow& window)
{
    for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        if (!dock->isVisible() || !window.tabifiedDockWidgets(dock).isEmpty())
            dock->setFloating(true);
        dock->show();
    }
}

/// And what somebody does who looks into all of them.
void act_in_panels(MainWindow& window, CircuitView& view, int turn)
{
    const Circuit& circuit = view.circuit().circuit();
    if (turn % 7 == 0 && !circuit.empty()) {
        const EdgeId edge = circuit[static_cast<std::size_t>(turn) % circuit.size()].edge;
        view.editor().select({ { view.scene().graph->edge(edge).source }, {} });
    }
    if (turn % 25 == 0)
        if (auto* tabs = window.findChild<QTabBar*>(QStringLiteral("dynamicsTabs")))
            tabs->setCurrentIndex(turn / 25 % tabs->count());
}

int explore(
    TimedApplication& app, const char* program, int seconds, bool all_panels, bool costs)
{
    const QTemporaryDir folder;
    const std::string programs
        = QFileInfo(QString::fromLocal8Bit(program)).absolutePath().toStdString();
    MainWindow window([programs] { return load_engine(programs); }, folder.path());
    window.resize(1400, 900);
    window.show();
    // One run to switch to; the second trains while the minute lasts.
    RunConfig config = preset("sv-disagreement");
    config.steps = 30;
    window.start_run(config);
    if (!wait_for([&] { return !window.session().training(); }, 300'000)) {
        std::puts("The first run did not end within five minutes.");
        return 1;
    }
    config.steps = 100'000;
    window.start_run(config);
    if (!wait_for([&] { return window.session().live_run().has_value(); }, 60'000)) {
        std::puts("The second run did not begin within a minute.");
        return 1;
    }
    CircuitView& view = *window.findChild<CircuitView*>();
    Watchdog watchdog;
    QTimer actions;
    int turn = 0;
    QObject::connect(&actions, &QTimer::timeout, [&] {
        if (all_panels)
            act_in_panels(window, view, turn);
        act(window, view, turn++);
    });
    if (all_panels) {
        open_all_panels(window);
        QCoreApplication::processEvents(); // opening them is none of what is timed
    }
    app.set_timed(costs);
    watchdog.start();
    actions.start(action_interval);
    // quit() would ask whether the run in training may be stopped.
    QTimer::singleShot(seconds * 1000, qApp, [] { QCoreApplication::exit(); });
    QApplication::exec();
    app.set_timed(false);
    watchdog.report();
    app.report();
    window.session().stop_and_hold();
    return 0;
}

void write_large_file(const QString& file)
{
    constexpr int iterations = 10'000;
    constexpr int edges = 1'000;
    RunDescription run;
    run.name = "large";
    run.method = "circuit";
    run.configuration = "{}";
    run.model = "gpt2";
    run.software = "{}";
    run.steps = iterations;
    run.top_n = edges;
    run.parameters = 124'439'808;
    run.shape = { 12, 12, 12, 3072 };
    Random random(1);
    std::vector<std::int32_t> numbers;
    for (std::int32_t i = 0; i < ComputationalGraph::count_edges(run.shape, run.graph); ++i)
        numbers.push_back(i);
    random.shuffle(numbers);
    RunWriter writer(file.toStdString(), run);
    for (int i = 0; i < iterations; ++i) {
        for (int change = 0; change < 30; ++change)
            std::swap(numbers[random.below(edges)], numbers[random.below(numbers.size())]);
        Circuit circuit;
        for (std::size_t e = 0; e < edges; ++e)
            circuit.push_back({ { numbers[e] }, static_cast<float>(random.unit() - 0.5) });
        writer.add_iteration({ { i }, i, 3.0, 0.5, 0.25, 31'000'000, edges, 30, 0.5 }, circuit);
        writer.add_step({ i + 1, 3.0, 0.5, 0.01 });
    }
    writer.set_state(RunState::finished);
}

int open_large_file()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("large.loom"));
    write_large_file(file);
    MainWindow window([]() -> std::unique_ptr<TuningEngine> { return nullptr; }, folder.path());
    window.resize(1400, 900);
    window.show();
    QCoreApplication::processEvents();
    const CircuitView& view = *window.findChild<CircuitView*>();
    QElapsedTimer clock;
    clock.start();
    Watchdog watchdog;
    watchdog.start();
    window.open_file(file);
    const bool shown = wait_for([&] { return !view.scene().edges.empty(); }, 60'000);
    std::printf("last circuit of 10,000 iterations x 1,000 edges: %s after %lld ms\n",
        shown ? "shown" : "not shown", static_cast<long long>(clock.elapsed()));
    wait_for([&] { return !window.session().reading(); }, 60'000);
    watchdog.report();
    return shown ? 0 : 1;
}

} // namespace

} // namespace circuitloom::ui

int main(int argc, char** argv)
{
    circuitloom::ui::TimedApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setApplicationName(QStringLiteral("Circuitloom benchmark"));
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    if (argc > 1 && std::strcmp(argv[1], "--open") == 0)
        return circuitloom::ui::open_large_file();
    int seconds = 60;
    bool all_panels = false;
    bool costs = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--panels") == 0)
            all_panels = true;
        else if (std::strcmp(argv[i], "--costs") == 0)
            costs = true;
        else if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
            seconds = std::max(1, QString::fromLocal8Bit(argv[++i]).toInt());
    }
    return circuitloom::ui::explore(app, argv[0], seconds, all_panels, costs);
}
