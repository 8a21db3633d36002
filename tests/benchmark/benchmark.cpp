// Times of the engine's steps on random weights. Wall and CPU time of the whole process, since
// LibTorch computes on threads of its own. See tests/benchmark/README.md.
#include "core/base/random.h"
#include "core/discovery/edge_attribution.h"
#include "core/discovery/edge_discovery.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/tuner.h"

#include <benchmark/benchmark.h>

#include <limits>
#include <vector>

namespace circuitloom {

namespace {

constexpr int examples = 16;
constexpr int tokens = 40;

ModelConfig gpt2_like(int layers, int width, int vocabulary)
{
    ModelConfig config;
    config.layers = layers;
    config.heads = 12;
    config.kv_heads = 12;
    config.head_dim = width / config.heads;
    config.d_model = width;
    config.mlp_width = 4 * width;
    config.vocabulary = vocabulary;
    config.max_positions = 1024;
    return config;
}

ModelConfig gpt2_small()
{
    return gpt2_like(12, 768, 50257);
}

std::vector<EncodedExample> random_examples(int count, int length, int vocabulary)
{
    Random random(1);
    const auto draw = [&] {
        return static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(vocabulary)));
    };
    std::vector<EncodedExample> drawn(static_cast<std::size_t>(count));
    for (EncodedExample& example : drawn) {
        for (int token = 0; token < length; ++token)
            example.ids.push_back(draw());
        example.targets.push_back({ length - 2, example.ids.back(), draw() });
    }
    return drawn;
}

ScoredBatch batch_of(const std::vector<EncodedExample>& drawn)
{
    std::vector<const EncodedExample*> each;
    for (const EncodedExample& example : drawn)
        each.push_back(&example);
    return make_batch(each, torch::kCPU, torch::kFloat32);
}

struct Bench
{
    Bench(const ModelConfig& config, int count, int length)
        : model(config, random_weights(config, 1, torch::kFloat32))
        , graph(config.graph_shape(), {})
        , drawn(random_examples(count, length, config.vocabulary))
        , batch(batch_of(drawn))
    {
    }
    Transformer model;
    ComputationalGraph graph;
    std::vector<EncodedExample> drawn;
    ScoredBatch batch;
};

RunConfig circuit_tuning(int discover_every)
{
    RunConfig config;
    config.method = TuningMethod::circuit;
    config.selection.n = 1000;
    config.discover_every = discover_every;
    return config;
}

RunConfig full_fine_tuning()
{
    RunConfig config;
    config.method = TuningMethod::full;
    config.discover_every = std::numeric_limits<int>::max();
    return config;
}

// `period` steps belong together; what is reported is the mean of one.
void steps(benchmark::State& state, const RunConfig& config, int period)
{
    Bench bench(gpt2_small(), examples, tokens);
    Tuner tuner(bench.model, bench.graph, config);
    int number = 1;
    tuner.step(bench.batch, number);
    while (state.KeepRunningBatch(period))
        for (int step = 0; step < period; ++step)
            benchmark::DoNotOptimize(tuner.step(bench.batch, ++number).loss);
}

void discover(benchmark::State& state)
{
    Bench bench(gpt2_small(), examples, tokens);
    DiscoveryPlan plan;
    plan.options.positions = ScoredPositions::all;
    plan.batch = examples;
    for (auto _ : state)
        benchmark::DoNotOptimize(discover_edges(bench.model, bench.graph, bench.drawn, plan));
}

// The scores from a forward and a backward pass that are already there. `cost` is the time for an
// edge, a token and an entry of the stream: the same everywhere if the time is linear in each.
void scoring(benchmark::State& state)
{
    const auto layers = static_cast<int>(state.range(0));
    const auto width = static_cast<int>(state.range(1));
    const auto length = static_cast<int>(state.range(2));
    const Bench bench(gpt2_like(layers, width, 1000), examples, length);
    ForwardTaps taps;
    ForwardEdits root;
    root.embedding = bench.model.embed(bench.batch.ids).requires_grad_();
    const auto hidden = bench.model.hidden(bench.batch.ids, &taps, root);
    const auto gradients
        = tap_gradients(logit_difference(bench.model, hidden, bench.batch), taps, bench.graph);
    MeanAccumulator means;
    means.add(taps, bench.batch.mask);
    const auto baseline = means.mean();
    for (auto _ : state)
        benchmark::DoNotOptimize(edge_scores(bench.model, bench.graph, taps, gradients, baseline,
            bench.batch, ScoredPositions::all));
    const auto edges = static_cast<double>(bench.graph.edges().size());
    const double scored = double{ examples } * length;
    state.counters["edges"] = edges;
    state.counters["tokens"] = scored;
    state.counters["cost"] = benchmark::Counter(edges * scored * width,
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void whole_process(benchmark::internal::Benchmark* timed)
{
    timed->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
}

void scoring_sizes(benchmark::internal::Benchmark* table)
{
    table->ArgNames({ "layers", "width", "length" });
    for (const int layers : { 1, 2, 4, 8, 16, 32 })
        table->Args({ layers, 768, tokens });
    for (const int width : { 192, 384, 768, 1536 })
        table->Args({ 12, width, tokens });
    for (const int length : { 10, 20, 80, 160 })
        table->Args({ 12, 768, length });
    whole_process(table);
}

BENCHMARK_CAPTURE(steps, plain, full_fine_tuning(), 1)->Apply(whole_process);
BENCHMARK_CAPTURE(steps, tuning_k1, circuit_tuning(1), 1)->Apply(whole_process);
BENCHMARK_CAPTURE(steps, tuning_k8, circuit_tuning(8), 8)->Apply(whole_process);
BENCHMARK(discover)->Apply(whole_process);
BENCHMARK(scoring)->Apply(scoring_sizes);

} // namespace

} // namespace circuitloom
