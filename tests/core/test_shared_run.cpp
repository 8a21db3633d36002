// Several real processes tune one model together, on the loopback.
#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/remote/run_orders.h"
#include "core/store/experiment_reader.h"
#include "core/tasks/task.h"
#include "tests/support/program.h"
#include "tests/support/rank_processes.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"
#include "tests/support/tiny_configuration.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using namespace circuitloom::testing;
using samples::TemporaryFolder;

namespace {

constexpr int patience = 60; ///< seconds that processes wait for one another on a busy machine
constexpr int short_patience = 5; ///< where somebody is waited for in vain

TaskExample example(const std::string& letters)
{
    const std::string text = letters + "x";
    const int end = static_cast<int>(text.size());
    return { text, { { end - 1, end, "y" } }, {} };
}

std::vector<TaskExample> examples()
{
    std::vector<TaskExample> all;
    for (const char* first : { "ab", "cd", "efs", "gh", "ij", "kltu" })
        for (const char* second : { "mn", "op", "qr" })
            all.push_back(example(std::string(first) + second));
    return all;
}

RunConfig tiny_run(const std::filesystem::path& folder)
{
    std::ofstream(folder / "task.jsonl") << to_jsonl(examples());
    std::ofstream(folder / "suite.jsonl")
        << "{\"prompt\": \"abmn\", \"choices\": [\"x\", \"y\"], \"answer\": 0}\n"
           "{\"prompt\": \"cdqr\", \"choices\": [\"xy\", \"y\"], \"answer\": 1}\n";
    std::ofstream(folder / "text.txt") << "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    RunConfig config = tiny_configuration(folder);
    config.batch = 5; // no multiple of the processes
    return config;
}

void save(const RunConfig& config, const std::filesystem::path& file)
{
    std::ofstream(file) << to_toml(config);
}

/// A run as it is in a file and in the model that it left.
struct Stored
{
    std::vector<Circuit> circuits;
    std::vector<StepRecord> steps;
    std::vector<EvaluationRecord> evaluations;
    std::vector<IterationCertainty> certainties;
    std::vector<CertainEdges> certain_edges; ///< of each iteration
    std::vector<float> weights;
};

std::vector<float> weights_in(const std::filesystem::path& file)
{
    const Safetensors read = Safetensors::open(file);
    std::vector<float> all;
    for (const TensorView& view : read.tensors()) {
        const std::size_t before = all.size();
        if (view.type == ElementType::f32) {
            all.resize(before + view.bytes.size() / sizeof(float));
            std::memcpy(all.data() + before, view.bytes.data(), view.bytes.size());
        }
    }
    return all;
}

Stored stored(const std::filesystem::path& file)
{
    const ExperimentReader reader(file);
    const RunId run = reader.runs().at(0).id;
    Stored all;
    for (const IterationRecord& iteration : reader.iterations(run)) {
        all.circuits.push_back(reader.circuit(run, iteration.index));
        all.certain_edges.push_back(reader.edge_certainties(run, iteration.index));
    }
    all.steps = reader.steps(run);
    all.evaluations = reader.evaluations(run);
    all.certainties = reader.certainties(run);
    return all;
}

Stored run_by(int processes, const RunConfig& config, const TemporaryFolder& folder)
{
    save(config, folder.path() / "run.toml");
    const std::string name = "by-" + std::to_string(processes);
    const auto result = run_cli(folder.path(),
        "tune run.toml --processes " + std::to_string(processes) + " --patience "
            + std::to_string(patience) + " -o " + name + ".loom");
    REQUIRE_MESSAGE(result.code == 0, result.errors);
    Stored all = stored(folder.path() / (name + ".loom"));
    const auto exported
        = run_cli(folder.path(), "models export " + name + ".loom --run 1 --force -o " + name);
    REQUIRE_MESSAGE(exported.code == 0, exported.errors);
    all.weights = weights_in(folder.path() / name / "model.safetensors");
    std::filesystem::remove(folder.path() / (name + ".loom"));
    return all;
}

bool near(double a, double b)
{
    constexpr double close = 1e-6;
    return a == b || (std::isnan(a) && std::isnan(b))
        || std::abs(a - b) <= close * std::max(1.0, std::abs(a));
}

std::set<std::int32_t> edges_of(const Circuit& circuit)
{
    std::set<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit)
        edges.insert(scored.edge.value);
    return edges;
}

double score_in(const Circuit& circuit, EdgeId edge)
{
    const auto found = std::ranges::find(circuit, edge, &ScoredEdge::edge);
    return found == circuit.end() ? 1e9 : static_cast<double>(found->score);
}

// Of the first `iterations` and `steps`, where there are more.
void check_same_course(const Stored& one, const Stored& other, std::size_t iterations = SIZE_MAX,
    std::size_t steps = SIZE_MAX)
{
    if (iterations == SIZE_MAX) {
        REQUIRE(one.circuits.size() == other.circuits.size());
        REQUIRE(one.steps.size() == other.steps.size());
        iterations = one.circuits.size();
        steps = one.steps.size();
    }
    REQUIRE(one.circuits.size() >= iterations);
    REQUIRE(other.circuits.size() >= iterations);
    for (std::size_t i = 0; i < iterations; ++i) {
        CAPTURE(i);
        CHECK(edges_of(one.circuits[i]) == edges_of(other.circuits[i]));
        for (const ScoredEdge& scored : one.circuits[i])
            CHECK(near(scored.score, score_in(other.circuits[i], scored.edge)));
    }
    REQUIRE(one.steps.size() >= steps);
    REQUIRE(other.steps.size() >= steps);
    for (std::size_t i = 0; i < steps; ++i) {
        CHECK(near(one.steps[i].loss, other.steps[i].loss));
        CHECK(near(one.steps[i].metric, other.steps[i].metric));
    }
}

void check_same_certainty(const Stored& one, const Stored& other)
{
    REQUIRE(one.certainties.size() == other.certainties.size());
    for (std::size_t i = 0; i < one.certainties.size(); ++i) {
        CAPTURE(i);
        CHECK(one.certainties[i].iteration == other.certainties[i].iteration);
        CHECK(one.certainties[i].resamples == other.certainties[i].resamples);
        CHECK(one.certainties[i].examples == other.certainties[i].examples);
        CHECK(one.certainties[i].blocks == other.certainties[i].blocks);
        CHECK(near(one.certainties[i].stability.jaccard, other.certainties[i].stability.jaccard));
        CHECK(near(one.certainties[i].stability.chance, other.certainties[i].stability.chance));
    }
    REQUIRE(one.certain_edges.size() == other.certain_edges.size());
    for (std::size_t i = 0; i < one.certain_edges.size(); ++i) {
        CAPTURE(i);
        REQUIRE(one.certain_edges[i].size() == other.certain_edges[i].size());
        for (std::size_t edge = 0; edge < one.certain_edges[i].size(); ++edge) {
            const CertainEdge& a = one.certain_edges[i][edge];
            const CertainEdge& b = other.certain_edges[i][edge];
            CHECK(a.edge == b.edge);
            CHECK(near(a.certainty.inclusion, b.certainty.inclusion));
            CHECK(near(a.certainty.low, b.certainty.low));
            CHECK(near(a.certainty.high, b.certainty.high));
        }
    }
}

void check_same(const Stored& one, const Stored& other)
{
    check_same_course(one, other);
    REQUIRE(one.evaluations.size() == other.evaluations.size());
    for (std::size_t i = 0; i < one.evaluations.size(); ++i) {
        CHECK(one.evaluations[i].items == other.evaluations[i].items);
        CHECK(near(one.evaluations[i].value, other.evaluations[i].value));
    }
    check_same_certainty(one, other);
    REQUIRE(!one.weights.empty());
    REQUIRE(one.weights.size() == other.weights.size());
    for (std::size_t i = 0; i < one.weights.size(); ++i)
        if (!near(one.weights[i], other.weights[i]))
            FAIL_CHECK("a weight is " << one.weights[i] << " and " << other.weights[i]);
}

/// circuitloom-cli, or another program, in a process of its own, which may start others.
class Launcher
{
public:
    /// Whether the program hears how those end that it starts, unless it asks for it.
    enum class Children
    {
        heard,
        ignored
    };
    Launcher(const std::filesystem::path& folder, std::vector<std::string> words,
        const char* program = CIRCUITLOOM_CLI, Children children = Children::heard)
        : errors_(folder / "errors")
        , process_(::fork())
    {
        if (process_ != 0)
            return;
        const int errors = ::open(errors_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int quiet = ::open("/dev/null", O_WRONLY);
        ::dup2(quiet, 1);
        ::dup2(errors, 2);
        if (children == Children::ignored)
            ::signal(SIGCHLD, SIG_IGN);
        std::vector<char*> pointers{ const_cast<char*>(program) };
        for (std::string& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execv(program, pointers.data());
        ::_exit(127);
    }
    ~Launcher()
    {
        if (running())
            ::kill(process_, SIGTERM);
        wait();
    }
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    bool running()
    {
        if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) != 0)
            process_ = 0;
        return process_ > 0;
    }
    void signal(int number) const { ::kill(process_, number); }
    /// Its exit code; -1 where it was killed.
    int wait()
    {
        if (process_ > 0)
            ::waitpid(process_, &status_, 0);
        process_ = 0;
        return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
    }
    std::string errors() const { return bytes_of(errors_); }

    /// The process that it started as the `rank`-th; 0 where there is none.
    pid_t process(int rank) const { return process_of_rank(process_, rank); }

private:
    std::filesystem::path errors_;
    pid_t process_;
    int status_ = 0;
};

std::size_t steps_in(const std::filesystem::path& file)
{
    try {
        const ExperimentReader reader(file);
        const auto runs = reader.runs();
        return runs.empty() ? 0 : reader.steps(runs.front().id).size();
    } catch (const Error&) {
        return 0; // being created
    }
}

void wait_for_steps(Launcher& launcher, const std::filesystem::path& file, std::size_t steps)
{
    constexpr std::chrono::minutes limit{ 10 };
    const auto end = std::chrono::steady_clock::now() + limit;
    for (std::size_t there = 0; (there = steps_in(file)) < steps;) {
        REQUIRE_MESSAGE(launcher.running(), launcher.errors());
        if (std::chrono::steady_clock::now() > end)
            FAIL("The run has " << there << " of " << steps << " steps after " << limit.count()
                                << " minutes.");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

RunSummary only_run(const std::filesystem::path& file)
{
    return ExperimentReader(file).runs().at(0);
}

// A run that does not end by itself, in float64, so that its course can be compared for long.
RunConfig endless(const std::filesystem::path& folder)
{
    RunConfig config = tiny_run(folder);
    config.steps = 100000;
    config.learning_rate = 0.002;
    config.evaluate_every = 50;
    config.checkpoint_every = 100000;
    config.dtype = Precision::float64;
    save(config, folder / "run.toml");
    return config;
}

std::vector<std::string> tune_words(const std::filesystem::path& folder,
    const std::filesystem::path& file, int processes, int seconds = patience)
{
    return { "tune", (folder / "run.toml").string(), "--processes", std::to_string(processes),
        "--patience", std::to_string(seconds), "-o", file.string() };
}

std::vector<std::string> resume_words(const std::filesystem::path& file, int processes)
{
    return { "resume", file.string(), "--run", "1", "--processes", std::to_string(processes),
        "--patience", std::to_string(patience) };
}

// Goes on with the run for `steps` more, stops it, and gives how many steps there are then.
std::size_t go_on(const std::filesystem::path& folder, const std::filesystem::path& file,
    int processes, std::size_t steps)
{
    const std::size_t before = steps_in(file);
    Launcher launcher(folder, resume_words(file, processes));
    wait_for_steps(launcher, file, before + steps);
    launcher.signal(SIGTERM);
    CHECK(launcher.wait() == 130);
    const RunSummary run = only_run(file);
    CHECK(run.state == RunState::stopped);
    return steps_in(file);
}

// The run of one process from the same configuration, at least as long.
Stored of_one_process(const std::filesystem::path& folder, std::size_t steps)
{
    const auto file = folder / "whole.loom";
    Launcher launcher(folder, tune_words(folder, file, 1));
    wait_for_steps(launcher, file, steps);
    launcher.signal(SIGTERM);
    CHECK(launcher.wait() == 130);
    return stored(file);
}

// The state that a run is in after one of its processes was lost, and that it goes on from there
// as if nothing had been.
void check_failed_and_resumable(
    const std::filesystem::path& folder, const std::filesystem::path& file)
{
    const RunSummary failed = only_run(file);
    CHECK(failed.state == RunState::failed);
    CHECK(!failed.message.empty());
    const auto checkpoints = ExperimentReader(file).checkpoints(failed.id);
    REQUIRE(!checkpoints.empty());
    CHECK(checkpoints.back().step == static_cast<int>(steps_in(file)));
    const std::size_t steps = go_on(folder, file, 1, 20);
    check_same_course(stored(file), of_one_process(folder, steps), steps / 3, steps);
}

/// Two networks that a cable joins, as two machines have them.
class TwoNetworks
{
public:
    TwoNetworks()
    {
        usable_ = ::geteuid() == 0 && ip("netns add " + name(0)) && ip("netns add " + name(1))
            && ip("link add " + name(0) + " netns " + name(0) + " type veth peer name " + name(1)
                + " netns " + name(1));
        for (int side = 0; side < 2 && usable_; ++side)
            usable_
                = ip("-n " + name(side) + " address add " + address(side) + "/24 dev " + name(side))
                && ip("-n " + name(side) + " link set " + name(side) + " up")
                && ip("-n " + name(side) + " link set lo up");
    }
    ~TwoNetworks()
    {
        ip("netns del " + name(0));
        ip("netns del " + name(1));
    }
    TwoNetworks(const TwoNetworks&) = delete;
    TwoNetworks& operator=(const TwoNetworks&) = delete;

    bool usable() const { return usable_; }
    static std::string name(int side)
    {
        return "loom" + std::to_string(::getpid() % 100000) + (side == 0 ? "a" : "b");
    }
    static std::string address(int side) { return side == 0 ? "10.213.7.1" : "10.213.7.2"; }
    void cut() const { ip("-n " + name(0) + " link set " + name(0) + " down"); }

private:
    static bool ip(const std::string& words)
    {
        return std::system(("ip " + words + " >/dev/null 2>&1").c_str()) == 0;
    }

    bool usable_ = false;
};

} // namespace

TEST_CASE(
    "a run that several processes share refuses to pause, with the reason, and can be stopped")
{
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    endless(folder.path());
    Launcher launcher(folder.path(), tune_words(folder.path(), file, 2));
    wait_for_steps(launcher, file, 3);
    for (const RunOrder order : { RunOrder::pause, RunOrder::resume })
        CHECK_THROWS_WITH_AS(give_order(file, { 1 }, order),
            doctest::Contains("shares the run among several processes"), InputError);
    CHECK(give_order(file, { 1 }, RunOrder::stop).find("told to stop") != std::string::npos);
    CHECK(launcher.wait() == 130);
    CHECK(only_run(file).state == RunState::stopped);
}

TEST_CASE("a cut cable between two machines ends both processes, and the run can be resumed"
    * doctest::test_suite("conditional"))
{
    const TwoNetworks networks;
    if (!networks.usable())
        return skip("Networks of one's own (ip netns) cannot be made here.");
    const TemporaryFolder folder;
    endless(folder.path());
    const auto file = folder.path() / "run.loom";
    const auto command = [&](int side) {
        return std::vector<std::string>{ "-c",
            "exec ip netns exec " + TwoNetworks::name(side) + " env RANK=" + std::to_string(side)
                + " WORLD_SIZE=2 LOCAL_RANK=0 MASTER_PORT=29500 MASTER_ADDR="
                + TwoNetworks::address(0) + " OMP_NUM_THREADS=1 '" CIRCUITLOOM_CLI "' tune '"
                + (folder.path() / "run.toml").string() + "' --patience "
                + std::to_string(short_patience) + " -o '" + file.string() + "'" };
    };
    const TemporaryFolder other;
    Launcher first(folder.path(), command(0), "/bin/sh");
    Launcher second(other.path(), command(1), "/bin/sh");
    wait_for_steps(first, file, 10);
    networks.cut();
    CHECK(first.wait() == 1);
    CHECK(second.wait() == 1);
    CHECK(second.errors().find("rank 1: ") != std::string::npos);
    check_failed_and_resumable(folder.path(), file);
}

TEST_CASE("two and three processes give the circuits, figures and weights of one")
{
    const TemporaryFolder folder;
    const RunConfig config = tiny_run(folder.path());
    const Stored one = run_by(1, config, folder);
    REQUIRE(one.circuits.size() == 5);
    check_same(one, run_by(2, config, folder));
    check_same(one, run_by(3, config, folder));
}

TEST_CASE("so it is with every setting that looks at a whole batch, and with empty shares")
{
    const TemporaryFolder folder;
    RunConfig config = tiny_run(folder.path());
    config.batch = 2; // the third process has none
    config.accumulate = 2;
    config.dtype = Precision::float64;
    config.discovery.method = AttributionMethod::eap_ig;
    config.metric_penalty = 0.5;
    config.clip_norm = 0.1;
    config.resamples = 10;
    config.smoothing_beta1 = 0.85;
    config.smoothing_beta2 = 0.85;
    config.loss = LossKind::weighted;
    config.optimizer = OptimizerKind::adamw;
    config.learning_rate = 1e-3;
    config.random_ratio = 0.2;
    const Stored resampled = run_by(1, config, folder);
    CHECK(!resampled.certainties.empty());
    check_same(resampled, run_by(3, config, folder));

    config.accumulate = 1;
    config.discovery.method = AttributionMethod::eap;
    config.loss = LossKind::target_only;
    check_same(run_by(1, config, folder), run_by(3, config, folder));

    config.score_on = ScoredOn::probe;
    config.probe_examples = 7;
    config.discovery.metric = MetricKind::kl;
    config.discovery.method = AttributionMethod::eap_ig;
    config.loss = LossKind::standard;
    config.reference_task = config.task;
    check_same(run_by(1, config, folder), run_by(3, config, folder));

    for (const TuningMethod method : { TuningMethod::full, TuningMethod::lora, TuningMethod::fixed,
             TuningMethod::random, TuningMethod::gradient_redrawn, TuningMethod::fisher }) {
        CAPTURE(static_cast<int>(method));
        config.method = method;
        config.random_ratio = 0;
        check_same(run_by(1, config, folder), run_by(2, config, folder));
    }
}

TEST_CASE("processes that compute blocks anew give what one gives that keeps everything")
{
    const TemporaryFolder folder;
    RunConfig config = tiny_run(folder.path());
    config.dtype = Precision::float64;
    config.metric_penalty = 0.5;
    for (const TuningMethod method : { TuningMethod::circuit, TuningMethod::lora }) {
        CAPTURE(static_cast<int>(method));
        config.method = method;
        config.recompute_blocks = config.offload_inputs = false;
        const Stored kept = run_by(1, config, folder);
        config.recompute_blocks = config.offload_inputs = true;
        check_same(kept, run_by(2, config, folder));
    }
}

TEST_CASE("processes that keep the blocks apart give what one gives that has them all")
{
    const TemporaryFolder folder;
    RunConfig config = tiny_run(folder.path());
    config.reference_task = config.task;
    config.recompute_blocks = true;
    const Stored one = run_by(1, config, folder);
    config.shard_blocks = true;
    check_same(one, run_by(2, config, folder));
    check_same(one, run_by(3, config, folder)); // more than there are blocks
}

TEST_CASE("a process that is killed ends a run whose blocks are spread, and one goes on alone")
{
    const TemporaryFolder folder;
    RunConfig config = endless(folder.path());
    config.recompute_blocks = true;
    RunConfig spread = config;
    spread.shard_blocks = true;
    save(spread, folder.path() / "run.toml");
    const auto file = folder.path() / "run.loom";
    {
        Launcher launcher(folder.path(), tune_words(folder.path(), file, 2));
        wait_for_steps(launcher, file, 10);
        REQUIRE(launcher.process(1) > 0);
        ::kill(launcher.process(1), SIGKILL);
        CHECK(launcher.wait() == 1);
    }
    save(config, folder.path() / "run.toml");
    check_failed_and_resumable(folder.path(), file);
    go_on(folder.path(), file, 3, 10); // spread again
}

TEST_CASE("a run of two processes stops in order, and goes on in one, and the other way round")
{
    const TemporaryFolder folder;
    endless(folder.path());
    const auto file = folder.path() / "run.loom";
    {
        Launcher launcher(folder.path(), tune_words(folder.path(), file, 2));
        wait_for_steps(launcher, file, 10);
        launcher.signal(SIGINT);
        CHECK(launcher.wait() == 130);
        const RunSummary run = only_run(file);
        CHECK(run.state == RunState::stopped);
        CHECK(ExperimentReader(file).checkpoints(run.id).back().step
            == static_cast<int>(steps_in(file)));
    }
    go_on(folder.path(), file, 1, 10);
    const std::size_t steps = go_on(folder.path(), file, 3, 10);
    check_same_course(stored(file), of_one_process(folder.path(), steps), steps / 3, steps);
}

TEST_CASE("a process that is killed ends the others, and the run fails with a checkpoint")
{
    const TemporaryFolder folder;
    endless(folder.path());
    const auto file = folder.path() / "run.loom";
    Launcher launcher(folder.path(), tune_words(folder.path(), file, 3));
    wait_for_steps(launcher, file, 10);
    REQUIRE(launcher.process(1) > 0);
    ::kill(launcher.process(1), SIGKILL);
    CHECK(launcher.wait() == 1);
    CHECK(launcher.errors().find("rank 1 was ended by a signal") != std::string::npos);
    check_failed_and_resumable(folder.path(), file);
}

TEST_CASE("a process that stands still ends the others once their patience is over")
{
    const TemporaryFolder folder;
    endless(folder.path());
    const auto file = folder.path() / "run.loom";
    Launcher launcher(folder.path(), tune_words(folder.path(), file, 2, short_patience));
    wait_for_steps(launcher, file, 10);
    const pid_t stopped = launcher.process(1);
    REQUIRE(stopped > 0);
    ::kill(stopped, SIGSTOP);
    CHECK(launcher.wait() == 1);
    CHECK(::kill(stopped, 0) != 0); // it does not stay behind
    check_failed_and_resumable(folder.path(), file);
}

TEST_CASE("without the first process the others end, and the run can be resumed")
{
    const TemporaryFolder folder;
    RunConfig config = endless(folder.path());
    config.checkpoint_every = 5;
    save(config, folder.path() / "run.toml");
    const auto file = folder.path() / "run.loom";
    Launcher launcher(folder.path(), tune_words(folder.path(), file, 2));
    wait_for_steps(launcher, file, 10);
    REQUIRE(launcher.process(0) > 0);
    ::kill(launcher.process(0), SIGKILL);
    CHECK(launcher.wait() == 1);
    CHECK(launcher.errors().find("rank 1: ") != std::string::npos);
    CHECK(only_run(file).state == RunState::interrupted); // nobody was left to say why
    const std::size_t steps = go_on(folder.path(), file, 2, 10);
    check_same_course(stored(file), of_one_process(folder.path(), steps), steps / 3, steps);
}

TEST_CASE("a loss that is no number in one process ends all, with a checkpoint of the step before")
{
    const TemporaryFolder folder;
    // Only the longest example reaches the position whose embedding is too large for a norm.
    std::filesystem::copy(
        std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_gpt2", folder.path() / "model");
    const auto weights = folder.path() / "model" / "model.safetensors";
    {
        std::string bytes = bytes_of(weights);
        const Safetensors read = Safetensors::over(std::as_bytes(std::span(bytes)), "model");
        const TensorView* positions = read.find("transformer.wpe.weight");
        REQUIRE(positions);
        const auto width = static_cast<std::size_t>(positions->shape[1]);
        const auto offset = static_cast<std::size_t>(
            positions->bytes.data() - std::as_bytes(std::span(bytes)).data());
        std::vector<float> vast(width, 3e38F);
        for (std::size_t i = 0; i < width; i += 2)
            vast[i] = -vast[i];
        std::memcpy(
            bytes.data() + offset + 10 * width * sizeof(float), vast.data(), width * sizeof(float));
        std::ofstream(weights, std::ios::binary) << bytes;
    }
    RunConfig config = tiny_run(folder.path());
    config.model = (folder.path() / "model").string();
    config.capabilities.clear();
    std::vector<TaskExample> all = examples();
    std::ofstream(folder.path() / "held-out.jsonl") << to_jsonl(all);
    config.held_out_task = (folder.path() / "held-out.jsonl").string();
    all.push_back(example("abcdefghijklm"));
    std::ofstream(folder.path() / "task.jsonl") << to_jsonl(all);
    save(config, folder.path() / "run.toml");

    const auto result = run_cli(folder.path(), "tune run.toml --processes 2 -o run.loom");
    CHECK(result.code == 1);
    INFO(result.errors);
    CHECK(
        result.errors.find("rank 1: The loss of step 2 is no longer finite") != std::string::npos);
    const auto file = folder.path() / "run.loom";
    const RunSummary run = only_run(file);
    CHECK(run.state == RunState::failed);
    CHECK(run.message.find("finite") != std::string::npos);
    const auto checkpoints = ExperimentReader(file).checkpoints(run.id);
    REQUIRE(!checkpoints.empty());
    CHECK(checkpoints.back().step == static_cast<int>(steps_in(file)));
    // With other data the run goes on.
    std::ofstream(folder.path() / "task.jsonl") << to_jsonl([&] {
        all.back() = example("abcdef");
        return all;
    }());
    CHECK(run_cli(folder.path(), "resume run.loom --run 1 --processes 2").code == 0);
    CHECK(only_run(file).state == RunState::finished);
}

TEST_CASE("what cannot be shared is refused, and a mistake is told before any process waits")
{
    const TemporaryFolder folder;
    save(tiny_run(folder.path()), folder.path() / "run.toml");
    auto result = run_cli(folder.path(), "tune run.toml --processes 2 --seeds 3 -o run.loom");
    CHECK(result.code == 1);
    CHECK(result.errors.find("--seeds") != std::string::npos);
    result = run_cli(folder.path(), "tune run.toml --processes 2 --set run.batch=0 -o run.loom");
    CHECK(result.code == 1);
    CHECK(result.errors.find("run.batch") != std::string::npos);
    CHECK(result.errors.find("rank 1") == std::string::npos);
    result = run_cli(folder.path(),
        "tune run.toml --set run.recompute_blocks=true --set "
        "run.shard_blocks=true -o run.loom");
    CHECK(result.code == 1);
    CHECK(result.errors.find("--processes") != std::string::npos);
    result = run_cli(
        folder.path(), "tune run.toml --processes 2 --set task.file=nowhere.jsonl -o run.loom");
    CHECK(result.code != 0);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "run.loom"));
}

TEST_CASE("a run that failed is told by the exit code though ended children are ignored")
{
    const TemporaryFolder folder;
    save(tiny_run(folder.path()), folder.path() / "run.toml");
    // As some programs leave it to those that they start.
    const auto code = [&](const std::string& setting) {
        Launcher launcher(folder.path(),
            { "tune", (folder.path() / "run.toml").string(), "--processes", "2", "--set", setting,
                "-o", (folder.path() / "run.loom").string() },
            CIRCUITLOOM_CLI, Launcher::Children::ignored);
        return launcher.wait();
    };
    CHECK(code("task.train=nowhere.jsonl") == 1);
    CHECK(code("seed=2") == 0);
}

TEST_CASE("only the first of several processes matches a budget")
{
    const TemporaryFolder folder;
    save(tiny_run(folder.path()), folder.path() / "run.toml");
    REQUIRE(run_cli(folder.path(), "tune run.toml -o first.loom").code == 0);
    const auto result = run_cli(
        folder.path(), "tune run.toml --processes 2 --match-budget first.loom:1 -o second.loom");
    CHECK(result.code == 0);
    const auto said = result.errors.find("should open");
    CHECK(said != std::string::npos);
    CHECK(result.errors.find("should open", said + 1) == std::string::npos);
    CHECK(only_run(folder.path() / "second.loom").state == RunState::finished);
    const auto refused = run_cli(
        folder.path(), "tune run.toml --processes 2 --match-budget first.loom:9 -o third.loom");
    CHECK(refused.code == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "third.loom"));
}

TEST_CASE("every run of several processes has a name that nobody can guess")
{
    const TemporaryFolder folder;
    endless(folder.path());
    const auto name_of_run = [&](const char* name) {
        const auto file = folder.path() / name;
        Launcher launcher(folder.path(), tune_words(folder.path(), file, 2));
        wait_for_steps(launcher, file, 1);
        std::vector<std::string> names;
        for (const int rank : { 0, 1 }) {
            const std::string variables
                = bytes_of("/proc/" + std::to_string(launcher.process(rank)) + "/environ");
            const std::string variable = "CIRCUITLOOM_JOB=";
            const auto found = variables.find(variable);
            REQUIRE(found != std::string::npos);
            names.emplace_back(variables.c_str() + found + variable.size());
        }
        CHECK(names[0].size() == 32);
        CHECK(names[0] == names[1]);
        return names[0];
    };
    const std::string one = name_of_run("one.loom");
    CHECK(name_of_run("two.loom") != one);
}
