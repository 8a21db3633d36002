#include "core/run/run_config.h"
#include "core/store/bookmarks.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

std::string document()
{
    std::ifstream file(CIRCUITLOOM_SOURCE_DIR "/resources/docs/file-format.md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// What stands between ```sql and ```.
std::vector<std::string> queries(const std::string& text)
{
    const std::string opening = "```sql\n";
    std::vector<std::string> found;
    for (std::size_t at = text.find(opening); at != std::string::npos;
         at = text.find(opening, at + 1)) {
        const std::size_t begin = at + opening.size();
        found.push_back(text.substr(begin, text.find("```", begin) - begin));
    }
    return found;
}

// A run in each of whose circuits m0.g0 writes to the logits, as in the demo's.
void write_run(const std::filesystem::path& file)
{
    RunDescription run = samples::description();
    run.configuration = to_json(RunConfig{});
    const ComputationalGraph graph(run.shape, run.graph);
    std::int32_t wanted = 0;
    while (graph.edge_name({ wanted }) != "m0.g0->logits")
        ++wanted;
    const auto edges = static_cast<std::int32_t>(graph.edges().size());
    RunWriter writer(file, run);
    for (int i = 0; i < 12; ++i) {
        Circuit circuit{ { { wanted }, 0.9f - 0.01f * static_cast<float>(i) } };
        for (int e = 1; e < 8; ++e)
            circuit.push_back({ { (wanted + e + i) % edges }, 0.1f * static_cast<float>(e) });
        ScoreCertainty sure{ 200, 1, 16, 16, { 0.8, 0.1 }, {} };
        for (const ScoredEdge& scored : circuit)
            sure.edges.push_back({ 0.95F, scored.score - 0.1F, scored.score + 0.1F });
        writer.add_iteration(samples::iteration(i, 8), circuit, sure);
        writer.add_step({ i + 1, 3.0 - 0.1 * i, 0.5, 0.001 });
    }
    for (const int step : { 0, 12 })
        writer.add_evaluations({ { step, "was/were", "accuracy", 0.5 + step, 10 } });
    const std::vector<float> numbers{ 1, 2, 3 };
    const TensorView tensor{ "weights.0", ElementType::f32, { 3 },
        std::as_bytes(std::span(numbers)) };
    writer.add_checkpoint({ 0, 12, 12, CheckpointReason::end, 0, 0 }, "{}", { &tensor, 1 }, {});
    writer.set_state(RunState::finished);
    add_bookmark(file, { 0, writer.id(), { 7 }, "turning point", "m0 took over", 0 });
}

} // namespace

TEST_CASE("each of the queries of the documentation gives rows")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    write_run(file);
    SQLite::Database database(file.string());
    const auto found = queries(document());
    CHECK(found.size() == 12);
    for (const std::string& query : found) {
        CAPTURE(query);
        SQLite::Statement statement(database, query);
        CHECK(statement.executeStep());
    }
}

TEST_CASE("the documentation names every table, every column and the schema's version")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    write_run(file);
    const std::string text = document();
    CHECK(text.find("is the version of the schema: " + std::to_string(schema_version()) + ".")
        != std::string::npos);
    SQLite::Database database(file.string());
    SQLite::Statement columns(database,
        "SELECT tables.name, info.name FROM sqlite_schema AS tables, "
        "pragma_table_info(tables.name) AS info "
        "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'");
    while (columns.executeStep()) {
        const std::string table = columns.getColumn(0).getString();
        const std::string column = columns.getColumn(1).getString();
        CAPTURE(table);
        CAPTURE(column);
        const std::size_t row = text.find("\n| `" + table + "` |");
        REQUIRE(row != std::string::npos);
        const std::string line = text.substr(row + 1, text.find('\n', row + 1) - row - 1);
        // Who writes a run is told below the tables.
        const std::string& where = column.starts_with("writer_") ? text : line;
        CHECK(where.find("`" + column + "`") != std::string::npos);
    }
}
