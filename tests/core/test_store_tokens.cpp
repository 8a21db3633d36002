#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/schema.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

void alter(const std::filesystem::path& file, const std::string& statement)
{
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(statement);
}

/// An iteration that was trained on so many tokens before.
IterationRecord iteration(int index, std::optional<std::int64_t> tokens)
{
    IterationRecord record = samples::iteration(index);
    record.tokens = tokens;
    return record;
}

std::vector<std::optional<std::int64_t>> tokens_of(const std::filesystem::path& file, RunId run)
{
    std::vector<std::optional<std::int64_t>> found;
    for (const IterationRecord& record : ExperimentReader(file).iterations(run))
        found.push_back(record.tokens);
    return found;
}

using Tokens = std::vector<std::optional<std::int64_t>>;

} // namespace

TEST_CASE("the tokens seen before an iteration are kept, also that they are not known")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    const std::int64_t many = std::int64_t{ 3 } << 40;
    writer.add_iteration(iteration(0, 0), samples::circuit(0));
    writer.add_iteration(iteration(1, std::nullopt), samples::circuit(1));
    writer.add_iteration(iteration(2, many), samples::circuit(2));
    CHECK(tokens_of(file, writer.id()) == Tokens{ 0, std::nullopt, many });
}

TEST_CASE("a file of version 7 is read without tokens, and takes them once it is brought on")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunId run;
    {
        RunWriter writer(file, samples::description());
        run = writer.id();
        writer.add_iteration(iteration(0, 0), samples::circuit(0));
        writer.add_iteration(iteration(1, 50), samples::circuit(1));
        writer.set_state(RunState::stopped);
    }
    for (const char* later : { "study_figure", "study" }) // of version 9
        alter(file, "DROP TABLE " + std::string(later));
    alter(file, "ALTER TABLE iteration DROP COLUMN tokens");
    alter(file, "PRAGMA user_version = 7");
    const ExperimentReader before(file); // open all the time
    CHECK(tokens_of(file, run) == Tokens{ std::nullopt, std::nullopt });
    RunWriter writer(file, samples::description("new"));
    writer.add_iteration(iteration(0, 7), samples::circuit(0));
    CHECK(tokens_of(file, run) == Tokens{ std::nullopt, std::nullopt });
    CHECK(tokens_of(file, writer.id()) == Tokens{ 7 });
    CHECK(before.iterations(writer.id()).at(0).tokens == 7);
}

TEST_CASE("a number of tokens that cannot be is refused by name")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    writer.add_iteration(iteration(0, 0), samples::circuit(0));
    alter(file, "UPDATE iteration SET tokens = -1");
    CHECK_THROWS_WITH_AS(tokens_of(file, writer.id()), doctest::Contains("tokens"), ResourceError);
}
