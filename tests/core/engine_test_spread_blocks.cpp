// Models whose blocks lie in several processes, which are threads of this one.
#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/tuning/block_supply.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuner.h"
#include "tests/support/free_port.h"
#include "tests/support/skip.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
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

/// Prepares the run as process `rank` of so many, which meet at that port, and does `work`.
void as_process(int rank, int processes, int port, const RunConfig& config,
    const std::function<void(Part)>& work)
{
    ProcessPlace place;
    place.rank = place.local_rank = rank;
    place.size = place.local_size = processes;
    place.port = port;
    place.patience = 60s; // an idle machine needs none of it
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
    REQUIRE((run.model.spread() != nullptr) == (config.shard_blocks && processes > 1));
    const BlockSupply supply(ranks, run.model.spread());
    Tuner tuner(run.model, run.graph, run.config,
        probe_batches(run.task, run.config, run.model, ranks), ranks);
    work({ run, tuner, ranks });
    ranks.agree(); // the others may still ask for blocks
}

/// Has so many processes do `work`, as threads. What goes wrong in one is told.
void in_processes(int processes, const RunConfig& config, const std::function<void(Part)>& work)
{
    const int port = processes > 1 ? free_port() : 0;
    std::mutex mutex;
    std::string wrong;
    const auto be = [&](int rank) {
        try {
            as_process(rank, processes, port, config, work);
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
    CHECK((one.circuits == other.circuits));
    CHECK((one.figures == other.figures));
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
        CHECK((edges[0] == edges[1]));
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
        CHECK((fetched == std::vector<int>{ 0, 1 }));
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

namespace {

/// What tells a process that is started for it which one it is, and where to write what it held.
constexpr const char* measured_place = "CIRCUITLOOM_TEST_MEASURED_PLACE";

/// Blocks of GPT-2's kind with random weights, and the tokenizer of the tiny model, so that the blocks are
/// nearly all there is.
void write_model_of_blocks(const std::filesystem::path& folder)
{
    ModelConfig config
        = load_transformer(open_model_files(CIRCUITLOOM_TEST_DATA "/tiny_gpt2"), torch::kCPU,
            torch::kFloat32)
              .config();
    config.layers = 12;
    config.d_model = 512;
    config.heads = config.kv_heads = 8;
    config.head_dim = 64;
    config.mlp_width = 2048;
    save_transformer(Transformer(config, random_weights(config, 1, torch::kFloat32)), folder);
    std::filesystem::copy(
        CIRCUITLOOM_TEST_DATA "/tiny_gpt2/tokenizer.json", folder / "tokenizer.json");
}

/// The most that each process holds beyond what it held before the run, in bytes.
std::vector<std::int64_t> held_by(
    int processes, const RunConfig& config, const std::filesystem::path& folder)
{
    std::ofstream(folder / "run.toml") << to_toml(config);
    const int port = free_port();
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string commands;
    for (int rank = 0; rank < processes; ++rank)
        commands += std::string("OMP_NUM_THREADS=1 ") + measured_place + "='"
            + std::to_string(rank) + " " + std::to_string(processes) + " " + std::to_string(port)
            + " " + folder.string() + "' '" + program
            + "' --no-skip --test-case='a process whose memory is measured' > /dev/null & ";
    REQUIRE(std::system((commands + "wait").c_str()) == 0);
    std::vector<std::int64_t> held;
    for (int rank = 0; rank < processes; ++rank) {
        std::ifstream file(folder / ("held" + std::to_string(rank)));
        std::int64_t bytes = 0;
        REQUIRE_MESSAGE((file >> bytes), "process " << rank << " has not come to its end");
        held.push_back(bytes);
        std::filesystem::remove(folder / ("held" + std::to_string(rank)));
    }
    return held;
}

} // namespace

TEST_CASE("a process whose memory is measured" * doctest::skip())
{
    const char* const said = std::getenv(measured_place);
    if (!said)
        return;
    std::istringstream text(said);
    int rank = 0;
    int processes = 0;
    int port = 0;
    std::string folder;
    text >> rank >> processes >> port >> folder;
    std::ifstream file(folder + "/run.toml");
    const std::string toml{ std::istreambuf_iterator<char>(file), {} };
    const RunConfig config = parse_run_config(toml, "run.toml");
    torch::ones({ 256, 256 }).mm(torch::ones({ 256, 256 })); // what LibTorch keeps for itself
    const std::int64_t before = resident_memory();
    restart_peak_resident_memory();
    as_process(rank, processes, port, config, [&](const Part& part) {
        Course course;
        DataOrder order(part.run.task.examples.size(), config.seed);
        for (int step = 1; step <= 3; ++step)
            part.tuner.step(
                next_batches(order, part.run.task, part.run.config, part.run.model, part.ranks),
                step);
        evaluate_task(part.run.model, part.run.held_out.examples, 3, { .ranks = part.ranks });
        std::ofstream(folder + "/held" + std::to_string(rank))
            << peak_resident_memory() - before;
    });
}

TEST_CASE("of a model whose blocks are spread each process holds its part"
    * doctest::test_suite("conditional"))
{
    restart_peak_resident_memory();
    if (resident_memory() == 0
        || peak_resident_memory() - resident_memory() > (std::int64_t{ 8 } << 20))
        return testing::skip("the system does not let a process restart the count of its peak memory");
    const Folder folder;
    RunConfig config = sharded(folder);
    config.model = (folder / "blocks").string();
    config.learning_rate = 1e-4;
    config.batch = 6;
    config.graph.mlp_group_size = 64;
    config.selection.n = 100;
    write_model_of_blocks(config.model);
    for (const int processes : { 2, 3 }) {
        const auto spread = held_by(processes, config, folder.path());
        const auto whole = held_by(processes, unsharded(config), folder.path());
        for (int rank = 0; rank < processes; ++rank) {
            const auto at = static_cast<std::size_t>(rank);
            MESSAGE("process " << rank << " of " << processes << ": " << (spread[at] >> 20)
                               << " MiB, with all blocks " << (whole[at] >> 20) << " MiB");
            // It lacks what the others keep of 12 blocks, of 12 MiB each, but for two that are lent,
            // and keeps what is opened beside.
            const std::int64_t blocks_less = 12 - 12 / processes - 2;
            CHECK(whole[at] - spread[at] > blocks_less * (std::int64_t{ 7 } << 20));
        }
    }
}
