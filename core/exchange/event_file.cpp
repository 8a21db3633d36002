#include "core/exchange/event_file.h"

#include "core/exchange/event_records.h"
#include "core/run/run_measures.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <vector>

namespace circuitloom {

namespace {

struct Scalar
{
    int step = 0;
    std::string tag;
    double value = 0;
};

/// When a step was taken, as far as the iterations tell: seconds after the run's beginning.
class Clock
{
public:
    explicit Clock(const std::vector<IterationRecord>& iterations)
    {
        double passed = 0;
        for (const IterationRecord& iteration : iterations) {
            passed += std::isfinite(iteration.seconds) ? iteration.seconds : 0;
            known_.push_back({ iteration.step, passed });
        }
    }

    double at(int step) const
    {
        const auto after = std::ranges::upper_bound(known_, step, {}, &Known::step);
        return after == known_.begin() ? 0 : (after - 1)->seconds;
    }

private:
    struct Known
    {
        int step = 0;
        double seconds = 0;
    };
    std::vector<Known> known_;
};

std::vector<Scalar> scalars_of(const ExperimentReader& reader, const RunSummary& run,
    const std::vector<IterationRecord>& iterations)
{
    std::vector<Scalar> all;
    const std::string metric = "train/" + std::string(metric_of(run.description).name);
    for (const StepRecord& step : reader.steps(run.id)) {
        all.push_back({ step.step, "train/loss", step.loss });
        all.push_back({ step.step, metric, step.metric });
        all.push_back({ step.step, "train/learning-rate", step.learning_rate });
    }
    for (const IterationRecord& iteration : iterations) {
        all.push_back({ iteration.step, "circuit/tunable-share", iteration.tunable_ratio });
        all.push_back({ iteration.step, "circuit/edges", static_cast<double>(iteration.edges) });
        if (iteration.index.value > 0 && iteration.edges > 0)
            all.push_back({ iteration.step, "circuit/turnover",
                static_cast<double>(iteration.entered) / iteration.edges });
    }
    for (const EvaluationRecord& figure : reader.evaluations(run.id))
        all.push_back({ figure.step, figure.suite + "/" + figure.measure, figure.value });
    std::erase_if(all, [](const Scalar& scalar) { return !std::isfinite(scalar.value); });
    std::ranges::stable_sort(all, {}, &Scalar::step);
    return all;
}

} // namespace

std::string run_to_events(const ExperimentReader& reader, const RunSummary& run)
{
    const std::vector<IterationRecord> iterations = reader.iterations(run.id);
    const Clock clock(iterations);
    const auto begun = static_cast<double>(run.created);
    std::string bytes = event_file_beginning(begun);
    for (const Scalar& scalar : scalars_of(reader, run, iterations))
        bytes += scalar_event(begun + clock.at(scalar.step), scalar.step, scalar.tag,
            static_cast<float>(scalar.value));
    return bytes;
}

std::string event_file_name(const RunSummary& run)
{
    std::string folder = std::to_string(run.id.value) + "-";
    for (const char letter : run.description.name) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool plain = byte < 0x80 && std::isalnum(byte);
        if (plain || !folder.ends_with('-'))
            folder += plain ? letter : '-';
    }
    return folder + "/events.out.tfevents." + std::to_string(run.created) + ".circuitloom";
}

} // namespace circuitloom
