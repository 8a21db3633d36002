#include "core/architecture/model_files.h"
#include "core/architecture/model_size.h"
#include "core/architecture/weight_layout.h"
#include "core/run/run_estimate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>

using namespace circuitloom;

namespace {

ModelConfig tiny(const char* name)
{
    const ModelFiles files
        = open_model_description(std::string(CIRCUITLOOM_TEST_DATA) + "/" + name);
    return parse_model_config(files.config_json, files.config_origin);
}

RunConfig small_run()
{
    RunConfig config;
    config.task = "demo/disagreement";
    config.selection.n = 5;
    config.steps = 10;
    config.evaluate_every = 0;
    return config;
}

} // namespace

TEST_CASE("the parameters are counted without the weights")
{
    // Their files' tensors, tied ones once.
    for (const char* name : { "tiny_gpt2", "tiny_llama", "tiny_qwen3", "tiny_gpt_neox" }) {
        CAPTURE(name);
        const ModelFiles files = open_model_files(std::string(CIRCUITLOOM_TEST_DATA) + "/" + name);
        const ModelConfig config = parse_model_config(files.config_json, files.config_origin);
        std::int64_t stored = 0;
        for (const StoredTensor& tensor : stored_tensors(config)) {
            std::int64_t entries = 1;
            for (const std::int64_t size : stored_shape(config, tensor))
                entries *= size;
            stored += entries;
        }
        CHECK(parameter_count(config) == stored);
    }
}

TEST_CASE("steps follow from epochs and the number of examples")
{
    RunConfig config = small_run();
    CHECK(planned_steps(config, {}) == 10);
    config.epochs = 3;
    config.batch = 16;
    CHECK_FALSE(planned_steps(config, {}));
    CHECK(planned_steps(config, { 0, 100 }) == 19); // 300 / 16, rounded up
    config.accumulate = 2;
    CHECK(planned_steps(config, { 0, 100 }) == 10);
}

TEST_CASE("what a run takes grows with what it does")
{
    const ModelConfig model = tiny("tiny_llama");
    const RunConfig config = small_run();
    const RunEstimate plain = estimate_run(config, model);
    CHECK(plain.iterations == 11);
    CHECK(plain.memory.total() > 2 * 4 * plain.parameters);

    RunConfig more = config;
    more.discover_every = 3;
    CHECK(estimate_run(more, model).iterations == 5); // steps 0, 3, 6, 9, and after the last
    more = config;
    more.selection.n = 50;
    // 45 more edges in each of 11 circuits, of 24 bytes.
    CHECK(estimate_run(more, model).file - plain.file == 45 * 11 * 24);
    more.selection.n = 1'000'000; // no more than the graph has
    CHECK(estimate_run(more, model).file - plain.file == (plain.edges - 5) * 11 * 24);

    more = config;
    more.batch = 2 * config.batch;
    CHECK(estimate_run(more, model).memory.total() > plain.memory.total());
    more = config;
    more.method = TuningMethod::full;
    const RunEstimate full = estimate_run(more, model);
    CHECK(full.memory.total() > plain.memory.total());
    more.optimizer = OptimizerKind::adamw;
    const std::int64_t for_adamw = estimate_run(more, model).memory.total() - full.memory.total();
    CHECK(for_adamw >= 4 * plain.parameters);
    CHECK(for_adamw <= 5 * plain.parameters); // with what allocation wastes
    // The weights and AdamW's two means, twice and once for the best.
    more.checkpoint_keep = 2;
    more.checkpoint_keep_best = true;
    more.checkpoint_every = 1;
    more.checkpoint_seconds = 0;
    // A compressed difference takes at most 85 % of the weights.
    const std::int64_t weights = 4 * plain.parameters * 85 / 100;
    const RunEstimate kept = estimate_run(more, model);
    CHECK(kept.checkpoints == 3 * (weights + 2 * 4 * plain.parameters));
    CHECK(kept.finished == 3 * weights);
    // The latest by time is one more, until the run ends.
    RunConfig timed = more;
    timed.checkpoint_seconds = 10;
    CHECK(estimate_run(timed, model).checkpoints == kept.checkpoints / 3 * 4);
    CHECK(estimate_run(timed, model).finished == kept.finished);
    more.checkpoint_keep_optimizer = true;
    CHECK(estimate_run(more, model).finished == kept.checkpoints);
    more.checkpoint_every = 100; // the run has 10 steps: the one at its end, and the best
    CHECK(estimate_run(more, model).checkpoints == kept.checkpoints / 3 * 2);
    more.checkpoint_limit_mb = 1;
    CHECK(estimate_run(more, model).checkpoints
        == std::min<std::int64_t>(1 << 20, kept.checkpoints / 3 * 2));
    more = config;
    more.dtype = Precision::float64;
    CHECK(estimate_run(more, model).memory.total() > plain.memory.total());
    CHECK(estimate_run(more, model).memory.total() < 2 * plain.memory.total()); // part does not depend on it
    more = config;
    more.method = TuningMethod::lora;
    more.lora_rank = 1;
    const MemoryParts lora = estimate_run(more, model).memory;
    CHECK(lora.optimizer < plain.memory.optimizer);
    CHECK(lora.untouched > plain.memory.untouched); // the blocks stand beside the composed ones
    CHECK(estimate_run(config, model, { 5, 0 }).memory.total() < plain.memory.total());
    CHECK(estimate_run(config, model, { 100'000, 0 }).memory.total() == plain.memory.total());

    // A suite is run through in larger batches than a small run trains on.
    more = config;
    more.batch = 1;
    more.evaluate_every = 5;
    const RunEstimate alone = estimate_run(more, model, { 20, 0 });
    more.capabilities = { { "facts", "facts.jsonl" } };
    const RunEstimate evaluated = estimate_run(more, model, { 20, 0 });
    CHECK(evaluated.memory.total() > alone.memory.total());
    more.capabilities.front().source = "text.txt"; // in windows of the whole context
    CHECK(estimate_run(more, model, { 20, 0 }).memory.total() >= evaluated.memory.total());
    more.evaluate_every = 0;
    CHECK(estimate_run(more, model, { 20, 0 }).memory.total() == alone.memory.total());
}

TEST_CASE("the time follows from the latest run that is alike")
{
    RunConfig config = small_run();
    config.batch = 16;
    CHECK_FALSE(estimate_time(config, 10, {}));

    TimedRun alike{ config, 0.5 };
    alike.config.name = "alike";
    TimedRun full{ config, 0.1 };
    full.config.name = "full";
    full.config.method = TuningMethod::full;
    full.config.batch = 8;
    TimedRun other{ config, 9 };
    other.config.model = "another";

    const TimedRun known[] = { alike, other, full };
    const auto found = estimate_time(config, 10, known);
    REQUIRE(found);
    CHECK(found->run == "alike");
    CHECK(found->differing.empty());
    CHECK(found->seconds == doctest::Approx(5));

    const auto rough = estimate_time(config, 10, std::span(known).last(2));
    REQUIRE(rough);
    CHECK(rough->run == "full");
    CHECK(rough->differing == std::vector<std::string>{ "circuit.method", "run.batch" });
    CHECK(rough->seconds == doctest::Approx(0.1 * 10 * 2)); // twice the batch
    CHECK_FALSE(estimate_time(config, 10, std::span(known).subspan(1, 1)));
}

TEST_CASE("the time follows from the run that is most alike, and says in what it differs")
{
    RunConfig config = small_run();
    config.method = TuningMethod::circuit;
    config.device = "cpu";
    const auto timed = [&](const char* name, const std::vector<std::string>& settings) {
        TimedRun run{ config, 1 };
        for (const std::string& setting : settings)
            set_run_option(run.config, setting);
        run.config.name = name;
        return run;
    };
    const auto from = [&](const std::vector<TimedRun>& known) {
        return estimate_time(config, 10, known).value().run;
    };
    const TimedRun near = timed("near", { "run.evaluate_every=3" });
    const TimedRun sure = timed("sure", { "circuit.resamples=50", "circuit.score_on=probe" });
    const TimedRun full = timed("full", { "circuit.method=full" });
    const TimedRun card = timed("card", { "device=cuda" });
    const TimedRun again = timed("again", { "optimizer.learning_rate=0.5", "seed=7" });
    CHECK(from({ near, sure, full, card }) == "near");
    CHECK(from({ sure, full, card }) == "sure"); // the same method
    CHECK(from({ full, card }) == "full"); // the same device
    CHECK(from({ again, near, sure }) == "again");
    CHECK(estimate_time(config, 10, std::vector{ again })->differing.empty());
    CHECK(estimate_time(config, 10, std::vector{ sure })->differing
        == std::vector<std::string>{ "circuit.score_on", "circuit.resamples" });
}

TEST_CASE("a run of more steps than can be counted has no fewer circuits than a shorter one")
{
    constexpr int most = std::numeric_limits<int>::max();
    const ModelConfig model = tiny("tiny_llama");
    RunConfig config = small_run();
    config.batch = config.accumulate = 1;
    config.epochs = 3;
    config.discover_every = 2;
    config.evaluate_every = 2;
    REQUIRE(planned_steps(config, { 5, most }) == most);
    const RunEstimate estimate = estimate_run(config, model, { 5, most });
    CHECK(estimate.iterations == most / 2 + 2); // one before each second step, and the last
    config.discover_every = 1;
    CHECK(estimate_run(config, model, { 5, most }).iterations >= estimate.iterations);
}

TEST_CASE("what is proposed for a run that does not fit is a run that may be")
{
    const ModelConfig model = tiny("tiny_llama");
    RunConfig config = small_run();
    config.batch = 64;
    config.accumulate = 65536 / 16;
    const std::int64_t all = estimate_run(config, model, { 20, 0 }).first_memory.total();
    int proposed = 0;
    for (int share = 99; share > 0; --share) {
        CAPTURE(share);
        const auto fitting = fitting_run(config, model, { 20, 0 }, all * share / 100, false);
        if (!fitting)
            continue;
        ++proposed;
        CHECK_NOTHROW(validate(*fitting));
    }
    CHECK(proposed > 10);
}
