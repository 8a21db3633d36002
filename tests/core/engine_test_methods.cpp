#include "core/base/error.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/tuner.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/optim/sgd.h>

#include <set>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

std::vector<EncodedExample> some_examples(std::size_t count)
{
    Random random(11);
    std::vector<EncodedExample> examples;
    for (std::size_t i = 0; i < count; ++i) {
        EncodedExample example;
        const std::size_t length = 4 + random.below(5);
        for (std::size_t t = 0; t < length; ++t)
            example.ids.push_back(static_cast<std::int32_t>(random.below(13)));
        const int position = static_cast<int>(length) - 2;
        example.targets.push_back({ position, example.ids.back(), (example.ids.back() + 1) % 13 });
        examples.push_back(example);
    }
    return examples;
}

ScoredBatch batch_of(
    const std::vector<EncodedExample>& examples, std::size_t first, std::size_t count)
{
    std::vector<const EncodedExample*> pointers;
    for (std::size_t i = first; i < first + count; ++i)
        pointers.push_back(&examples[i]);
    return make_batch(pointers, torch::kCPU, torch::kFloat64);
}

RunConfig basic()
{
    RunConfig config;
    config.learning_rate = 0.05;
    config.warm_up = 0;
    config.selection.n = 10;
    config.dtype = Precision::float64;
    return config;
}

struct Bench
{
    explicit Bench(ModelFamily family = ModelFamily::gpt2)
        : model(random_model(family, 21))
        , graph(model.config().graph_shape(), { GraphKind::full, 8 })
    {
        for (const auto* tensor : model.weights().all())
            start.push_back(tensor->detach().clone());
    }

    bool moved(const torch::Tensor& tensor) const
    {
        const auto all = model.weights().all();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i] == &tensor)
                return !torch::equal(tensor.detach(), start[i]);
        FAIL("no such tensor");
        return false;
    }

    Transformer model;
    ComputationalGraph graph;
    std::vector<torch::Tensor> start;
};

std::set<std::int32_t> edges_of(const Circuit& circuit)
{
    std::set<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit)
        edges.insert(scored.edge.value);
    return edges;
}

} // namespace

TEST_CASE("two batches of 8 make the step of one of 16")
{
    const auto examples = some_examples(48);
    for (const auto method : { TuningMethod::circuit, TuningMethod::full, TuningMethod::lora })
        for (const auto loss : { LossKind::standard, LossKind::weighted, LossKind::target_only })
            for (const double penalty : { 0.0, 0.7 })
                for (const auto baseline : { Baseline::mean, Baseline::zero }) {
                    CAPTURE(static_cast<int>(method));
                    CAPTURE(static_cast<int>(loss));
                    CAPTURE(penalty);
                    RunConfig config = basic();
                    config.method = method;
                    config.loss = loss;
                    config.metric_penalty = penalty;
                    config.discovery.baseline = baseline;
                    config.discover_every = 2;
                    config.clip_norm = 0.5;
                    Bench whole;
                    Bench split;
                    Tuner one(whole.model, whole.graph, config);
                    Tuner two(split.model, split.graph, config);
                    for (int step = 1; step <= 3; ++step) {
                        const auto first = static_cast<std::size_t>(16 * (step - 1));
                        const auto a = one.step(batch_of(examples, first, 16), step);
                        const std::vector<ScoredBatch> parts{ batch_of(examples, first, 8),
                            batch_of(examples, first + 8, 8) };
                        const auto b = two.step(parts, step);
                        CHECK(a.loss == doctest::Approx(b.loss).epsilon(1e-9));
                        CHECK(a.metric == doctest::Approx(b.metric).epsilon(1e-9));
                        REQUIRE(a.discovery.has_value() == b.discovery.has_value());
                        if (a.discovery)
                            CHECK(edges_of(a.discovery->circuit) == edges_of(b.discovery->circuit));
                    }
                    const auto ours = whole.model.weights().all();
                    const auto theirs = split.model.weights().all();
                    for (std::size_t i = 0; i < ours.size(); ++i)
                        CHECK(torch::allclose(*ours[i], *theirs[i], 1e-8, 1e-11));
                }
}

TEST_CASE("full fine-tuning is a plain loop with LibTorch's own optimizer")
{
    const auto examples = some_examples(24);
    RunConfig config = basic();
    config.method = TuningMethod::full;
    Bench ours;
    Tuner tuner(ours.model, ours.graph, config);
    Bench plain;
    plain.model.set_requires_grad(true);
    std::vector<torch::Tensor> parameters;
    for (auto* tensor : plain.model.weights().all())
        parameters.push_back(*tensor);
    torch::optim::SGD optimizer(
        parameters, torch::optim::SGDOptions(0.05).momentum(0.9).weight_decay(1e-4));
    for (int step = 1; step <= 3; ++step) {
        const auto batch = batch_of(examples, static_cast<std::size_t>(8 * (step - 1)), 8);
        tuner.step(batch, step);
        optimizer.zero_grad();
        next_token_loss(plain.model, plain.model.hidden(batch.ids), batch).backward();
        optimizer.step();
    }
    const auto tuned = ours.model.weights().all();
    for (std::size_t i = 0; i < tuned.size(); ++i)
        CHECK(torch::allclose(*tuned[i], parameters[i], 1e-10, 1e-13));
}

TEST_CASE("what a method's description says of norms and embeddings is what it opens")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama })
        for (const TuningMethodInfo& info : tuning_methods) {
            CAPTURE(info.name);
            Transformer model = random_model(family, 3);
            const ComputationalGraph graph(model.config().graph_shape(), {});
            RunConfig config;
            config.method = info.method;
            if (info.part == TunedPart::biases && family == ModelFamily::llama)
                continue; // it has none
            const auto strategy = make_strategy(model, graph, config);
            Circuit every_edge;
            for (std::size_t e = 0; e < graph.edges().size(); ++e)
                every_edge.push_back({ { static_cast<std::int32_t>(e) }, 1 });
            Random random(1);
            strategy->open(every_edge, random);
            const Weights& weights = model.weights();
            const auto entries = [](const torch::Tensor& tensor) {
                return tensor.defined() ? tensor.numel() : std::int64_t{ 0 };
            };
            std::int64_t norms
                = entries(weights.final_norm_weight) + entries(weights.final_norm_bias);
            for (int layer = 0; layer < model.config().layers; ++layer)
                for (const auto part :
                    { LayerPart::attention_norm_weight, LayerPart::attention_norm_bias,
                        LayerPart::query_norm_weight, LayerPart::key_norm_weight,
                        LayerPart::mlp_norm_weight, LayerPart::mlp_norm_bias })
                    norms += entries(weights.at(layer, part));
            const std::int64_t ends = entries(weights.token_embedding)
                + entries(weights.position_embedding) + entries(weights.unembedding);
            if (info.part == TunedPart::everything)
                CHECK(strategy->tunable_count() == weights.count());
            else if (info.part == TunedPart::circuit)
                CHECK(strategy->tunable_count() == weights.count() - norms - ends);
            for (const char* word : { "norms", "embeddings", "unembedding" })
                CHECK((info.help.find(word) != std::string_view::npos)
                    == (info.part == TunedPart::everything));
        }
}

TEST_CASE("a fixed circuit is the first one, and nothing outside it ever moves")
{
    const auto examples = some_examples(40);
    RunConfig config = basic();
    config.method = TuningMethod::fixed;
    Bench bench;
    Tuner tuner(bench.model, bench.graph, config);
    const auto first = tuner.step(batch_of(examples, 0, 8), 1);
    REQUIRE(first.discovery);
    for (int step = 2; step <= 5; ++step)
        CHECK_FALSE(
            tuner.step(batch_of(examples, static_cast<std::size_t>(8 * (step - 1)), 8), step)
                .discovery);
    const std::vector<ScoredBatch> last{ batch_of(examples, 0, 8) };
    const auto again = tuner.discover(last);
    CHECK(edges_of(again.discovery->circuit) == edges_of(first.discovery->circuit));
    CHECK(again.discovery->tunable_count == first.discovery->tunable_count);

    // Circuit-tuning's first step chooses the same.
    Bench other;
    config.method = TuningMethod::circuit;
    Tuner usual(other.model, other.graph, config);
    CHECK((usual.step(batch_of(examples, 0, 8), 1).discovery->circuit == first.discovery->circuit));

    const auto mask = ParameterMask::of(opened_parts(bench.graph, first.discovery->circuit, false),
        bench.graph, bench.model.config(), bench.model.weights());
    auto frozen = bench.start;
    for (auto& tensor : frozen)
        tensor = torch::ones_like(tensor, torch::kBool);
    for (const ParameterSlice& slice : mask.slices())
        frozen[slice.parameter].narrow(slice.dimension, slice.start, slice.length).fill_(false);
    const auto all = bench.model.weights().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        CHECK(torch::equal(
            all[i]->masked_select(frozen[i]), bench.start[i].masked_select(frozen[i])));
}

TEST_CASE("a random circuit has as many edges, other ones each time")
{
    const auto examples = some_examples(16);
    RunConfig config = basic();
    config.method = TuningMethod::random;
    Bench bench;
    Tuner tuner(bench.model, bench.graph, config);
    const auto a = tuner.step(batch_of(examples, 0, 8), 1);
    const auto b = tuner.step(batch_of(examples, 8, 8), 2);
    CHECK(edges_of(a.discovery->circuit).size() == 10);
    CHECK(edges_of(b.discovery->circuit).size() == 10);
    CHECK(edges_of(a.discovery->circuit) != edges_of(b.discovery->circuit));
}

TEST_CASE("the norms, embeddings and unembedding train where they are opened, as in full tuning")
{
    const auto examples = some_examples(8);
    const auto batch = batch_of(examples, 0, 8);
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        RunConfig config = basic();
        config.method = TuningMethod::full;
        Bench full(family);
        Tuner(full.model, full.graph, config).step(batch, 1);

        config.method = TuningMethod::circuit;
        for (const int which : { 0, 1, 2, 3 }) {
            CAPTURE(which);
            config.train_norms = which == 1;
            config.train_embeddings = which == 2;
            config.train_unembedding = which == 3;
            Bench bench(family);
            Tuner tuner(bench.model, bench.graph, config);
            const auto outcome = tuner.step(batch, 1);
            Weights& weights = bench.model.weights();
            const bool tied = !weights.unembedding.defined();
            CHECK(bench.moved(weights.final_norm_weight) == (which == 1));
            CHECK(bench.moved(weights.at(0, LayerPart::mlp_norm_weight)) == (which == 1));
            CHECK(bench.moved(weights.token_embedding) == (which == 2 || (which == 3 && tied)));
            if (weights.position_embedding.defined())
                CHECK(bench.moved(weights.position_embedding) == (which == 2));
            if (!tied)
                CHECK(bench.moved(weights.unembedding) == (which == 3));
            if (which == 1)
                CHECK(torch::allclose(weights.final_norm_weight,
                    full.model.weights().final_norm_weight, 1e-10, 1e-13));
            if (which == 2)
                CHECK(torch::allclose(
                    weights.token_embedding, full.model.weights().token_embedding, 1e-10, 1e-13));
            CHECK(outcome.discovery->tunable_count > 0);
        }
    }
}

TEST_CASE("random_ratio opens that share of the nodes outside the first circuit, for good")
{
    const auto examples = some_examples(32);
    RunConfig config = basic();
    const auto count = [&](double ratio) {
        config.random_ratio = ratio;
        Bench bench;
        Tuner tuner(bench.model, bench.graph, config);
        return tuner.step(batch_of(examples, 0, 8), 1).discovery->tunable_count;
    };
    const Bench bench;
    std::int64_t blocks = 0; // matrices and their biases, not the norms
    for (const auto& layer : bench.model.weights().layers)
        for (const auto part : { LayerPart::qkv_weight, LayerPart::qkv_bias,
                 LayerPart::output_weight, LayerPart::output_bias, LayerPart::mlp_in_weight,
                 LayerPart::mlp_in_bias, LayerPart::mlp_out_weight, LayerPart::mlp_out_bias })
            blocks += layer[static_cast<std::size_t>(part)].numel();
    CHECK(count(1) == blocks);
    CHECK(count(0) < count(0.5));
    CHECK(count(0.5) < blocks);

    // With an empty circuit only what was drawn is open: the same at every step.
    config.random_ratio = 0.5;
    config.selection.rule = SelectionRule::threshold;
    config.selection.threshold = 1e9;
    Bench drawn;
    Tuner tuner(drawn.model, drawn.graph, config);
    const auto first = tuner.step(batch_of(examples, 0, 8), 1).discovery->tunable_count;
    CHECK(first > 0);
    std::vector<bool> open;
    for (const auto* tensor : drawn.model.weights().all())
        open.push_back(drawn.moved(*tensor));
    for (int step = 2; step <= 4; ++step)
        CHECK(tuner.step(batch_of(examples, static_cast<std::size_t>(8 * (step - 1)), 8), step)
                  .discovery->tunable_count
            == first);
    for (std::size_t i = 0; const auto* tensor : drawn.model.weights().all())
        CHECK(drawn.moved(*tensor) == open[i++]);
}

TEST_CASE("the circuit's size follows its schedule, and a step its clipping")
{
    const auto examples = some_examples(32);
    RunConfig config = basic();
    config.top_n_schedule = Schedule::linear;
    config.top_n_start = 40;
    config.top_n_iterations = 3;
    Bench bench;
    Tuner tuner(bench.model, bench.graph, config);
    const std::size_t sizes[] = { 40, 30, 20, 10 };
    for (int step = 1; step <= 4; ++step)
        CHECK(tuner.step(batch_of(examples, static_cast<std::size_t>(8 * (step - 1)), 8), step)
                  .discovery->circuit.size()
            == sizes[step - 1]);

    RunConfig clipped = basic();
    clipped.momentum = 0;
    clipped.weight_decay = 0;
    clipped.clip_norm = 1e-3;
    Bench short_step;
    Tuner(short_step.model, short_step.graph, clipped).step(batch_of(examples, 0, 8), 1);
    double squares = 0;
    const auto all = short_step.model.weights().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        squares += (*all[i] - short_step.start[i]).square().sum().item<double>();
    CHECK(std::sqrt(squares) == doctest::Approx(0.05 * 1e-3).epsilon(1e-6));
}

TEST_CASE("LoRA trains its additions alone and lowers the loss")
{
    const auto examples = some_examples(8);
    const auto batch = batch_of(examples, 0, 8);
    for (const auto optimizer : { OptimizerKind::sgd, OptimizerKind::adamw }) {
        RunConfig config = basic();
        config.method = TuningMethod::lora;
        config.lora_targets = "q,v";
        config.lora_rank = 2;
        config.optimizer = optimizer;
        Bench bench;
        Tuner tuner(bench.model, bench.graph, config);
        const double before = tuner.step(batch, 1).loss;
        double after = 0;
        for (int step = 2; step <= 20; ++step)
            after = tuner.step(batch, step).loss;
        CHECK(after < before);
        const Weights& weights = bench.model.weights();
        CHECK(bench.moved(weights.at(0, LayerPart::qkv_weight)));
        CHECK_FALSE(bench.moved(weights.at(0, LayerPart::output_weight)));
        CHECK_FALSE(bench.moved(weights.at(0, LayerPart::mlp_in_weight)));
        CHECK_FALSE(bench.moved(weights.at(0, LayerPart::qkv_bias)));
        CHECK_FALSE(bench.moved(weights.token_embedding));
    }
}
