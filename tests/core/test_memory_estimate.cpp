#include "core/architecture/model_size.h"
#include "core/run/memory_estimate.h"
#include "core/run/run_estimate.h"
#include "tests/support/published_models.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

/// As the tables of resources/docs/scaling.md have it.
RunConfig on_a_card()
{
    RunConfig config;
    config.selection.n = 1000;
    config.graph.mlp_group_size = 0;
    config.dtype = Precision::bfloat16;
    config.device = "cuda";
    config.batch = 8;
    config.evaluate_every = 0;
    return config;
}

constexpr TaskSize texts{ 64, 0 };

std::string gigabytes(std::int64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1e9);
    return text;
}

} // namespace

TEST_CASE("published models have as many parameters as their authors say")
{
    for (const PublishedModel& model : published_models()) {
        CAPTURE(model.name);
        CHECK(parameter_count(model.config()) == model.parameters);
    }
}

TEST_CASE("the parts of an 8B model's memory are those of the arithmetic by hand")
{
    const PublishedModel& llama = published_model("Llama-3.1-8B");
    const ModelConfig model = llama.config();
    RunConfig config = on_a_card();
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const MemoryParts memory = estimate_memory(config, model, graph, texts, 0.25);
    const std::int64_t blocks = llama.parameters - 2 * std::int64_t{ 128256 } * 4096;
    CHECK(memory.weights == 2 * llama.parameters);
    CHECK(memory.masters == 4 * (blocks / 4));
    CHECK(memory.optimizer == 4 * (blocks / 4));
    CHECK(memory.gradients == 2 * (blocks / 4));
    CHECK(memory.logits == 0); // their room is smaller than that of gradients and discovery
    CHECK(memory.untouched == 0);
    CHECK(memory.evaluation == 0);
    config.optimizer = OptimizerKind::adamw;
    CHECK(estimate_memory(config, model, graph, texts, 0.25).optimizer == 8 * (blocks / 4));
    config.dtype = Precision::float32;
    const MemoryParts wide = estimate_memory(config, model, graph, texts, 0.25);
    CHECK(wide.masters == 0);
    CHECK(wide.weights == 4 * llama.parameters);
    CHECK(wide.activations == 2 * memory.activations);
    config.method = TuningMethod::full;
    CHECK(estimate_memory(config, model, graph, texts, 0).optimizer == 8 * llama.parameters);
    // Only embeddings are opened besides.
    config.method = TuningMethod::circuit;
    CHECK(estimate_memory(config, model, graph, texts, 0).optimizer == 0);
    config.train_embeddings = true;
    CHECK(estimate_memory(config, model, graph, texts, 0).optimizer
        == 8 * std::int64_t{ 128256 } * 4096);
}

TEST_CASE("gradients are held once more for the sum of several batches, and for other processes")
{
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const auto gradients = [&](const RunConfig& run, int processes) {
        return estimate_memory(run, model, graph, texts, 0.25, processes).gradients;
    };
    const std::int64_t changed = changed_entries(config, model, 0.25);
    CHECK(gradients(config, 1) == 2 * changed);
    CHECK(gradients(config, 3) == (2 + 4 + 2) * changed);
    config.accumulate = 2;
    CHECK(gradients(config, 1) == 2 * 2 * changed);
    config.dtype = Precision::float32;
    CHECK(gradients(config, 1) == 2 * 4 * changed);
    // One is over before the other begins.
    CHECK(gradients(config, 2) == 2 * 4 * changed);
}

TEST_CASE("logits, discovery and gradients take turns in one room")
{
    for (const char* name : { "Pythia-70M", "Llama-3.2-1B" }) {
        const ModelConfig model = published_model(name).config();
        const RunConfig config = on_a_card();
        const ComputationalGraph graph(model.graph_shape(), config.graph);
        const std::int64_t discovery
            = estimate_memory(config, model, graph, texts, 0).discovery; // without gradients
        REQUIRE(discovery > 0);
        for (const double opened : { 0.0, 0.01, 0.1, 1.0 }) {
            CAPTURE(opened);
            const MemoryParts memory = estimate_memory(config, model, graph, texts, opened);
            // More than 2^24 logits of the batch, so the loss keeps none.
            CHECK(memory.logits + memory.discovery + memory.gradients
                == std::max({ std::int64_t{ 3 * 4 * (1 << 24) }, discovery, memory.gradients }));
        }
    }
    // Fewer are kept while edges are scored.
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    config.batch = 1;
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const MemoryParts memory = estimate_memory(config, model, graph, texts, 0);
    const std::int64_t logits = 4 * 64 * std::int64_t{ 128256 };
    CHECK(memory.logits == std::max(3 * logits - memory.discovery, logits));
}

TEST_CASE("each of several processes holds its share of the batch")
{
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    config.batch = 6;
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const auto memory = [&](int processes) {
        return estimate_memory(config, model, graph, texts, 0.25, processes);
    };
    RunConfig share = config;
    share.batch = 2;
    const MemoryParts of_share = estimate_memory(share, model, graph, texts, 0.25);
    CHECK(memory(3).activations == of_share.activations);
    // What is exchanged takes more of the logits' room.
    CHECK(memory(3).logits + memory(3).gradients + memory(3).discovery
        >= of_share.logits + of_share.gradients + of_share.discovery);
    CHECK(memory(3).logits <= of_share.logits);
    CHECK(memory(4).activations == of_share.activations); // the largest share counts
    CHECK(memory(3).activations < memory(1).activations);
    // Of the held-out task each compares its own batches of 64.
    config.discovery.metric = MetricKind::kl;
    config.held_out_task = "held-out.jsonl";
    TaskSize task = texts;
    task.held_out = 130;
    const auto logits = [&](int processes) {
        return estimate_memory(config, model, graph, task, 0.25, processes).logits;
    };
    const std::int64_t row = std::int64_t{ 128256 } * 4;
    config.batch = 1;
    CHECK(logits(1) - logits(2) == (130 - 128) * row);
    CHECK(logits(2) - logits(3) == (128 - 64) * row);
}

TEST_CASE("blocks that are computed anew leave their inputs and one block, by hand")
{
    const PublishedModel& llama = published_model("Llama-3.1-8B");
    const ModelConfig model = llama.config();
    RunConfig config = on_a_card();
    config.batch = 32;
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const auto memory
        = [&] { return estimate_memory(config, model, graph, texts, 0); };
    const MemoryParts plain = memory();
    config.recompute_blocks = true;
    const std::int64_t tokens = 32 * 64;
    const std::int64_t inputs = tokens * 32 * 4096 * 2;
    const std::int64_t block = plain.activations / 32;
    const MemoryParts anew = memory();
    CHECK(anew.activations == inputs + block);
    CHECK(anew.discovery < plain.discovery); // an example at a time is scored
    CHECK(anew.gradients == plain.gradients);
    config.offload_inputs = true;
    CHECK(memory().activations == block);
    config.device = "cpu"; // they are in the same memory
    CHECK(memory().activations == inputs + block);
    // An example is scored whole.
    config.batch = 1;
    CHECK(memory().activations == plain.activations / 32);
}

TEST_CASE("a process that keeps its part of the blocks holds that and room for two, by hand")
{
    const ModelConfig model = published_model("Llama-3.1-8B").config();
    RunConfig config = on_a_card();
    config.recompute_blocks = true;
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    const auto memory = [&](int processes) {
        return estimate_memory(config, model, graph, texts, 0.25, processes);
    };
    const MemoryParts whole = memory(3);
    config.shard_blocks = true;
    CHECK(memory(1) == estimate_memory(config, model, graph, texts, 0.25));
    CHECK(memory(1).weights == whole.weights);
    const std::int64_t tables = std::int64_t{ 128256 } * 4096 * 2 * 2;
    const std::int64_t block = (whole.weights - tables) / 32;
    CHECK(memory(3).weights == tables + (11 + 2) * block); // 32 blocks for three
    CHECK(memory(3).masters == whole.masters);
    CHECK(memory(3).total() < whole.total());
    config.dtype = Precision::float32; // the opened weights are kept beside the spread ones
    CHECK(memory(3).masters == changed_entries(config, model, 0.25) * 4);
    config.shard_blocks = false;
    CHECK(memory(3).masters == 0);
}

TEST_CASE("both tables of an untied model count where both are trained")
{
    const ModelConfig untied = published_model("Llama-3.1-8B").config();
    const ModelConfig tied = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    config.train_embeddings = true;
    const std::int64_t one = std::int64_t{ 128256 } * 4096;
    CHECK(changed_entries(config, untied, 0) == one);
    config.train_unembedding = true;
    CHECK(changed_entries(config, untied, 0) == 2 * one);
    CHECK(changed_entries(config, tied, 0) == std::int64_t{ 128256 } * 2048);
}

TEST_CASE("what the metric kl compares with grows with targets and vocabulary")
{
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    TaskSize task = texts;
    const auto logits = [&] { return estimate_memory(config, model, graph, task, 1).logits; };
    const std::int64_t plain = logits();
    task.targets = 3;
    CHECK(logits() == plain); // whatever the targets, so many logits at a time
    config.discovery.metric = MetricKind::kl;
    const std::int64_t row = std::int64_t{ 128256 } * 4;
    CHECK(logits() == plain + 2 * 8 * 3 * row);
    config.held_out_task = "held-out.jsonl";
    CHECK(logits() == plain + (2 * 8 + 200) * 3 * row);
    task.held_out = 50;
    CHECK(logits() == plain + (2 * 8 + 50) * 3 * row);
    // More targets are more rows at which edges are scored.
    config.held_out_task.clear();
    config.discovery.metric = MetricKind::logit_diff;
    config.batch = 2;
    const auto discovery
        = [&] { return estimate_memory(config, model, graph, task, 0).discovery; };
    const std::int64_t of_three = discovery();
    task.targets = 1;
    CHECK(discovery() < of_three);
}

TEST_CASE("one circuit opens no more than its largest parts")
{
    const ModelConfig model = published_model("Pythia-70M").config();
    RunConfig config = on_a_card();
    const ComputationalGraph graph(model.graph_shape(), config.graph);
    config.selection.n = 1;
    // One W_in and one W_out of 512 × 2,048, of six of both, and six times q, k, v and o of 512 × 512.
    const double one = 2 * 2048;
    const double all = 6 * (2 * 2048 + 4 * 512);
    CHECK(most_opened_at_once(config, model, graph) == doctest::Approx(one / all));
    config.selection.n = 1'000'000;
    CHECK(most_opened_at_once(config, model, graph) == 1);
    config.selection = { SelectionRule::threshold };
    CHECK(most_opened_at_once(config, model, graph) == 1);
}

TEST_CASE("a run that does not fit is told the fewest changes with which it does")
{
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    config.dtype = Precision::float32;
    config.optimizer = OptimizerKind::adamw;
    config.batch = 64;
    const auto needs = [&](const RunConfig& run) {
        return estimate_run(run, model, texts).first_memory.total();
    };
    const auto whole = fitting_run(config, model, texts, needs(config), true);
    REQUIRE(whole);
    CHECK(*whole == config);

    RunConfig smaller = config;
    smaller.batch = 16;
    smaller.accumulate = 4;
    const auto less = fitting_run(config, model, texts, needs(smaller), true);
    REQUIRE(less);
    CHECK(*less == smaller);

    // What the settings so far need at the least, whatever the batch.
    const auto least = [&](RunConfig run) {
        std::int64_t bytes = needs(run);
        for (; run.batch > 1; bytes = std::min(bytes, needs(run))) {
            run.batch /= 2;
            run.accumulate *= 2;
        }
        return bytes;
    };
    RunConfig tried = config;
    tried.device = "cuda";
    const auto next = [&] { return fitting_run(config, model, texts, least(tried) - 1, true); };
    const auto anew = next();
    REQUIRE(anew);
    CHECK(anew->recompute_blocks);
    CHECK_FALSE(anew->offload_inputs);
    CHECK(anew->optimizer == OptimizerKind::adamw);
    CHECK(anew->batch * anew->accumulate == 64);

    tried.recompute_blocks = true;
    RunConfig one_offloaded = tried; // nothing is summed up then
    one_offloaded.offload_inputs = true;
    CHECK(needs(one_offloaded) < needs(tried));
    const auto offloaded = fitting_run(tried, model, texts, needs(one_offloaded), true);
    REQUIRE(offloaded);
    CHECK(needs(*offloaded) <= needs(one_offloaded));

    tried.offload_inputs = true;
    const auto sgd = next();
    REQUIRE(sgd);
    CHECK(sgd->optimizer == OptimizerKind::sgd);
    CHECK(sgd->dtype == Precision::float32);
    CHECK(sgd->batch * sgd->accumulate == 64);

    tried.optimizer = OptimizerKind::sgd;
    const auto narrow = next();
    REQUIRE(narrow);
    CHECK(narrow->dtype == Precision::bfloat16);
    CHECK(narrow->device == config.device);
    const std::int64_t too_little = least(tried) - 1;
    CHECK_FALSE(fitting_run(config, model, texts, too_little, false)); // on the processor
    CHECK_FALSE(fitting_run(config, model, texts, 1'000'000'000, true));
}

TEST_CASE("a run of several processes that does not fit is told to keep the blocks apart")
{
    const ModelConfig model = published_model("Llama-3.1-8B").config();
    RunConfig config = on_a_card();
    config.task = "demo/disagreement";
    config.selection.n = 1; // opens little
    RunConfig spread = config;
    spread.batch = 1;
    spread.accumulate = config.batch;
    spread.recompute_blocks = spread.offload_inputs = spread.shard_blocks = true;
    const std::int64_t bytes = estimate_run(spread, model, texts, 8).first_memory.total();
    const auto fitting = fitting_run(config, model, texts, bytes, true, 8);
    REQUIRE(fitting);
    CHECK(fitting->shard_blocks);
    CHECK(fitting->recompute_blocks);
    CHECK_NOTHROW(validate(*fitting));
    CHECK_FALSE(fitting_run(config, model, texts, bytes, true));
    config.discovery.metric = MetricKind::kl;
    CHECK_FALSE(fitting_run(config, model, texts, bytes, true, 8));
}

TEST_CASE("a batch that is no power of two becomes the largest part of it that fits")
{
    const ModelConfig model = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    const auto fitting = [&](int batch, int part) {
        config.batch = part;
        config.accumulate = 2 * batch / part;
        const std::int64_t bytes = estimate_run(config, model, texts).first_memory.total();
        RunConfig whole = config;
        whole.batch = batch;
        whole.accumulate = 2;
        return fitting_run(whole, model, texts, bytes, true);
    };
    for (const auto& [batch, part] :
        std::vector<std::pair<int, int>>{ { 5, 1 }, { 3, 1 }, { 12, 3 }, { 15, 5 }, { 12, 6 } }) {
        CAPTURE(batch);
        const auto found = fitting(batch, part);
        REQUIRE(found);
        CHECK(*found == config);
    }
}

TEST_CASE("the table of large models says what the arithmetic gives")
{
    std::ifstream page(std::string(CIRCUITLOOM_SOURCE_DIR) + "/resources/docs/scaling.md");
    REQUIRE(page);
    std::string text(std::istreambuf_iterator<char>(page), {});
    for (const PublishedModel& published : published_models()) {
        if (published.name == "Pythia-70M")
            continue; // not in it
        CAPTURE(published.name);
        const ModelConfig model = published.config();
        RunConfig config = on_a_card();
        const ComputationalGraph graph(model.graph_shape(), config.graph);
        const MemoryParts quarter = estimate_memory(config, model, graph, texts, 0.25);
        const MemoryParts all = estimate_memory(config, model, graph, texts, 1);
        config.method = TuningMethod::full;
        const MemoryParts full = estimate_memory(config, model, graph, texts, 1);
        config.method = TuningMethod::lora;
        const MemoryParts lora = estimate_memory(config, model, graph, texts, 1);
        std::string row;
        for (const std::int64_t bytes :
            { quarter.weights, quarter.masters + quarter.optimizer,
                quarter.gradients + quarter.discovery, quarter.activations + quarter.logits })
            row += " | " + gigabytes(bytes);
        row += " | **" + gigabytes(quarter.total()) + "**";
        for (const MemoryParts& memory : { all, full, lora })
            row += " | " + gigabytes(memory.total());
        const auto line = text.find("| " + std::string(published.name) + " |");
        REQUIRE(line != std::string::npos);
        CHECK(text.substr(line, text.find('\n', line) - line).ends_with(row + " |"));
        CHECK(lora.total() < all.total()); // though the blocks stand beside the composed ones
    }
}

TEST_CASE("an adapter has two matrices for each of its targets, however the weights lie together")
{
    const ModelConfig llama = published_model("Llama-3.2-1B").config();
    RunConfig config = on_a_card();
    config.method = TuningMethod::lora;
    config.lora_rank = 3;
    const std::int64_t width = llama.d_model;
    const std::int64_t queries = std::int64_t{ llama.heads } * llama.head_dim;
    const std::int64_t keys = std::int64_t{ llama.kv_heads } * llama.head_dim;
    const std::int64_t hidden = llama.mlp_width;
    const auto entries = [&](const char* targets) {
        config.lora_targets = targets;
        return changed_entries(config, llama, 0);
    };
    const std::int64_t attention = width + queries + 2 * (width + keys) + queries + width;
    const std::int64_t mlp = 3 * (width + hidden); // the gate, W_in and W_out
    CHECK(entries("q,k,v,o,mlp") == llama.layers * 3 * (attention + mlp));
    CHECK(entries("q,v") == llama.layers * 3 * (width + queries + width + keys));
}
