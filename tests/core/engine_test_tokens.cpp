// The tokens that a run says it saw, against a count of the texts of its batches.
#include "core/store/experiment_reader.h"
#include "core/tasks/encoded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "core/tuning/data_order.h"
#include "tests/support/tiny_run.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <map>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;
using testing::Watcher;

namespace {

/// A run whose texts differ in length, so that batches have padding.
RunConfig uneven_run(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    std::vector<TaskExample> examples;
    std::string text;
    for (int i = 0; i < 14; ++i) {
        text += static_cast<char>('a' + i);
        const int end = static_cast<int>(text.size()) + 1;
        examples.push_back({ text + "x", { { end - 1, end, "y" } }, {} });
    }
    std::ofstream(config.task) << to_jsonl(examples);
    config.accumulate = 2;
    config.discover_every = 1;
    return config;
}

/// The tokens seen after each number of steps, counted text by text.
std::vector<std::int64_t> counted(const RunConfig& config)
{
    const ModelFiles files = open_model_files(config.model);
    const EncodedTask task
        = load_encoded_task(config.task, tokenizer_of(files), config.max_tokens);
    DataOrder order(task.examples.size(), config.seed);
    std::vector<std::int64_t> seen{ 0 };
    for (int step = 0; step < config.steps; ++step) {
        std::int64_t tokens = 0;
        for (int i = 0; i < config.accumulate; ++i)
            for (const std::size_t example : order.next(static_cast<std::size_t>(config.batch)))
                tokens += static_cast<std::int64_t>(task.examples[example].ids.size());
        seen.push_back(seen.back() + tokens);
    }
    return seen;
}

std::map<int, std::optional<std::int64_t>> stored(const std::filesystem::path& file, RunId run)
{
    std::map<int, std::optional<std::int64_t>> tokens;
    for (const IterationRecord& record : ExperimentReader(file).iterations(run))
        tokens[record.step] = record.tokens;
    return tokens;
}

} // namespace

TEST_CASE("an iteration says how many tokens were trained on before it, padding not counted")
{
    const Folder folder;
    for (const TuningMethod method : { TuningMethod::circuit, TuningMethod::full }) {
        RunConfig config = uneven_run(folder);
        config.method = method;
        Watcher watcher;
        const auto file = folder / "run.loom";
        REQUIRE(testing::tune(config, file, watcher) == RunState::finished);
        const auto expected = counted(config);
        CHECK(expected.back() > 0);
        for (const auto& [step, tokens] : stored(file, watcher.run))
            CHECK(tokens == expected.at(static_cast<std::size_t>(step)));
        for (const IterationRecord& told : watcher.iterations)
            CHECK(told.tokens == expected.at(static_cast<std::size_t>(told.step)));
    }
}

TEST_CASE("a run that is gone on with counts on, also where the file did not know before")
{
    const Folder folder;
    const RunConfig config = uneven_run(folder);
    const auto expected = counted(config);
    for (const bool unknown_before : { false, true }) {
        const auto file = folder / (unknown_before ? "old.loom" : "new.loom");
        Watcher watcher;
        watcher.stop_after = 5;
        REQUIRE(testing::tune(config, file, watcher) == RunState::stopped);
        if (unknown_before)
            SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
                .exec("UPDATE iteration SET tokens = NULL");
        Watcher again;
        REQUIRE(testing::resume(file, watcher.run, again) == RunState::finished);
        for (const auto& [step, tokens] : stored(file, watcher.run)) {
            CAPTURE(step);
            if (unknown_before && step < 5)
                CHECK_FALSE(tokens.has_value());
            else
                CHECK(tokens == expected.at(static_cast<std::size_t>(step)));
        }
    }
}
