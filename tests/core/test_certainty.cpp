#include "core/analysis/consensus.h"
#include "core/analysis/run_certainty.h"
#include "core/base/error.h"
#include "core/store/merge.h"
#include "core/store/upgrade.h"
#include "tests/support/older_file.h"
#include "tests/support/program.h"

#include <doctest/doctest.h>

#include <tuple>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

/// Of the edges of circuit(index); the figures follow from the edges' numbers.
ScoreCertainty certainty_of(const Circuit& circuit, double stability)
{
    ScoreCertainty sure;
    sure.resamples = 20;
    sure.examples = 16;
    sure.blocks = 8;
    sure.stability = { stability, 0.125 };
    for (const ScoredEdge& scored : circuit)
        sure.edges.push_back({ static_cast<float>(scored.edge.value % 21) / 20,
            scored.score - 0.25F, scored.score + 0.5F });
    return sure;
}

RunId write_run(const std::filesystem::path& file, int iterations)
{
    RunWriter writer(file, samples::description());
    for (int i = 0; i < iterations; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i),
            certainty_of(samples::circuit(i), 0.5 + 0.1 * i));
    writer.set_state(RunState::finished);
    return writer.id();
}

double distance(const Circuit& a, const Circuit& b)
{
    int shared = 0;
    for (const ScoredEdge& one : a)
        for (const ScoredEdge& other : b)
            shared += one.edge == other.edge ? 1 : 0;
    return 1 - shared / (static_cast<double>(a.size() + b.size()) - shared);
}

} // namespace

TEST_CASE("how sure each edge is comes back as it was written, and goes into a merged file")
{
    const TemporaryFolder folder;
    const RunId run = write_run(folder / "a.loom", 3);
    write_run(folder / "b.loom", 2);
    const std::vector<std::filesystem::path> both{ folder / "a.loom", folder / "b.loom" };
    merge_experiments(both, folder / "all.loom");
    for (const auto& [file, id, count] : { std::tuple(folder / "a.loom", run, 3),
             std::tuple(folder / "all.loom", RunId{ 1 }, 3),
             std::tuple(folder / "all.loom", RunId{ 2 }, 2) }) {
        const ExperimentReader reader(file);
        const auto certainties = reader.certainties(id);
        REQUIRE(static_cast<int>(certainties.size()) == count);
        for (int i = 0; i < count; ++i) {
            const auto& one = certainties[static_cast<std::size_t>(i)];
            CHECK(one
                == IterationCertainty{ { i }, 20, 16, 8, { 0.5 + 0.1 * i, 0.125 } });
            const Circuit circuit = reader.circuit(id, { i });
            const CertainEdges edges = reader.edge_certainties(id, { i });
            REQUIRE(edges.size() == circuit.size());
            const ScoreCertainty expected = certainty_of(circuit, 0);
            for (std::size_t e = 0; e < circuit.size(); ++e) {
                const EdgeCertainty* found = find_certainty(edges, circuit[e].edge);
                REQUIRE(found != nullptr);
                CHECK(*found == expected.edges[e]);
            }
        }
        CHECK(reader.certainties(id, { count - 1 }).size() == 1);
        CHECK(reader.edge_certainties(id, { 99 }).empty());
    }
}

TEST_CASE("what says how sure edges are must have a line for each of the circuit's")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "a.loom", samples::description());
    ScoreCertainty sure = certainty_of(samples::circuit(0), 0.5);
    sure.edges.pop_back();
    CHECK_THROWS_AS(
        writer.add_iteration(samples::iteration(0), samples::circuit(0), sure), InputError);
}

TEST_CASE("a file of before has none, before and after it was brought up to date")
{
    const TemporaryFolder folder;
    samples::make_version_3(folder / "old.loom");
    for (int again = 0; again < 2; ++again) {
        const ExperimentReader reader(folder / "old.loom");
        CHECK(reader.certainties({ 3 }).empty());
        CHECK(reader.edge_certainties({ 3 }, { 0 }).empty());
        CHECK(reader.circuit({ 3 }, { 1 }) == samples::circuit(3));
        CHECK_THROWS_AS(run_certainty(reader, { 3 }), InputError);
        if (again == 0)
            rename_run(folder / "old.loom", { 3 }, "newer");
    }
}

TEST_CASE("the change beyond the batch is the distance less what resamples differ by")
{
    const TemporaryFolder folder;
    const RunId run = write_run(folder / "a.loom", 3);
    const RunCertainty found = run_certainty(ExperimentReader(folder / "a.loom"), run);
    REQUIRE(found.iterations.size() == 3);
    CHECK_FALSE(found.on_probe);
    CHECK_FALSE(found.iterations[0].distance);
    CHECK_FALSE(found.iterations[0].beyond());
    for (const int i : { 1, 2 }) {
        const CertaintyPoint& point = found.iterations[static_cast<std::size_t>(i)];
        const double apart = distance(samples::circuit(i - 1), samples::circuit(i));
        CHECK(*point.distance == doctest::Approx(apart));
        const double batch = ((0.5 - 0.1 * (i - 1)) + (0.5 - 0.1 * i)) / 2;
        CHECK(*point.of_the_batch == doctest::Approx(batch));
        CHECK(*point.beyond() == doctest::Approx(apart - batch));
        int core = 0, noise = 0;
        for (const ScoredEdge& scored : samples::circuit(i)) {
            core += scored.edge.value % 21 >= 18 ? 1 : 0;
            noise += scored.edge.value % 21 < 10 ? 1 : 0;
        }
        CHECK(point.counts.core == core);
        CHECK(point.counts.noise == noise);
        CHECK(point.counts.contingent == 12 - core - noise);
    }
}

TEST_CASE("runs --certainty names its columns as the documents do, with their units below")
{
    const TemporaryFolder folder;
    write_run(folder / "a.loom", 3);
    const auto printed = circuitloom::testing::run_cli(folder.path(), "runs a.loom --certainty 1");
    CAPTURE(printed.output);
    CHECK(printed.code == 0);
    const std::string page = circuitloom::testing::bytes_of(
        std::string(CIRCUITLOOM_SOURCE_DIR) + "/resources/docs/algorithm.md");
    for (const char* column : { "1 - Jaccard", "of the batch", "beyond it" }) {
        CHECK(printed.output.find(column) != std::string::npos);
        CHECK(page.find('`' + std::string(column) + '`') != std::string::npos);
    }
    const std::string heading = printed.output.substr(printed.output.find("steps"), 120);
    CHECK(heading.find("distance") == std::string::npos);
    CHECK(printed.output.find("from 0 (the same edges) to 1 (none in common)") != std::string::npos);
}

TEST_CASE("the bounds of the classes belong to the class above")
{
    CHECK(certainty_class(0.9F) == CertaintyClass::core);
    CHECK(certainty_class(0.895F) == CertaintyClass::contingent);
    CHECK(certainty_class(0.5F) == CertaintyClass::contingent);
    CHECK(certainty_class(0.495F) == CertaintyClass::noise);
    CHECK(certainty_class(0.6F, { 0.6, 0.6 }) == CertaintyClass::core);
    CHECK(EdgeCertainty{ 1, 0.1F, 0.2F }.sign_certain());
    CHECK(EdgeCertainty{ 1, -0.2F, -0.1F }.sign_certain());
    CHECK_FALSE(EdgeCertainty{ 1, -0.2F, 0.1F }.sign_certain());
}

TEST_CASE("a consensus has the edges of a share of the circuits, and says what chance would give")
{
    const std::vector<Circuit> circuits{ { { { 1 }, 3 }, { { 2 }, 2 } },
        { { { 1 }, 5 }, { { 3 }, -2 } }, { { { 1 }, 1 }, { { 2 }, 4 } }, { { { 4 }, 1 } } };
    const Consensus half = consensus_of(circuits, 10, 0.5);
    CHECK(half.needed == 2);
    REQUIRE(half.edges.size() == 2);
    CHECK(half.edges[0].edge == EdgeId{ 1 });
    CHECK(half.edges[0].circuits == 3);
    CHECK(half.edges[0].score == doctest::Approx(3));
    CHECK(half.edges[1].edge == EdgeId{ 2 });
    CHECK(half.edges[1].score == doctest::Approx(3));
    CHECK(consensus_of(circuits, 10, 1).edges.empty());
    CHECK(consensus_of(circuits, 10, 0.01).edges.size() == 4);
    CHECK(consensus_of(std::vector<Circuit>(10, circuits[0]), 10, 0.3).needed == 3);
    CHECK_THROWS_AS(consensus_of({}, 10, 0.5), InputError);

    // Chance, counted out over all ways in which the four circuits have an edge or not.
    const double p[] = { 0.2, 0.2, 0.2, 0.1 };
    for (int needed = 0; needed <= 5; ++needed) {
        double expected = 0;
        for (int ways = 0; ways < 16; ++ways) {
            double probability = 1;
            int happened = 0;
            for (int i = 0; i < 4; ++i) {
                const bool has = (ways >> i & 1) == 1;
                happened += has ? 1 : 0;
                probability *= has ? p[i] : 1 - p[i];
            }
            expected += happened >= needed ? probability : 0;
        }
        CHECK(at_least(needed, p) == doctest::Approx(expected));
    }
    CHECK(half.by_chance == doctest::Approx(10 * at_least(2, p)));
}
