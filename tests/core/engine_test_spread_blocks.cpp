// Models whose blocks lie in several processes, which are threads of this one.
#include "core/base/error.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/tuning/block_supply.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuner.h"
#include "tests/support/free_port.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <mutex>
#include <set>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace circuitloom;
using testing::Folder;
using testing::free_port;
using testing::tiny_run;
using testing::Watcher;
using namespace std::chrono_literals;

namespace {

/// What a process is given to do with its part of a run.
struct Part
{
    PreparedRun& run;
    Tuner& tuner;
    const Ranks& ranks;
};

/// Prepares the run in so many processes and has each do `work`. What goes wrong in one is told.
void in_processes(int processes, const RunConfig& config, const std::function<void(Part)>& work)
{
    const int port = processes > 1 ? free_port() : 0;
    std::mutex mutex;
    std::string wrong;
    const auto be = [&](int rank) {
        try {
            ProcessPlace place;
            place.rank = place.local_rank = rank;
            place.size = place.local_size = processes;
            place.port = port;
            place.patience = 10s;
            const Ranks alone;
            std::optional<Ranks> several;
            if (processes > 1) {
                several.emplace(place);
                several->begin();
            }
            const Ranks& ranks = several ? *several : alone;
            Watcher watcher;
            RunPlace where;
            where.rank = rank;
            where.processes = processes;
            PreparedRun run = prepare_run(config, watcher, where);
            const BlockSupply supply(ranks, run.model.spread());
            Tuner tuner(run.model, run.graph, run.config,
                probe_batches(run.task, run.config, run.model, ranks), ranks);
            work({ run, tuner, ranks });
            ranks.agree(); // the others may still ask for blocks
        } catch (const std::exception& failure) {
            const std::lock_guard lock(mutex);
            wrong += "process " + std::to_string(rank) + ": " + failure.what() + "\n";
        }
    };
    {
        std::vector<std::jthread> others;
        for (int rank = 1; rank < processes; ++rank)
            others.emplace_back(be, rank);
        be(0);
    }
    REQUIRE_MESSAGE(wrong.empty(), wrong);
}

std::vector<torch::Tensor> weights_of(const Transformer& model)
{
    std::vector<torch::Tensor> copies;
    const int layers = model.config().layers;
    for (const torch::Tensor* tensor : model.weights().all()) {
        const int layer = model.spread() ? model.spread()->layer_of(*tensor) : -1;
        const HeldBlock held = layer >= 0 && layer < layers ? model.hold(layer) : HeldBlock();
        copies.push_back(tensor->detach().clone());
    }
    return copies;
}

/// A run as the first process sees it.
struct Course
{
    std::vector<Circuit> circuits;
    std::vector<double> figures;
    std::vector<torch::Tensor> weights;
    TrainingState state;
};

void take_steps(const Part& part, DataOrder& order, int first, int last, Course& course)
{
    const auto& [run, tuner, ranks] = part;
    for (int step = first; step <= last; ++step) {
        const StepOutcome outcome
            = tuner.step(next_batches(order, run.task, run.config, run.model, ranks), step);
        course.figures.insert(course.figures.end(), { outcome.loss, outcome.metric });
        if (outcome.discovery)
            course.circuits.push_back(outcome.discovery->circuit);
    }
    course.circuits.push_back(
        tuner.discover(next_batches(order, run.task, run.config, run.model, ranks))
            .discovery->circuit);
    const TaskResult result = evaluate_task(run.model, run.held_out.examples, 3,
        { .metric = run.config.discovery.metric, .perplexity = true, .ranks = ranks });
    course.figures.insert(course.figures.end(),
        { result.accuracy, result.logit_difference, result.log_prob, result.perplexity });
    for (const PreparedSuite& suite : run.suites)
        for (const EvaluationRecord& record : suite.evaluate(run.model, last, { .ranks = ranks }))
            course.figures.push_back(record.value);
    tuner.require_equal_weights();
    course.weights = weights_of(run.model);
}

constexpr int steps = 6;

Course course_of(int processes, const RunConfig& config)
{
    Course first;
    in_processes(processes, config, [&](const Part& part) {
        Course mine;
        DataOrder order(part.run.task.examples.size(), config.seed);
        const WeightReader untouched(part.run.files, part.run.model);
        take_steps(part, order, 1, steps, mine);
        if (!part.ranks.is_first())
            return;
        part.tuner.save(mine.state, OptimizerState::kept,
            [&](std::size_t index) { return untouched.read(index); });
        order.save(mine.state);
        first = std::move(mine);
    });
    return first;
}

/// What follows after the state of `before`.
Course after(const Course& before, int processes, const RunConfig& config)
{
    Course first;
    in_processes(processes, config, [&](const Part& part) {
        Course mine;
        DataOrder order(part.run.task.examples.size(), config.seed);
        part.tuner.restore(before.state);
        order.restore(before.state);
        take_steps(part, order, steps + 1, 2 * steps, mine);
        if (part.ranks.is_first())
            first = std::move(mine);
    });
    return first;
}

void check_same_bits(const Course& one, const Course& other)
{
    CHECK(one.circuits == other.circuits);
    CHECK(one.figures == other.figures);
    REQUIRE(one.weights.size() == other.weights.size());
    for (std::size_t i = 0; i < one.weights.size(); ++i) {
        CAPTURE(i);
        CHECK(torch::equal(one.weights[i], other.weights[i]));
    }
}

void check_near(const Course& one, const Course& other, double apart)
{
    REQUIRE(one.circuits.size() == other.circuits.size());
    for (std::size_t i = 0; i < one.circuits.size(); ++i) {
        std::set<std::int32_t> edges[2];
        for (const ScoredEdge& scored : one.circuits[i])
            edges[0].insert(scored.edge.value);
        for (const ScoredEdge& scored : other.circuits[i])
            edges[1].insert(scored.edge.value);
        CHECK(edges[0] == edges[1]);
    }
    REQUIRE(one.weights.size() == other.weights.size());
    for (std::size_t i = 0; i < one.weights.size(); ++i) {
        CAPTURE(i);
        CHECK((one.weights[i] - other.weights[i]).abs().max().item<double>() <= apart);
    }
}

RunConfig sharded(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    config.batch = 5;
    config.recompute_blocks = true;
    config.shard_blocks = true;
    return config;
}

RunConfig unsharded(RunConfig config)
{
    config.shard_blocks = false;
    return config;
}

} // namespace

TEST_CASE("a process has the numbers of its own blocks, and of others while it holds them")
{
    ModelConfig config;
    config.layers = 3;
    config.d_model = 8;
    config.heads = config.kv_heads = 2;
    config.head_dim = 4;
    config.mlp_width = 16;
    config.vocabulary = 11;
    config.max_positions = 7;
    const Weights whole = random_weights(config, 3, torch::kFloat32);
    auto blocks = std::make_shared<SpreadBlocks>(1, 2);
    Transformer model(
        config, empty_weights(config, torch::kCPU, torch::kFloat32, blocks.get()), blocks);
    REQUIRE(blocks->layers() == 3);
    const auto of_whole = whole.all();
    const auto mine = model.weights().all();
    REQUIRE(mine.size() == of_whole.size());
    for (std::size_t i = 0; i < mine.size(); ++i) {
        CHECK(mine[i]->sizes() == of_whole[i]->sizes());
        const int layer = blocks->layer_of(*mine[i]);
        CHECK(is_here(*mine[i]) == (layer != 0 && layer != 2));
        if (is_here(*mine[i]))
            mine[i]->copy_(*of_whole[i]);
    }
    CHECK_THROWS_AS(model.hold(0), Error); // nobody to ask
    CHECK_FALSE(is_here(model.weights().at(0, LayerPart::mlp_in_weight)));

    std::vector<int> fetched;
    blocks->fetch_by([&](int layer) {
        fetched.push_back(layer);
        if (layer == 2)
            throw Error("lost");
        if (layer == 1)
            return;
        const torch::NoGradGuard no_grad;
        for (std::size_t part = 0; part < layer_part_count; ++part)
            if (model.weights().layers[0][part].defined())
                model.weights().layers[0][part].copy_(whole.layers[0][part]);
    });
    const auto& matrix = model.weights().at(0, LayerPart::mlp_in_weight);
    {
        const HeldBlock held = model.hold(0);
        const HeldBlock again = model.hold(0);
        CHECK(torch::equal(matrix, whole.at(0, LayerPart::mlp_in_weight)));
        const HeldBlock own = model.hold(1);
        CHECK(fetched == std::vector<int>{ 0, 1 });
    }
    CHECK_FALSE(is_here(matrix));
    CHECK_THROWS_AS(model.hold(2), Error);
    CHECK_FALSE(is_here(model.weights().at(2, LayerPart::mlp_in_weight)));
    CHECK(is_here(model.weights().at(1, LayerPart::mlp_in_weight)));
    CHECK(torch::equal(model.weights().at(1, LayerPart::mlp_in_weight),
        whole.at(1, LayerPart::mlp_in_weight)));
    // Room for what another one asks for.
    CHECK(blocks->bytes_of(0).numel() == blocks->bytes_of(1).numel());
    CHECK_FALSE(is_here(matrix));
    // A graph would outlive what is held.
    auto ids = torch::zeros({ 1, 2 }, torch::kInt64);
    ForwardEdits root;
    root.embedding = model.embed(ids).requires_grad_();
    CHECK_THROWS_AS(model.hidden(ids, nullptr, root), Error);
}

TEST_CASE("spread blocks give the same bits as whole ones, and nearly those of one process")
{
    const Folder folder;
    RunConfig config = sharded(folder);
    for (const int processes : { 2, 3 }) {
        CAPTURE(processes);
        const Course spread = course_of(processes, config);
        check_same_bits(spread, course_of(processes, unsharded(config)));
        check_near(spread, course_of(1, config), 1e-6);
    }
}

TEST_CASE("so it is for every way of scoring, optimizer, type and part that a circuit opens")
{
    const Folder folder;
    RunConfig config = sharded(folder);
    SUBCASE("integrated gradients of the inputs, AdamW, groups of neurons, several batches")
    {
        config.discovery.method = AttributionMethod::eap_ig;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 1e-3;
        config.graph.mlp_group_size = 8;
        config.accumulate = 2;
        config.metric_penalty = 0.3;
        config.clip_norm = 0.5;
    }
    SUBCASE("integrated gradients of activations, on a probe, with norms and embeddings")
    {
        config.discovery.method = AttributionMethod::eap_ig;
        config.discovery.path = IntegrationPath::activations;
        config.discovery.positions = ScoredPositions::all;
        config.score_on = ScoredOn::probe;
        config.probe_examples = 7;
        config.train_norms = true;
        config.train_embeddings = true;
    }
    SUBCASE("bfloat16")
    {
        config.dtype = Precision::bfloat16;
    }
    SUBCASE("a fixed circuit, resampled, and batches of which a process has none")
    {
        config.method = TuningMethod::fixed;
        config.batch = 1;
        config.resamples = 5;
        config.random_ratio = 0.3;
    }
    SUBCASE("another family")
    {
        config.model = CIRCUITLOOM_TEST_DATA "/tiny_llama";
        config.graph.mlp_group_size = 8;
    }
    check_same_bits(course_of(3, config), course_of(3, unsharded(config)));
}

TEST_CASE("a run goes on from what spread blocks left without them, and the other way round")
{
    const Folder folder;
    RunConfig config = sharded(folder);
    SUBCASE("float64")
    {
        config.dtype = Precision::float64;
    }
    SUBCASE("bfloat16, AdamW")
    {
        config.dtype = Precision::bfloat16;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 1e-3;
    }
    const Course spread = course_of(2, config);
    const Course whole = course_of(2, unsharded(config));
    const Course expected = after(whole, 2, unsharded(config));
    check_same_bits(after(spread, 2, config), expected);
    check_same_bits(after(spread, 2, unsharded(config)), expected);
    check_same_bits(after(whole, 2, config), expected);
    if (config.dtype == Precision::float64) {
        check_near(after(spread, 1, config), expected, 1e-9);
        check_near(after(course_of(1, config), 3, config), expected, 1e-9);
    }
}
