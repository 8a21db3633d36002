// Sizes and times of the .loom file at N = 1,000 edges and 10,000 iterations; README.md has the
// table. The large file is made once, in the temporary folder.
#include "core/base/random.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include <unistd.h>

namespace circuitloom {

namespace {

constexpr int circuit_edges = 1000;
constexpr int iterations = 10'000;
/// GPT-2 small's graph: 32,491 edges.
constexpr GraphShape shape{ 12, 12, 12, 3072 };

RunDescription description()
{
    RunDescription run;
    run.name = "benchmark";
    run.method = "circuit";
    run.configuration = "{}";
    run.model = "gpt2";
    run.software = "{}";
    run.steps = iterations;
    run.top_n = circuit_edges;
    run.parameters = 124'439'808;
    run.shape = shape;
    return run;
}

/// Circuits that change a little from one iteration to the next, as those of a run do.
class ChangingCircuit
{
public:
    ChangingCircuit()
    {
        const auto count = ComputationalGraph::count_edges(shape, {});
        for (std::int32_t edge = 0; edge < count; ++edge)
            edges_.push_back(edge);
        random_.shuffle(edges_);
    }
    Circuit next()
    {
        for (int change = 0; change < 30; ++change)
            std::swap(edges_[random_.below(circuit_edges)], edges_[random_.below(edges_.size())]);
        Circuit circuit;
        for (int i = 0; i < circuit_edges; ++i)
            circuit.push_back({ { edges_[static_cast<std::size_t>(i)] },
                static_cast<float>(random_.unit() - 0.5) });
        return circuit;
    }

private:
    Random random_{ 1 };
    std::vector<std::int32_t> edges_;
};

IterationRecord record(int index)
{
    return { { index }, index, 3.0, 0.5, 0.25, 31'000'000, circuit_edges, 30, 0.5 };
}

/// A file in the temporary folder, gone at the end.
struct File
{
    File()
        : path(std::filesystem::temp_directory_path()
            / ("circuitloom-benchmark-" + std::to_string(::getpid()) + ".loom"))
    {
    }
    ~File()
    {
        for (const char* suffix : { "", "-wal", "-shm" })
            std::filesystem::remove(path.string() + suffix);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    std::filesystem::path path;
};

/// The large file; its runs are one of 10,000 iterations and nine short ones.
const std::filesystem::path& large_file()
{
    static const File file;
    [[maybe_unused]] static const bool made = [] {
        ChangingCircuit circuit;
        for (int run = 0; run < 10; ++run) {
            RunWriter writer(file.path, description());
            for (int i = 0; i < (run == 0 ? iterations : 10); ++i) {
                writer.add_iteration(record(i), circuit.next());
                writer.add_step({ i + 1, 3.0, 0.5, 0.001 });
            }
            writer.set_state(RunState::finished);
        }
        return true;
    }();
    return file.path;
}

void write_iterations(benchmark::State& state)
{
    const File file;
    ChangingCircuit circuit;
    RunWriter writer(file.path, description());
    int index = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const Circuit next = circuit.next();
        state.ResumeTiming();
        writer.add_iteration(record(index++), next);
    }
    state.counters["edges/s"]
        = benchmark::Counter(circuit_edges, benchmark::Counter::kIsIterationInvariantRate);
    writer.set_state(RunState::finished);
    state.counters["bytes/edge"] = static_cast<double>(std::filesystem::file_size(file.path))
        / (static_cast<double>(index) * circuit_edges);
}

void write_step(benchmark::State& state)
{
    const File file;
    RunWriter writer(file.path, description());
    int step = 0;
    for (auto _ : state)
        writer.add_step({ ++step, 3.0, 0.5, 0.001 });
}

void read_circuit(benchmark::State& state)
{
    const ExperimentReader reader(large_file());
    Random random(2);
    for (auto _ : state) {
        auto circuit
            = reader.circuit({ 1 }, { static_cast<std::int32_t>(random.below(iterations)) });
        benchmark::DoNotOptimize(circuit);
    }
    state.counters["bytes/edge"] = static_cast<double>(std::filesystem::file_size(large_file()))
        / (static_cast<double>(iterations) * circuit_edges);
}

void read_edge_history(benchmark::State& state)
{
    const ExperimentReader reader(large_file());
    ChangingCircuit circuit;
    const Circuit first = circuit.next();
    Random random(3);
    std::size_t points = 0;
    std::size_t calls = 0;
    for (auto _ : state) {
        points += reader.edge_history({ 1 }, random.pick(first).edge).size();
        ++calls;
    }
    state.counters["points"] = static_cast<double>(points) / static_cast<double>(calls);
}

void open_and_list(benchmark::State& state)
{
    const auto& file = large_file();
    for (auto _ : state) {
        auto runs = ExperimentReader(file).runs();
        benchmark::DoNotOptimize(runs);
    }
}

BENCHMARK(write_iterations)->Iterations(2000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(write_step)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(read_circuit)->Unit(benchmark::kMillisecond);
BENCHMARK(read_edge_history)->Unit(benchmark::kMillisecond);
BENCHMARK(open_and_list)->Unit(benchmark::kMillisecond);

} // namespace

} // namespace circuitloom
