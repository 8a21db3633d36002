#include "core/base/process_memory.h"
#include "core/evaluation/task_metric.h"
#include "core/model/recomputed_pass.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/run_beginning.h"
#include "core/tuning/run_loop.h"
#include "core/tuning/slice_gradients.h"
#include "core/tuning/tuner.h"
#include "tests/support/random_edges.h"
#include "tests/support/reference_transformer.h"
#include "tests/support/skip.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

std::vector<ModelFamily> families()
{
    std::vector<ModelFamily> all{ ModelFamily::gpt2, ModelFamily::llama, ModelFamily::mistral,
        ModelFamily::qwen3, ModelFamily::gpt_neox };
    all.insert(all.end(), std::begin(later_families), std::end(later_families));
    return all;
}

std::vector<EncodedExample> some_examples(std::size_t count)
{
    Random random(11);
    std::vector<EncodedExample> examples;
    for (std::size_t i = 0; i < count; ++i) {
        EncodedExample example;
        const std::size_t length = 4 + random.below(5);
        for (std::size_t t = 0; t < length; ++t)
            example.ids.push_back(static_cast<std::int32_t>(random.below(13)));
        for (std::size_t t = 0; t < 1 + i % 3; ++t)
            example.targets.push_back({ static_cast<int>(t), example.ids[t + 1],
                (example.ids[t + 1] + 1) % 13 });
        examples.push_back(example);
    }
    return examples;
}

ScoredBatch batch_of(const std::vector<EncodedExample>& examples, std::size_t first,
    std::size_t count, torch::Dtype dtype = torch::kFloat64)
{
    std::vector<const EncodedExample*> pointers;
    for (std::size_t i = first; i < first + count; ++i)
        pointers.push_back(&examples[i]);
    return make_batch(pointers, torch::kCPU, dtype);
}

/// Loss and metric together, as a run with a penalty has them.
torch::Tensor objective(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    return next_token_loss(model, hidden, batch)
        + 0.3 * task_metric(model, hidden, batch, MetricKind::logit_diff);
}

void require_same(const std::vector<torch::Tensor>& found, const std::vector<torch::Tensor>& expected)
{
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        REQUIRE(found[i].defined() == expected[i].defined());
        if (found[i].defined())
            CHECK(torch::equal(found[i], expected[i]));
    }
}

/// The strategy's gradients on the batch, of both kinds of passes.
void compare(Transformer& model, TuningStrategy& strategy, const ScoredBatch& batch)
{
    ForwardTaps taps;
    ForwardEdits root;
    if (strategy.needs_taps())
        root.embedding = model.embed(batch.ids).requires_grad_();
    const auto hidden = model.hidden(batch.ids, &taps, root);
    const auto plain = objective(model, hidden, batch);
    const auto expected = strategy.gradients(plain, taps);
    for (const auto where : { KeptInputs::on_device, KeptInputs::on_host }) {
        RecomputedPass pass(model, batch.ids, strategy.lowest_trained(), where);
        CHECK(torch::equal(pass.hidden(), hidden));
        const auto anew = objective(model, pass.hidden(), batch);
        CHECK(torch::equal(anew, plain));
        require_same(strategy.gradients(anew, pass), expected);
    }
}

RunConfig basic(TuningMethod method)
{
    RunConfig config;
    config.method = method;
    config.learning_rate = 0.05;
    config.warm_up = 0;
    config.selection.n = 10;
    config.dtype = Precision::float64;
    return config;
}

void run_to_end(const RunConfig& config, const std::filesystem::path& file, Watcher& watcher)
{
    PreparedRun prepared = prepare_run(config, watcher);
    RunBeginning beginning = new_run(prepared, file, watcher);
    RunLoop loop(std::move(prepared), std::move(beginning));
    RunControl control;
    REQUIRE(loop.run(control, watcher.source.get_token()) == RunState::finished);
}

/// Counts which parts of a pass are asked for, and wants nothing but the blocks' way out.
class Counting : public GradientTaker
{
public:
    std::vector<torch::Tensor> wanted(int layer, const LayerTaps& taps) override
    {
        layers.push_back(layer);
        return taps.mlp_output.defined() ? std::vector{ taps.mlp_output }
                                         : std::vector<torch::Tensor>();
    }
    void take(int, const LayerTaps&, const std::vector<torch::Tensor>& gradients) override
    {
        found += static_cast<int>(gradients.size());
    }
    std::vector<int> layers;
    int found = 0;
};

} // namespace

TEST_CASE("blocks that are computed anew give the same bits of loss and gradients")
{
    const auto examples = some_examples(6);
    for (const auto family : families())
        for (const auto dtype : { torch::kFloat64, torch::kFloat32, torch::kBFloat16 }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(torch::toString(dtype));
            const auto batch = batch_of(examples, 0, 6, dtype);
            for (const auto method :
                { TuningMethod::circuit, TuningMethod::full, TuningMethod::lora })
                for (const bool shared : { false, true }) {
                    CAPTURE(static_cast<int>(method));
                    CAPTURE(shared);
                    Transformer model = random_model(family, 31);
                    model.to(torch::kCPU, dtype);
                    const ComputationalGraph graph(
                        model.config().graph_shape(), { GraphKind::full, 8 });
                    RunConfig config = basic(method);
                    config.train_norms = config.train_embeddings = config.train_unembedding
                        = shared;
                    const auto strategy = make_strategy(model, graph, config);
                    Random random(3);
                    for (int draw = 0; draw < 3; ++draw) {
                        strategy->open(random_edges(
                            std::vector<float>(graph.edges().size(), 1.0F), 5, random), random);
                        compare(model, *strategy, batch);
                    }
                }
        }
}

TEST_CASE("no block below the lowest one that trains is computed anew")
{
    const auto examples = some_examples(3);
    const auto batch = batch_of(examples, 0, 3);
    Transformer model = random_model(ModelFamily::llama, 5);
    const int layers = model.config().layers;
    for (int lowest = -1; lowest <= layers; ++lowest) {
        model.set_requires_grad(false);
        Counting counting;
        RecomputedPass pass(model, batch.ids, lowest, KeptInputs::on_device);
        if (lowest < 0)
            model.weights().token_embedding.requires_grad_();
        pass.backward(next_token_loss(model, pass.hidden(), batch), counting);
        std::vector<int> expected;
        for (int layer = layers; layer >= lowest; --layer)
            expected.push_back(layer);
        CHECK(counting.layers == expected);
        CHECK(counting.found == std::min(layers, layers - lowest));
    }

    const ComputationalGraph graph(model.config().graph_shape(), {});
    const auto strategy = make_strategy(model, graph, basic(TuningMethod::circuit));
    Random random(1);
    strategy->open({}, random);
    CHECK(strategy->lowest_trained() == layers);
    strategy->open({ { *graph.find_edge("m0->m1"), 1 } }, random);
    CHECK(strategy->lowest_trained() == 0);
    strategy->open({ { *graph.find_edge("m1->logits"), 1 } }, random);
    CHECK(strategy->lowest_trained() == 1);
}

TEST_CASE("examples taken out of a batch weigh as in a batch of their own")
{
    const auto examples = some_examples(7);
    const auto whole = batch_of(examples, 0, 7);
    for (const auto& [first, count] : { std::pair{ 0, 7 }, { 0, 2 }, { 2, 3 }, { 6, 1 } }) {
        const auto some = examples_of(whole, first, count);
        const auto own = batch_of(
            examples, static_cast<std::size_t>(first), static_cast<std::size_t>(count));
        const auto positions = own.ids.size(1);
        CHECK(some.examples == count);
        CHECK(torch::equal(some.ids.narrow(1, 0, positions), own.ids));
        CHECK(torch::equal(some.mask.narrow(1, 0, positions), own.mask));
        CHECK(torch::equal(some.target, own.target));
        CHECK(torch::equal(some.alternative, own.alternative));
        CHECK(torch::allclose(some.weight, own.weight, 1e-14, 0));
        CHECK(torch::equal(some.row.remainder(whole.ids.size(1)), own.row.remainder(positions)));
        CHECK(torch::equal(some.row.div(whole.ids.size(1), "floor"), own.row.div(positions, "floor")));
    }
    std::int64_t seen = 0;
    const BatchShare parts = in_parts(BatchShare(std::span(&whole, 1)),
        [](const ScoredBatch&) { return std::int64_t{ 3 }; });
    CHECK(parts.examples == 7);
    CHECK(parts.first == std::vector<std::int64_t>{ 0, 3, 6 });
    for (const ScoredBatch& part : parts.batches)
        seen += part.examples;
    CHECK(seen == 7);
}

TEST_CASE("steps that compute blocks anew find the same circuits and weights")
{
    const auto examples = some_examples(48);
    for (const auto method : { TuningMethod::circuit, TuningMethod::full, TuningMethod::lora })
        for (const double penalty : { 0.0, 0.7 })
            for (const std::size_t accumulate : { 1U, 2U })
                for (const auto attribution : { AttributionMethod::eap, AttributionMethod::eap_ig }) {
                    CAPTURE(static_cast<int>(method));
                    CAPTURE(penalty);
                    CAPTURE(accumulate);
                    RunConfig config = basic(method);
                    config.metric_penalty = penalty;
                    config.discovery.method = attribution;
                    config.discover_every = 2;
                    config.resamples = 20;
                    config.accumulate = static_cast<int>(accumulate);
                    Transformer model = random_model(ModelFamily::llama, 21);
                    Transformer anew = random_model(ModelFamily::llama, 21);
                    const ComputationalGraph graph(
                        model.config().graph_shape(), { GraphKind::full, 8 });
                    Tuner one(model, graph, config);
                    config.recompute_blocks = config.offload_inputs = true;
                    Tuner two(anew, graph, config);
                    for (int step = 1; step <= 3; ++step) {
                        std::vector<ScoredBatch> batches;
                        for (std::size_t i = 0; i < accumulate; ++i)
                            batches.push_back(batch_of(examples,
                                16 * static_cast<std::size_t>(step - 1) + 8 * i, 8));
                        const auto a = one.step(batches, step);
                        const auto b = two.step(batches, step);
                        CHECK(a.loss == doctest::Approx(b.loss).epsilon(1e-12));
                        CHECK(a.metric == doctest::Approx(b.metric).epsilon(1e-12));
                        REQUIRE(a.discovery.has_value() == b.discovery.has_value());
                        if (!a.discovery)
                            continue;
                        const Circuit& ours = a.discovery->circuit;
                        const Circuit& theirs = b.discovery->circuit;
                        REQUIRE(ours.size() == theirs.size());
                        for (std::size_t i = 0; i < ours.size(); ++i) {
                            CHECK(ours[i].edge == theirs[i].edge);
                            CHECK(ours[i].score == doctest::Approx(theirs[i].score).epsilon(1e-6));
                        }
                        REQUIRE(a.discovery->certainty.has_value());
                        REQUIRE(b.discovery->certainty.has_value());
                    }
                    const auto ours = model.weights().all();
                    const auto theirs = anew.weights().all();
                    for (std::size_t i = 0; i < ours.size(); ++i)
                        CHECK(torch::allclose(*ours[i], *theirs[i], 1e-10, 1e-12));
                }
}

TEST_CASE("a whole run with blocks computed anew is the run without")
{
    const Folder folder;
    for (const auto dtype : { Precision::float32, Precision::bfloat16 }) {
        CAPTURE(static_cast<int>(dtype));
        RunConfig config = tiny_run(folder);
        config.dtype = dtype;
        // Scores of bfloat16 gradients depend on the split of a batch, so each example is one.
        config.batch = dtype == Precision::bfloat16 ? 1 : 4;
        const std::string word = dtype == Precision::bfloat16 ? "narrow" : "wide";
        Watcher plain, anew;
        run_to_end(config, folder / (word + ".loom").c_str(), plain);
        config.recompute_blocks = config.offload_inputs = true;
        run_to_end(config, folder / (word + "-anew.loom").c_str(), anew);
        REQUIRE(plain.steps.size() == anew.steps.size());
        for (std::size_t i = 0; i < plain.steps.size(); ++i)
            CHECK(plain.steps[i].loss == doctest::Approx(anew.steps[i].loss).epsilon(1e-6));
        REQUIRE(plain.evaluations.size() == anew.evaluations.size());
        for (std::size_t i = 0; i < plain.evaluations.size(); ++i)
            CHECK(plain.evaluations[i].value
                == doctest::Approx(anew.evaluations[i].value).epsilon(1e-5));
        const ExperimentReader ours(folder / (word + ".loom").c_str());
        const ExperimentReader theirs(folder / (word + "-anew.loom").c_str());
        REQUIRE(plain.iterations.size() == anew.iterations.size());
        for (const IterationRecord& iteration : plain.iterations) {
            const Circuit a = ours.circuit(plain.run, iteration.index);
            const Circuit b = theirs.circuit(anew.run, iteration.index);
            REQUIRE(a.size() == b.size());
            for (std::size_t i = 0; i < a.size(); ++i)
                CHECK(a[i].edge == b[i].edge);
        }
    }
}

TEST_CASE("steps that compute blocks anew hold a fraction of the memory"
    * doctest::test_suite("conditional"))
{
#ifdef __SANITIZE_ADDRESS__
    return skip("the address sanitizer keeps what was freed");
#endif
    const std::int64_t before = resident_memory();
    restart_peak_resident_memory();
    if (before == 0 || peak_resident_memory() - resident_memory() > (std::int64_t{ 8 } << 20))
        return skip("the system does not let a process restart the count of its peak memory");
    ModelConfig shape = random_model(ModelFamily::llama, 1).config();
    shape.layers = 12;
    shape.d_model = shape.heads * shape.head_dim * 8; // 128
    shape.head_dim *= 8;
    shape.mlp_width = 512;
    shape.max_positions = 128;
    Random random(2);
    std::vector<EncodedExample> examples(8);
    for (EncodedExample& example : examples) {
        for (int t = 0; t < 128; ++t)
            example.ids.push_back(static_cast<std::int32_t>(random.below(13)));
        example.targets.push_back({ 120, 3, 4 });
    }
    const auto batch = batch_of(examples, 0, 8, torch::kFloat32);
    const auto peak = [&](bool recompute) {
        Transformer model(shape, random_weights(shape, 3, torch::kFloat32));
        const ComputationalGraph graph(shape.graph_shape(), {});
        RunConfig config = basic(TuningMethod::circuit);
        config.dtype = Precision::float32;
        config.recompute_blocks = recompute;
        Tuner tuner(model, graph, config);
        restart_peak_resident_memory();
        tuner.step(batch, 1);
        return peak_resident_memory() - before;
    };
    // In this order, since memory that was used once may stay with the process.
    const std::int64_t anew = peak(true);
    const std::int64_t plain = peak(false);
    MESSAGE("peak of a step: " << (anew >> 20) << " MiB, without: " << (plain >> 20) << " MiB");
    CHECK(2 * anew < plain);
}
