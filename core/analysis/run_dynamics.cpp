#include "core/analysis/run_dynamics.h"

#include "core/base/error.h"
#include "core/base/measure.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t piece = 128; ///< iterations read at once: one by one costs far more

/// Calls use(record, circuit) for each of `records`, in their order.
template <class Use>
void for_each_circuit(const ExperimentReader& reader, RunId run,
    std::span<const IterationRecord> records, const Use& use)
{
    while (!records.empty()) {
        const auto now = records.first(std::min(records.size(), piece));
        std::vector<Circuit> circuits = reader.circuits(run, now.front().index, now.back().index);
        if (circuits.size() != now.size())
            throw ResourceError(reader.file().string()
                + " changed while it was read: iterations of run " + std::to_string(run.value)
                + " are gone.");
        for (std::size_t i = 0; i < now.size(); ++i)
            use(now[i], std::move(circuits[i]));
        records = records.subspan(now.size());
    }
}

RunEnds read_ends(const ExperimentReader& reader, RunId run,
    const std::vector<IterationRecord>& records, int window)
{
    RunEnds ends;
    ends.iterations = static_cast<int>(records.size());
    const auto each = static_cast<std::size_t>(circuits_of_an_end(ends.iterations, window));
    const auto keep_in = [](std::vector<Circuit>& end) {
        return [&end](const IterationRecord&, Circuit circuit) { end.push_back(std::move(circuit)); };
    };
    const std::span all(records);
    for_each_circuit(reader, run, all.first(each), keep_in(ends.first));
    for_each_circuit(reader, run, all.last(each), keep_in(ends.last));
    return ends;
}

LayerFlow flow_of(const ComputationalGraph& graph, const std::vector<Circuit>& circuits)
{
    LayerFlow flow(graph.shape().layers);
    for (const Circuit& circuit : circuits)
        flow.add(graph, circuit);
    return flow;
}

struct Series
{
    std::string suite;
    std::string measure;
    int items = 0;
    std::vector<CurvePoint> points;
};

// By suite and measure, in the order in which they were first evaluated.
std::vector<Series> series_of(const std::vector<EvaluationRecord>& evaluations)
{
    std::vector<Series> found;
    std::map<std::pair<std::string, std::string>, std::size_t> place;
    for (const EvaluationRecord& record : evaluations) {
        const auto [at, fresh] = place.try_emplace({ record.suite, record.measure }, found.size());
        if (fresh)
            found.push_back({ record.suite, record.measure, record.items, {} });
        found[at->second].points.push_back({ static_cast<double>(record.step), record.value });
    }
    return found;
}

using Iterations = std::vector<IterationDynamics>;

// The first of those that are nearest to `step`; steps rise.
Iterations::const_iterator nearest_to(const Iterations& iterations, int step)
{
    const auto first_from = [&](int least) {
        return std::ranges::lower_bound(iterations, least, {}, &IterationDynamics::step);
    };
    const auto after = first_from(step);
    if (after == iterations.begin())
        return after;
    const int before = std::prev(after)->step;
    return after == iterations.end() || step - before <= after->step - step ? first_from(before)
                                                                            : after;
}

// The mean position of up to `window` iterations around `step`; where they are an even number, one
// more of those after it.
std::optional<CurvePoint> position_at(const Iterations& iterations, int step, int window)
{
    const auto nearest = nearest_to(iterations, step);
    const auto middle = nearest - iterations.begin();
    const auto end = std::min<std::ptrdiff_t>(
        middle + window / 2 + 1, static_cast<std::ptrdiff_t>(iterations.size()));
    double sum = 0;
    int count = 0;
    for (auto i = std::max<std::ptrdiff_t>(0, middle - (window - 1) / 2); i < end; ++i)
        if (const auto& position = iterations[static_cast<std::size_t>(i)].position) {
            sum += *position;
            ++count;
        }
    if (count == 0)
        return std::nullopt;
    return CurvePoint{ static_cast<double>(step), sum / count };
}

std::vector<CurvePoint> positions_of(
    const Iterations& iterations, const std::set<int>& steps, int window)
{
    std::vector<CurvePoint> found;
    for (const int step : steps)
        if (const auto point = position_at(iterations, step, window))
            found.push_back(*point);
    return found;
}

CapabilityMovement capability_of(const Series& series, const std::optional<Movement>& circuit)
{
    CapabilityMovement found{ series.suite, series.measure, series.items, movement(series.points),
        std::nullopt, std::nullopt };
    if (!found.movement)
        return found;
    if (circuit)
        found.lag = found.movement->halfway_step - circuit->halfway_step;
    const double a = found.movement->first;
    const double b = found.movement->farthest;
    const bool of_shares = measure_named(series.measure).notation == Notation::percent;
    const auto is_share = [](double value) { return value >= 0 && value <= 1; };
    if (of_shares && series.items > 0 && is_share(a) && is_share(b))
        found.noise = 2 * std::sqrt((a * (1 - a) + b * (1 - b)) / series.items);
    return found;
}

} // namespace

RunDynamics run_dynamics(const ExperimentReader& reader, RunId run, const DynamicsOptions& options)
{
    RunDynamics found;
    found.run = reader.run(run);
    found.window = options.window;
    const std::vector<IterationRecord> records = reader.iterations(run);
    if (records.empty())
        throw InputError("Run " + std::to_string(run.value) + " of " + reader.file().string()
            + " has no iterations, so there is no circuit whose changes could be told.");
    const ComputationalGraph graph(found.run.description.shape, found.run.description.graph);

    const RunEnds ends = read_ends(reader, run, records, options.window);
    found.ends = end_distances(ends);
    found.first_flow = flow_of(graph, ends.first);
    found.last_flow = flow_of(graph, ends.last);

    CircuitDynamics dynamics(graph, ends, options.window, options.parts);
    std::vector<int> all_steps;
    for (const IterationRecord& record : records)
        all_steps.push_back(record.step);
    EdgeTrends trends(std::move(all_steps), options.parts);
    Circuit first;
    Circuit newest;
    std::set<int> steps;
    for_each_circuit(reader, run, records, [&](const IterationRecord& record, Circuit circuit) {
        newest = std::move(circuit);
        if (found.iterations.empty())
            first = newest;
        found.iterations.push_back(dynamics.add(record.step, newest));
        trends.add(newest);
        steps.insert(record.step);
        if (options.progress)
            options.progress(
                static_cast<int>(found.iterations.size()), static_cast<int>(records.size()));
    });
    const Components components(graph);
    found.first_to_last = circuit_diff(graph, components, first, newest);
    if (const Circuit reference = reader.reference_circuit(run); !reference.empty()) {
        found.reference_to_first = circuit_diff(graph, components, reference, first);
        found.reference_to_last = circuit_diff(graph, components, reference, newest);
    }
    found.lives = dynamics.lives().lives();
    found.part_starts = dynamics.courses().part_starts();
    found.courses = dynamics.courses().courses();
    found.flow = dynamics.flow();
    found.trends = trends.trends();
    found.by_chance = trends.by_chance();

    const std::vector<EvaluationRecord> evaluations = reader.evaluations(run);
    if (!evaluations.empty())
        steps.clear();
    for (const EvaluationRecord& record : evaluations)
        steps.insert(record.step);
    found.positions = positions_of(found.iterations, steps, options.window);
    found.circuit = movement(found.positions);
    for (const Series& series : series_of(evaluations))
        found.capabilities.push_back(capability_of(series, found.circuit));
    return found;
}

} // namespace circuitloom
