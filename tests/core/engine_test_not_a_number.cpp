// A model whose predictions are not numbers has no figures, and none of them counts as good.
#include "core/base/error.h"
#include "core/evaluation/question_suite.h"
#include "core/evaluation/suite_scoring.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/model/generation.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"
#include "core/tasks/encoded_task.h"
#include "core/tokenizer/model_tokenizer.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

/// The tiny model, whose final norm gives more than its type can hold.
struct Overflowing
{
    Overflowing() { model.weights().final_norm_weight.fill_(std::numeric_limits<float>::max()); }

    ModelFiles files = open_model_files(CIRCUITLOOM_TEST_DATA "/tiny_gpt2");
    Transformer model = load_transformer(files, torch::kCPU, torch::kFloat32);
    Tokenizer tokenizer = tokenizer_of(files);
};

} // namespace

TEST_CASE("no choice is the likeliest where log-probabilities are not numbers")
{
    const Overflowing broken;
    CapabilitySuite suite;
    suite.name = "pairs";
    suite.items = { { "ab", { "x", "yz" }, 0, "nurse" }, { "cd", { "x", "yz" }, 1, "nurse" } };
    const PreparedSuite prepared(suite, broken.tokenizer, broken.model.config().max_positions, 0);
    std::vector<ScoredItem> items;
    const auto records = prepared.evaluate(broken.model, 0, {}, &items);
    REQUIRE(records.size() == 3); // accuracy, the same per byte, and the bias between pronouns
    for (const EvaluationRecord& record : records) {
        CAPTURE(record.measure);
        CHECK(std::isnan(record.value));
    }
    REQUIRE(items.size() == 2);
    for (const ScoredItem& item : items) {
        CHECK_FALSE(item.chosen);
        CHECK_FALSE(item.chosen_per_byte);
    }
}

TEST_CASE("nothing is written where logits are not numbers, and no answer is right")
{
    const Overflowing broken;
    const ChatPrompt chat(broken.files);
    WordedQuestions questions;
    questions.rule = AnswerRule::instructions;
    Instruction no_comma; // which any text without one follows
    no_comma.name = "punctuation:no_comma";
    questions.questions = { { "a", {}, "", { no_comma } } };
    const QuestionSuite suite(questions, "q", chat, broken.model.config().max_positions, 0);
    std::vector<GivenAnswer> given;
    for (const EvaluationRecord& record :
        suite.evaluate(broken.model, 0, {}, {}, Ranks::none(), &given)) {
        CAPTURE(record.measure);
        CHECK(std::isnan(record.value));
    }
    REQUIRE(given.size() == 1);
    CHECK_FALSE(given[0].is_right);
    for (const double temperature : { 0.0, 1.0 }) {
        GenerationOptions options;
        options.temperature = temperature;
        const GeneratedText text = generate(broken.model, { { 1, 2 } }, options).front();
        CHECK(text.ids.empty());
        CHECK(text.end == TextEnd::not_a_number);
    }
}

TEST_CASE("no target is preferred where logits are not numbers")
{
    const Folder folder;
    const Overflowing broken;
    EncodedTask task = load_encoded_task((folder / "task.jsonl").string(), broken.tokenizer, 20);
    for (const bool has_alternatives : { true, false }) {
        for (EncodedExample& example : task.examples)
            for (ScoredTarget& target : example.targets) {
                target.target = 0; // what a search for the greatest of them ends with
                target.alternative = has_alternatives ? 1 : -1;
            }
        const TaskResult result
            = evaluate_task(broken.model, task.examples, 4, { .metric = MetricKind::log_prob });
        CHECK(std::isnan(result.accuracy));
        CHECK(std::isnan(result.exact));
    }
}

TEST_CASE("a run whose steps ruin the model reaches nothing")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.method = TuningMethod::full;
    config.learning_rate = 100;
    config.weight_decay = 10; // every step makes the weights a thousand times larger
    config.evaluate_every = 1;
    config.mark_accuracy = 1;
    Watcher watcher;
    CHECK_THROWS_AS(tune(config, folder / "run.loom", watcher), Error);
    const ExperimentReader reader(folder / "run.loom");
    int ruined = 0;
    for (const EvaluationRecord& record : reader.evaluations(watcher.run)) {
        CAPTURE(record.step);
        if (record.measure == "accuracy" && record.suite == task_suite)
            CHECK_FALSE(record.value >= 1);
        ruined += record.measure == "accuracy" && std::isnan(record.value) ? 1 : 0;
    }
    CHECK(ruined == 2); // of the task and of the suite of choices
    CHECK(reader.marks(watcher.run).empty());
}
