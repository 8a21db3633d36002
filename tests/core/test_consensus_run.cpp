#include "core/base/error.h"
#include "core/graph/edge_order.h"
#include "core/report/consensus_run.h"
#include "core/run/imported_run.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/Database.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace circuitloom;

namespace {

void write_run(const std::filesystem::path& file, const std::vector<int>& circuits,
    const RunDescription& run = samples::description())
{
    RunWriter writer(file, run);
    for (std::size_t i = 0; i < circuits.size(); ++i)
        writer.add_iteration(
            samples::iteration(static_cast<int>(i)), samples::circuit(circuits[i]));
    writer.set_state(RunState::finished);
}

} // namespace

TEST_CASE("a consensus becomes an imported run of one iteration")
{
    const samples::TemporaryFolder folder;
    const auto file = folder / "runs.loom";
    write_run(file, { 18, 2, 2 });
    write_run(file, { 4, 2 });
    // Of one run all circuits count, of several their last ones.
    const std::vector<RunId> first{ { 1 } };
    const std::vector<RunId> both{ { 1 }, { 2 } };
    // What the other circuit has too is the mean over all three.
    Circuit agreed = samples::circuit(2);
    const Circuit other = samples::circuit(18);
    for (ScoredEdge& edge : agreed)
        if (const auto also = std::ranges::find(other, edge.edge, &ScoredEdge::edge); also != other.end())
            edge.score = static_cast<float>(
                (static_cast<double>(also->score) + edge.score + edge.score) / 3);
    agreed = strongest_first(std::move(agreed));
    REQUIRE(agreed != samples::circuit(2));
    for (const auto& [runs, share, of] : { std::tuple{ first, 0.6, 3 }, std::tuple{ both, 1.0, 2 } }) {
        const ConsensusRun made = write_consensus(file, runs, share);
        CHECK(made.found.circuits == of);
        CHECK(made.found.needed == 2);
        const ExperimentReader reader(file);
        const RunSummary run = reader.run(made.run);
        CHECK(is_imported(run.description));
        CHECK(run.state == RunState::finished);
        CHECK(run.iterations == 1);
        CHECK(reader.circuit(made.run, { 0 }) == (of == 2 ? samples::circuit(2) : agreed));
        CHECK(run.notes.find("at least 2 of " + std::to_string(of)) != std::string::npos);
    }
}

TEST_CASE("what cannot agree is refused, and the file stays as it is")
{
    const samples::TemporaryFolder folder;
    const auto file = folder / "runs.loom";
    write_run(file, { 1 });
    write_run(file, {});
    RunDescription other = samples::description();
    other.shape.heads = 2;
    write_run(file, {}, other);
    {
        RunWriter writer(file, other);
        IterationRecord record;
        record.edges = 1;
        writer.add_iteration(record, { { { 0 }, 1.0F } });
        writer.set_state(RunState::finished);
    }
    for (const std::vector<RunId>& runs : std::vector<std::vector<RunId>>{
             { { 1 }, { 1 } }, { { 1 }, { 2 } }, { { 1 }, { 4 } } })
        CHECK_THROWS_AS(write_consensus(file, runs, 1), InputError);
    CHECK(ExperimentReader(file).runs().size() == 4);
}

TEST_CASE("a consensus that cannot be written leaves no run behind")
{
    const samples::TemporaryFolder folder;
    const auto file = folder / "runs.loom";
    write_run(file, { 1 });
    // No second run can have a first iteration.
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("CREATE UNIQUE INDEX only_one ON iteration (iteration)");
    CHECK_THROWS_AS(write_consensus(file, std::vector<RunId>{ { 1 } }, 1), ResourceError);
    CHECK(ExperimentReader(file).runs().size() == 1);
}
