#include "core/discovery/edge_discovery.h"
#include "core/model/checkpoint.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuner.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <set>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

std::vector<Circuit> circuits_of(const std::filesystem::path& file, RunId run)
{
    const ExperimentReader reader(file);
    std::vector<Circuit> all;
    for (const IterationRecord& iteration : reader.iterations(run))
        all.push_back(reader.circuit(run, iteration.index));
    return all;
}

std::set<std::vector<std::int64_t>> rows_of(const std::vector<ScoredBatch>& batches)
{
    std::set<std::vector<std::int64_t>> rows;
    for (const ScoredBatch& batch : batches)
        for (std::int64_t b = 0; b < batch.examples; ++b) {
            const auto ids = batch.ids[b].contiguous();
            rows.emplace(ids.data_ptr<std::int64_t>(), ids.data_ptr<std::int64_t>() + ids.numel());
        }
    return rows;
}

} // namespace

TEST_CASE("resampling changes nothing of a run, and every iteration says how sure it is")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    Watcher plain;
    REQUIRE(tune(config, folder / "plain.loom", plain) == RunState::finished);
    config.resamples = 25;
    Watcher sure;
    REQUIRE(tune(config, folder / "sure.loom", sure) == RunState::finished);
    CHECK((circuits_of(folder / "plain.loom", plain.run)
        == circuits_of(folder / "sure.loom", sure.run)));

    const ExperimentReader without(folder / "plain.loom");
    CHECK(without.certainties(plain.run).empty());
    CHECK(without.edge_certainties(plain.run, { 0 }).empty());
    const ExperimentReader reader(folder / "sure.loom");
    const auto certainties = reader.certainties(sure.run);
    REQUIRE(certainties.size() == reader.iterations(sure.run).size());
    for (const IterationCertainty& one : certainties) {
        CHECK(one.resamples == 25);
        CHECK(one.examples == config.batch);
        CHECK(one.blocks == config.batch);
        CHECK(one.stability.jaccard > one.stability.chance);
        const Circuit circuit = reader.circuit(sure.run, one.iteration);
        const CertainEdges edges = reader.edge_certainties(sure.run, one.iteration);
        REQUIRE(edges.size() == circuit.size());
        double included = 0;
        for (const ScoredEdge& scored : circuit) {
            const EdgeCertainty* edge = find_certainty(edges, scored.edge);
            REQUIRE(edge != nullptr);
            CHECK(edge->low <= edge->high);
            included += edge->inclusion;
        }
        // The batch's own circuit is what its resamples choose more often than not.
        CHECK(included / static_cast<double>(circuit.size()) > 0.5);
        CHECK(find_certainty(edges, { 1'000'000 }) == nullptr);
    }
}

TEST_CASE("a random circuit has nothing that resamples could say")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.method = TuningMethod::random;
    config.resamples = 5;
    Watcher watcher;
    REQUIRE(tune(config, folder / "random.loom", watcher) == RunState::finished);
    CHECK(ExperimentReader(folder / "random.loom").certainties(watcher.run).empty());
}

TEST_CASE("the probe is the same at every call, drawn by the seed, and never larger than the task")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.score_on = ScoredOn::probe;
    config.probe_examples = 6;
    const PreparedTraining prepared = prepare_training(config);
    const auto probe = [&prepared](RunConfig of) {
        return probe_batches(prepared.task, of, prepared.model).batches;
    };
    CHECK(probe(config).size() == 2); // of 4 and of 2
    CHECK(rows_of(probe(config)).size() == 6);
    CHECK((rows_of(probe(config)) == rows_of(probe(config))));
    RunConfig other = config;
    other.seed = 2;
    CHECK((rows_of(probe(config)) != rows_of(probe(other))));
    other.probe_examples = 1000;
    CHECK(rows_of(probe(other)).size() == prepared.task.examples.size());
    other.score_on = ScoredOn::batch;
    CHECK(probe(other).empty());
}

TEST_CASE("with a probe the circuit depends on the model alone, not on the step's examples")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.score_on = ScoredOn::probe;
    config.probe_examples = 6;
    config.learning_rate = 0; // the model stays as it is
    config.weight_decay = 0;
    Watcher still;
    REQUIRE(tune(config, folder / "still.loom", still) == RunState::finished);
    const auto same = circuits_of(folder / "still.loom", still.run);
    REQUIRE(same.size() > 2);
    for (const Circuit& circuit : same)
        CHECK((circuit == same.front()));
    // The step's loss is that of its own batch all the same.
    CHECK(still.steps.front().loss != still.steps.back().loss);

    config.score_on = ScoredOn::batch;
    Watcher moving;
    REQUIRE(tune(config, folder / "moving.loom", moving) == RunState::finished);
    const auto different = circuits_of(folder / "moving.loom", moving.run);
    CHECK((different[0] != different[1]));
    REQUIRE(still.steps.size() == moving.steps.size());
    for (std::size_t i = 0; i < still.steps.size(); ++i)
        CHECK(still.steps[i].loss == moving.steps[i].loss);

    // What is stored is what a discovery on the probe finds.
    config.score_on = ScoredOn::probe;
    PreparedTraining prepared = prepare_training(config);
    Tuner tuner(prepared.model, prepared.graph, prepared.config,
        probe_batches(prepared.task, prepared.config, prepared.model));
    const auto own = probe_batches(prepared.task, prepared.config, prepared.model);
    CHECK((tuner.discover(own).discovery->circuit == same.front()));
}
