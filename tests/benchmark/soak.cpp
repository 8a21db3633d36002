// Whether anything grows that should not: a process trains for hours, the real window follows its
// file, scrubs at random and asks the model questions. README.md says how to run it.
#include "app/gui/engine_loader.h"
#include "core/base/process_memory.h"
#include "core/base/random.h"
#include "ui/circuit/circuit_view.h"
#include "ui/tryit/next_word_bars.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int endless = 1'000'000; // steps
constexpr double megabyte = 1e6;

/// What /proc says another process holds, in bytes; 0 where it has gone.
std::int64_t resident_memory_of(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QFile::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong() * 1024;
    return 0;
}

/// Memory by the minute, of one of the two processes.
class Course
{
public:
    explicit Course(const char* name)
        : name_(name)
    {
    }
    void add(std::int64_t bytes) { megabytes_.push_back(static_cast<double>(bytes) / megabyte); }
    double last() const { return megabytes_.empty() ? 0 : megabytes_.back(); }
    /// The mean of the last tenth against that of the tenth after the first quarter, which is the
    /// warm-up.
    void report() const
    {
        const std::size_t count = megabytes_.size();
        const std::size_t tenth = std::max<std::size_t>(1, count / 10);
        if (count < 4 * tenth)
            return;
        const auto mean = [&](std::size_t first) {
            double sum = 0;
            for (std::size_t i = first; i < first + tenth; ++i)
                sum += megabytes_[i];
            return sum / static_cast<double>(tenth);
        };
        const double warm = mean(count / 4);
        const double end = mean(count - tenth);
        std::printf("%s: %.1f MB after the warm-up, %.1f MB at the end: %+.2f %%\n", name_, warm,
            end, 100 * (end - warm) / warm);
    }

private:
    const char* name_;
    std::vector<double> megabytes_;
};

class Soak
{
public:
    /// `interval`: between two actions, in milliseconds.
    Soak(MainWindow& window, const QProcess& training, int interval)
        : window_(window)
        , training_(training)
    {
        QObject::connect(&actions_, &QTimer::timeout, [this] { act(); });
        QObject::connect(&minutes_, &QTimer::timeout, [this] { note(); });
        actions_.start(interval);
        minutes_.start(60'000);
    }
    void report() const
    {
        of_training_.report();
        of_window_.report();
        std::printf("%d iterations scrubbed to, %d of %d questions answered\n", scrubbed_,
            answered_, asked_);
    }
    int answered() const { return answered_; }

private:
    void act()
    {
        Playback& playback = window_.playback();
        if (playback.count() == 0 || reading_the_answer())
            return;
        playback.go_to(
            static_cast<int>(random_.below(static_cast<std::uint64_t>(playback.count()))));
        ++scrubbed_;
        CircuitView& view = *window_.findChild<CircuitView*>();
        switch (scrubbed_ % 20) {
        case 3:
            view.zoom_by(scrubbed_ % 40 == 3 ? 1.25 : 0.8, view.rect().center());
            break;
        case 7:
            ask();
            break;
        case 11:
            view.editor().choose_colors(
                scrubbed_ % 40 == 11 ? ColorChoice::since_start : ColorChoice::since_previous);
            break;
        case 15: {
            const Circuit& circuit = view.circuit().circuit();
            if (!circuit.empty())
                view.editor().select(
                    { { view.scene().graph->edge(circuit.front().edge).source }, {} });
            break;
        }
        default:
            break;
        }
    }

    /// Types another sentence under “Try it”, as somebody would.
    void ask()
    {
        static constexpr std::array sentences{ "The dogs", "The dog", "A child near the boats",
            "The women", "Every girl" };
        auto* text = window_.findChild<QLineEdit*>(QStringLiteral("tryItText"));
        text->setText(QString::fromLatin1(sentences[random_.below(sentences.size())]));
        ++asked_;
        waited_ = 0;
    }

    /// Whoever asks waits for the answer before going on: the text is asked about after a moment in
    /// which nobody types, and what stood there before is dimmed until then.
    bool reading_the_answer()
    {
        constexpr int settling = 4;
        constexpr int patience = 240;
        if (!waited_)
            return false;
        const auto* bars = window_.findChild<NextWordBars*>();
        const bool answered = ++*waited_ > settling && bars->isEnabled() && !bars->words().empty();
        answered_ += answered ? 1 : 0;
        if (answered || *waited_ > patience)
            waited_.reset();
        return waited_.has_value();
    }

    void note()
    {
        of_training_.add(resident_memory_of(training_.processId()));
        of_window_.add(resident_memory());
        std::printf("minute %d: training %.1f MB, window %.1f MB, %d iterations, %d of %d questions "
                    "answered\n",
            ++minute_, of_training_.last(), of_window_.last(), window_.playback().count(),
            answered_, asked_);
        std::fflush(stdout);
    }

    MainWindow& window_;
    const QProcess& training_;
    QTimer actions_;
    QTimer minutes_;
    Course of_training_{ "training" };
    Course of_window_{ "window" };
    Random random_{ 1 };
    int minute_ = 0;
    int scrubbed_ = 0;
    int asked_ = 0;
    int answered_ = 0;
    std::optional<int> waited_; ///< actions left out since the question under way was asked
};

struct Choices
{
    int minutes = 240;
    int steps = endless; ///< of the training
    int interval = 250; ///< between two actions, in milliseconds
};

int soak(const char* program, const Choices& choices)
{
    const QString programs = QFileInfo(QString::fromLocal8Bit(program)).absolutePath();
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("soak.loom"));
    QProcess training;
    training.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    training.start(programs + QStringLiteral("/circuitloom-cli"),
        { QStringLiteral("tune"), QStringLiteral("--preset"), QStringLiteral("sv-disagreement"),
            QStringLiteral("--set"), QStringLiteral("run.steps=%1").arg(choices.steps),
            QStringLiteral("-o"), file });
    QElapsedTimer clock;
    clock.start();
    while (!QFile::exists(file) && clock.elapsed() < 300'000)
        training.waitForReadyRead(200);

    // As many models as fill it within minutes; by default it would fill for hours.
    const EngineOptions options{ .model_cache_bytes = std::int64_t{ 64 } << 20 };
    MainWindow window(
        [&] { return load_engine(programs.toStdString(), options); }, folder.path());
    window.resize(1400, 900);
    window.show();
    // On a small screen it is hidden at first.
    window.findChild<QDockWidget*>(QStringLiteral("tryItDock"))->show();
    window.open_file(file);
    Soak running(window, training, choices.interval);
    // quit() would ask about what is open.
    QTimer::singleShot(choices.minutes * 60'000, qApp, [] { QCoreApplication::exit(); });
    QApplication::exec();
    running.report();
    const bool trained_on
        = training.state() == QProcess::Running || choices.steps != endless;
    training.terminate();
    training.waitForFinished(60'000);
    if (!trained_on)
        std::puts("The training had ended before.");
    if (running.answered() == 0)
        std::puts("No question was answered.");
    return trained_on && running.answered() > 0 ? 0 : 1;
}

} // namespace

} // namespace circuitloom::ui

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setApplicationName(QStringLiteral("Circuitloom soak"));
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    circuitloom::ui::Choices choices;
    int* const fields[] = { &choices.minutes, &choices.steps, &choices.interval };
    for (int i = 1; i < std::min<int>(argc, 1 + std::size(fields)); ++i)
        *fields[i - 1] = std::max(1, QString::fromLocal8Bit(argv[i]).toInt());
    return circuitloom::ui::soak(argv[0], choices);
}
