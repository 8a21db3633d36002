#include "core/analysis/run_comparison.h"
#include "core/analysis/run_dynamics.h"
#include "core/base/error.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cmath>
#include <tuple>

using namespace circuitloom;
using doctest::Approx;
using samples::TemporaryFolder;

namespace {

/// A circuit of three edges whose weight moves from the first to the second: `part` of it is there.
Circuit moved(double part)
{
    Circuit circuit{ { { 1 }, static_cast<float>(1 - part) }, { { 2 }, static_cast<float>(part) },
        { { 3 }, 0.25f } };
    std::ranges::sort(
        circuit, std::greater{}, [](const ScoredEdge& edge) { return std::abs(edge.score); });
    return circuit;
}

IterationRecord record(int index, int step, const Circuit& circuit)
{
    IterationRecord found;
    found.index = { index };
    found.step = step;
    found.tunable_ratio = 0.25 * (1 + index % 2);
    found.edges = static_cast<int>(circuit.size());
    return found;
}

/// 21 iterations, one every second step; the circuit moves between steps 20 and 24.
RunId write_run(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description("moves"));
    for (int i = 0; i <= 20; ++i) {
        const Circuit circuit = moved(std::clamp((i - 9) / 4.0, 0.05, 0.95));
        writer.add_iteration(record(i, 2 * i, circuit), circuit);
    }
    // The first falls from 1 to 0.5 between steps 10 and 30: half of it at 20.
    writer.add_evaluations({ { 0, "early", "accuracy", 1.0, 100 },
        { 0, "late", "perplexity", 10.0, 7 }, { 0, "still", "accuracy", 0.5, 100 } });
    writer.add_evaluations({ { 10, "early", "accuracy", 1.0, 100 },
        { 10, "late", "perplexity", 10.0, 7 }, { 10, "still", "accuracy", 0.5, 100 } });
    writer.add_evaluations({ { 30, "early", "accuracy", 0.5, 100 },
        { 30, "late", "perplexity", 12.0, 7 }, { 30, "still", "accuracy", 0.5, 100 } });
    writer.add_evaluations({ { 40, "early", "accuracy", 0.5, 100 },
        { 40, "late", "perplexity", 30.0, 7 }, { 40, "still", "accuracy", 0.5, 100 } });
    writer.set_state(RunState::finished);
    return writer.id();
}

} // namespace

TEST_CASE("a run's dynamics from its file: circuits, lives, and when what moved")
{
    const TemporaryFolder folder;
    const RunId id = write_run(folder / "a.loom");
    const ExperimentReader reader(folder / "a.loom");
    DynamicsOptions options;
    options.window = 3;
    options.parts = 4;
    int calls = 0;
    options.progress = [&calls](int done, int total) {
        ++calls;
        CHECK(done == calls);
        CHECK(total == 21);
    };
    const RunDynamics run = run_dynamics(reader, id, options);
    CHECK(calls == 21);
    CHECK(run.run.description.name == "moves");
    REQUIRE(run.iterations.size() == 21);
    CHECK(run.iterations[20].step == 40);
    CHECK(run.iterations[20].change->edges_kept == 3);
    CHECK(run.first_to_last.edges.kept.size() == 3);
    CHECK(*run.first_to_last.rank_correlation == Approx(-1)); // .95, .05, .25 and .05, .95, .25
    REQUIRE(run.lives.size() == 3);
    CHECK(run.lives[0].life == 21);
    // Part p begins at iteration ⌈21 p / 4⌉.
    CHECK(run.part_starts == std::vector<int>{ 0, 6, 11, 16 });
    for (const EdgeCourse& course : run.courses)
        if (course.edge.value == 3)
            CHECK(course.means == std::vector<double>(4, 0.25));
    CHECK(run.flow.total() == Approx(21 * 1.25));
    CHECK(run.first_flow.total() == Approx(3 * 1.25));

    CHECK(*run.ends.within_first == Approx(0).epsilon(1e-6));
    CHECK(*run.ends.between == Approx(0.9 / 1.25));
    REQUIRE(run.positions.size() == 4); // steps 0, 10, 30, 40
    CHECK(run.positions[1].step == 10);
    CHECK(run.positions[1].value == Approx(0).epsilon(1e-6));
    CHECK(run.positions[2].value == Approx(1));
    CHECK(run.circuit->halfway_step == Approx(20));
    REQUIRE(run.capabilities.size() == 3);
    CHECK(run.capabilities[0].suite == "early");
    CHECK(run.capabilities[0].movement->halfway_step == Approx(20));
    CHECK(*run.capabilities[0].lag == Approx(0).epsilon(1e-6));
    CHECK(*run.capabilities[0].noise == Approx(2 * std::sqrt(0.25 / 100)));
    // Half of the way from 10 to 30 is 20, 8/18 of the way from step 30 to 40.
    CHECK(*run.capabilities[1].lag == Approx(30 + 80.0 / 18 - 20));
    CHECK_FALSE(run.capabilities[1].noise);
    CHECK_FALSE(run.capabilities[2].movement);
    CHECK_FALSE(run.capabilities[2].lag);
}

TEST_CASE("without evaluations the circuit's own curve has all its steps")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "b.loom", samples::description());
    for (int i = 0; i <= 10; ++i) {
        const Circuit circuit = moved(i < 5 ? 0.1 : 0.9);
        writer.add_iteration(record(i, 4 * i, circuit), circuit);
    }
    const RunDynamics run = run_dynamics(ExperimentReader(folder / "b.loom"), writer.id(), {});
    CHECK(run.positions.size() == 11);
    CHECK(run.circuit->halfway_step > 8);
    CHECK(run.circuit->halfway_step < 28);
    CHECK(run.capabilities.empty());
}

TEST_CASE("a run of one iteration has figures; one of none is refused")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "c.loom", samples::description());
    const ExperimentReader reader(folder / "c.loom");
    CHECK_THROWS_AS(run_dynamics(reader, writer.id(), {}), InputError);
    CHECK_THROWS_AS(run_dynamics(reader, { 99 }, {}), InputError);
    writer.add_iteration(samples::iteration(0), samples::circuit(0));
    const RunDynamics run = run_dynamics(reader, writer.id(), {});
    CHECK(run.iterations.size() == 1);
    CHECK(run.first_to_last.edges.jaccard() == 1);
    CHECK_FALSE(run.circuit);
    CHECK_FALSE(run.ends.between);
    CHECK(run.lives.size() == 12);
}

TEST_CASE("two runs: the last circuits, the circuits at the same steps, every figure of both")
{
    const TemporaryFolder folder;
    const auto file = folder / "two.loom";
    const RunId first = write_run(file);
    RunWriter writer(file, samples::description("other"));
    for (int i = 0; i < 3; ++i) {
        const Circuit circuit = moved(0.5);
        writer.add_iteration(record(i, 5 * i, circuit), circuit); // steps 0, 5 and 10
    }
    writer.add_evaluations({ { 0, "early", "accuracy", 0.9, 50 } });
    writer.add_evaluations({ { 10, "early", "accuracy", 0.8, 50 } });
    const RunComparison runs = compare_runs(ExperimentReader(file), first, writer.id(), {});
    CHECK(runs.first.description.name == "moves");
    CHECK(*runs.first_tunable == Approx((11 * 0.25 + 10 * 0.5) / 21));
    CHECK(*runs.second_tunable == Approx(1.0 / 3));
    REQUIRE(runs.circuits);
    CHECK(runs.circuits->edges.jaccard() == 1);
    CHECK(runs.circuits->distance == Approx(0.45 / 1.25));
    REQUIRE(runs.paired.size() == 2); // steps 0 and 10
    CHECK(runs.paired[1].step == 10);
    CHECK(runs.paired[1].first_iteration == 5);
    CHECK(runs.paired[1].second_iteration == 2);
    CHECK(runs.paired[1].distance == Approx(0.45 / 1.25));
    REQUIRE(runs.figures.size() == 3);
    CHECK(runs.figures[0].first->before.value == 1.0);
    CHECK(runs.figures[0].first->after.value == 0.5);
    CHECK(runs.figures[0].second->after.value == 0.8);
    CHECK(runs.figures[1].suite == "late");
    CHECK_FALSE(runs.figures[1].second);
}

TEST_CASE("runs without circuits that can be compared say why, and compare the rest")
{
    const TemporaryFolder folder;
    const auto file = folder / "apart.loom";
    const RunId first = write_run(file);
    RunDescription other = samples::description("other graph");
    other.graph.mlp_group_size = 0;
    const RunWriter writer(file, other);
    const RunWriter none(file, samples::description("no iteration yet"));
    const ExperimentReader reader(file);
    for (const RunId second : { writer.id(), none.id() }) {
        const RunComparison runs = compare_runs(reader, first, second, {});
        CHECK_FALSE(runs.circuits);
        CHECK_FALSE(runs.why_not.empty());
        CHECK(runs.paired.empty());
        CHECK(runs.figures.size() == 3);
        CHECK_FALSE(runs.second_tunable);
    }
    CHECK_THROWS_AS(compare_runs(reader, first, { 99 }, {}), InputError);
}

TEST_CASE("an even window averages as many circuits as it says")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "a.loom", samples::description());
    for (int i = 0; i <= 12; ++i) {
        const Circuit circuit = moved(i * i % 13 / 13.0);
        writer.add_iteration(record(i, 2 * i, circuit), circuit);
    }
    DynamicsOptions options;
    for (const auto& [window, first, last] :
        { std::tuple(2, 5, 6), std::tuple(3, 4, 6), std::tuple(4, 4, 7), std::tuple(5, 3, 7) }) {
        CAPTURE(window);
        options.window = window;
        const RunDynamics run
            = run_dynamics(ExperimentReader(folder / "a.loom"), writer.id(), options);
        double sum = 0;
        for (int i = first; i <= last; ++i)
            sum += run.iterations[static_cast<std::size_t>(i)].position.value();
        REQUIRE(run.positions.at(5).step == 10); // of iteration 5
        CHECK(run.positions[5].value == Approx(sum / window));
    }
}
