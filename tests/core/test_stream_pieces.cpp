// What a StreamSource reads in several pieces, and what becomes of it where reading or writing fails.
#include "core/base/error.h"
#include "tests/support/stream_samples.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::samples;

namespace {

using Json = nlohmann::json;

constexpr std::size_t small = 300; // bytes of a batch: a few rows

bool has_commit(const std::vector<Json>& messages)
{
    return std::ranges::any_of(
        messages, [](const Json& message) { return message["type"] == "commit"; });
}

StreamRequest small_request(const Mirror& mirror, bool checkpoints = false)
{
    StreamRequest request = mirror.request(checkpoints);
    request.batch_bytes = small;
    return request;
}

} // namespace

TEST_CASE("a finished run of several batches has its reference circuit in the mirror")
{
    const TemporaryFolder folder;
    RunId id;
    {
        GrowingRun run(folder / "from.loom");
        run.go_on(9);
        run.writer().set_state(RunState::finished);
        id = run.id();
    }
    catch_up(folder / "from.loom", folder / "to.loom", false, small);
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
    CHECK(ExperimentReader(folder / "to.loom").reference_circuit(id).size() == 12);
}

TEST_CASE("a graph and a checkpoint come in pieces, with the commit last")
{
    const TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(7);
    add_large_checkpoint(run.writer());
    Mirror mirror(folder / "to.loom", origin);
    StreamSource source(folder / "from.loom", small_request(mirror, true));
    int pieces = 0;
    while (true) {
        const std::vector<Json> messages = source.next();
        if (messages.empty())
            break;
        std::size_t rows = 0;
        std::size_t parts = 0;
        for (const Json& message : messages) {
            rows += message.contains("rows") ? message["rows"].size() : 0;
            parts += message.value("table", "") == "checkpoint_data" ? message["rows"].size() : 0;
        }
        // An iteration has 12 edges, each with its certainty, and what belongs to it.
        CHECK(rows <= 60);
        CHECK(parts <= 3); // two that are small before a large one
        pieces += has_commit(messages) ? 0 : 1;
        take_all(mirror, messages);
        source.wrote();
        // Half of it is nowhere to be seen.
        const ExperimentReader reader(folder / "to.loom");
        for (const RunSummary& one : reader.runs())
            for (const auto& checkpoint : reader.checkpoints(one.id))
                CHECK(reader.checkpoint(one.id, checkpoint.id).tensors.size() == 3);
    }
    CHECK(pieces > 10);
    CHECK(content(folder / "to.loom", true) == content(folder / "from.loom", true));
}

TEST_CASE("what is deleted while it is sent in pieces leaves nothing in the mirror")
{
    const TemporaryFolder folder;
    for (int sent = 1; sent < 12; ++sent) {
        CAPTURE(sent);
        const std::filesystem::path from = folder / (std::to_string(sent) + "-from.loom");
        const std::filesystem::path to = folder / (std::to_string(sent) + "-to.loom");
        RunId id;
        {
            GrowingRun run(from);
            run.go_on(1);
            id = run.id();
        }
        Mirror mirror(to, origin);
        StreamSource source(from, small_request(mirror));
        for (int i = 0; i < sent; ++i) {
            take_all(mirror, source.next());
            source.wrote();
        }
        delete_run(from, id);
        RunDescription other = description("other");
        other.shape.layers = 2;
        if (sent % 2 == 0) // its graph is another, of the number of the one that went
            RunWriter(from, other).add_step({ 1, 1.0, 0.5, 0.1 });
        take_all(mirror, all_messages(source));
        CHECK(content(to) == content(from));
    }
}

TEST_CASE("what was read and not written comes again")
{
    const TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(7);
    Mirror mirror(folder / "to.loom", origin);
    StreamSource source(folder / "from.loom", small_request(mirror));
    while (true) {
        const std::vector<Json> first = source.next();
        const Json have = source.have();
        CHECK(source.next() == first);
        CHECK(source.have() == have);
        if (first.empty())
            break;
        take_all(mirror, first);
        source.wrote();
    }
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
}

TEST_CASE("where reading fails in the middle of a batch, nothing of it counts as sent")
{
    const TemporaryFolder folder;
    GrowingRun run(folder / "from.loom");
    run.go_on(7);
    Mirror mirror(folder / "to.loom", origin);
    const StreamRequest request = mirror.request(false);
    StreamSource source(folder / "from.loom", request);
    SQLite::Database file((folder / "from.loom").string(), SQLite::OPEN_READWRITE);
    // Read after the graph, the run and some of an iteration.
    file.exec("ALTER TABLE edge_certainty RENAME TO hidden");
    CHECK_THROWS_AS(source.next(), ResourceError);
    CHECK(source.have() == request.have);
    file.exec("ALTER TABLE hidden RENAME TO edge_certainty");
    take_all(mirror, all_messages(source));
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
}

TEST_CASE("evaluations whose every step fills a batch come one step after the other")
{
    const TemporaryFolder folder;
    {
        RunWriter writer(folder / "from.loom", description());
        for (int step = 1; step <= 4; ++step) {
            std::vector<EvaluationRecord> all;
            for (int suite = 0; suite < 20; ++suite)
                all.push_back({ step, "suite " + std::to_string(suite), "accuracy", 0.1 * step, 20 });
            writer.add_evaluations(all);
        }
        writer.set_state(RunState::finished);
    }
    Mirror mirror(folder / "to.loom", origin);
    StreamSource source(folder / "from.loom", small_request(mirror));
    for (int i = 0; i < 1000; ++i) {
        const std::vector<Json> messages = source.next();
        if (messages.empty())
            break;
        take_all(mirror, messages);
        source.wrote();
    }
    CHECK(source.next().empty());
    CHECK(content(folder / "to.loom") == content(folder / "from.loom"));
}
