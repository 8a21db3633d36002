#include "ui/session/circuit_curves.h"

#include "core/analysis/run_dynamics.h"
#include "core/base/error.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"

#include <algorithm>
#include <filesystem>
#include <string>

namespace circuitloom::ui {

namespace {

struct Read
{
    std::shared_ptr<CircuitCurves> curves; ///< null where it failed, or was stopped
    std::string failure;
};

Read read_curves(const std::filesystem::path& file, RunId run, const std::atomic<bool>& stop)
{
    DynamicsOptions options;
    options.progress = [&stop](int, int) {
        if (stop)
            throw Cancelled("The curves of the circuits are not wanted any more.");
    };
    try {
        const RunDynamics dynamics = run_dynamics(ExperimentReader(file), run, options);
        auto curves = std::make_shared<CircuitCurves>();
        curves->iterations = static_cast<int>(dynamics.iterations.size());
        for (const IterationDynamics& at : dynamics.iterations) {
            const double step = at.step;
            if (at.change)
                curves->distance.push_back({ step, at.change->distance });
            if (at.position)
                curves->position.push_back({ step, *at.position });
            if (at.entropy)
                curves->entropy.push_back({ step, *at.entropy });
        }
        return { std::move(curves), {} };
    } catch (const Cancelled&) {
        return {};
    } catch (const Error& error) {
        return { {}, error.what() };
    }
}

} // namespace

CircuitCurvesReader::~CircuitCurvesReader()
{
    stop();
}

void CircuitCurvesReader::open(const QString& file)
{
    if (file == file_)
        return;
    stop();
    file_ = file;
    wanted_.clear();
}

void CircuitCurvesReader::stop()
{
    if (stop_)
        *stop_ = true;
    stop_.reset();
}

void CircuitCurvesReader::want(RunId run, int iterations, bool growing)
{
    Wanted& wanted = wanted_[run];
    wanted.iterations = iterations;
    wanted.growing = growing;
    read_next();
}

std::shared_ptr<const CircuitCurves> CircuitCurvesReader::known(RunId run) const
{
    const auto found = wanted_.find(run);
    return found == wanted_.end() ? nullptr : found->second.curves;
}

bool CircuitCurvesReader::is_due(const Wanted& wanted)
{
    if (wanted.failed || wanted.iterations == 0)
        return false;
    if (!wanted.curves)
        return true;
    const int more = wanted.iterations - wanted.curves->iterations;
    if (more < 0) // it went on from an earlier place
        return true;
    return wanted.growing ? more > wanted.curves->iterations / 20 : more > 0;
}

void CircuitCurvesReader::read_next()
{
    const auto due = std::ranges::find_if(
        wanted_, [](const auto& entry) { return is_due(entry.second); });
    if (stop_ || file_.isEmpty() || due == wanted_.end())
        return;
    stop_ = std::make_shared<std::atomic<bool>>(false);
    in_background(
        this,
        [file = path_of(file_), run = due->first, stop = stop_] {
            return read_curves(file, run, *stop);
        },
        [this, run = due->first, stop = stop_](const Read& read) {
            if (stop != stop_)
                return; // of a file that was left
            stop_.reset();
            Wanted& wanted = wanted_[run];
            if (read.curves)
                wanted.curves = read.curves;
            else
                wanted.failed = true;
            read_next();
            if (read.curves)
                Q_EMIT grown();
            else
                Q_EMIT failed(QString::fromStdString(read.failure));
        });
}

} // namespace circuitloom::ui
