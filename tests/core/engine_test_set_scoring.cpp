#include "core/base/error.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/tuner.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

constexpr std::size_t example_count = 11; // no multiple of the batches

std::vector<EncodedExample> some_examples()
{
    Random random(5);
    const auto token = [&random] { return static_cast<std::int32_t>(random.below(13)); };
    std::vector<EncodedExample> examples;
    for (std::size_t i = 0; i < example_count; ++i) {
        EncodedExample example;
        const std::size_t length = 4 + random.below(5);
        for (std::size_t t = 0; t < length; ++t) {
            example.ids.push_back(token());
            example.corrupted.push_back(token());
        }
        const int position = static_cast<int>(length) - 2;
        example.targets.push_back({ position, example.ids.back(), (example.ids.back() + 1) % 13 });
        examples.push_back(example);
    }
    return examples;
}

std::vector<ScoredBatch> batches_of(const std::vector<EncodedExample>& examples, std::size_t size)
{
    std::vector<ScoredBatch> batches;
    for (std::size_t first = 0; first < examples.size(); first += size) {
        std::vector<const EncodedExample*> part;
        for (std::size_t i = first; i < std::min(examples.size(), first + size); ++i)
            part.push_back(&examples[i]);
        batches.push_back(make_batch(part, torch::kCPU, torch::kFloat64));
    }
    return batches;
}

RunConfig tuning_by(const DiscoveryOptions& options, const ComputationalGraph& graph)
{
    RunConfig config;
    config.dtype = Precision::float64;
    config.discovery = options;
    config.selection.n = static_cast<int>(graph.edges().size());
    return config;
}

/// Every way in which the steps of a training may score edges.
std::vector<DiscoveryOptions> ways()
{
    std::vector<DiscoveryOptions> all;
    for (const AttributionInfo& info : attribution_methods)
        for (const auto baseline : { Baseline::mean, Baseline::zero, Baseline::corrupted })
            for (const auto positions : { ScoredPositions::target, ScoredPositions::all })
                if (info.not_for_tuning.empty())
                    all.push_back({ info.method, baseline, positions });
    return all;
}

std::string name_of(const DiscoveryOptions& options)
{
    return std::string(attribution_info(options.method).name) + ", "
        + std::string(baseline_names[static_cast<std::size_t>(options.baseline)]) + ", "
        + std::string(position_names[static_cast<std::size_t>(options.positions)]);
}

} // namespace

TEST_CASE("the scores of a set are the mean over its examples, however it is split")
{
    const auto examples = some_examples();
    Transformer model = random_model(ModelFamily::gpt2, 31);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    for (const DiscoveryOptions& options : ways()) {
        CAPTURE(name_of(options));
        const auto scored = [&](int batch) {
            DiscoveryPlan plan;
            plan.options = options;
            plan.batch = batch;
            return discover_edges(model, graph, examples, plan);
        };
        const DiscoveredEdges whole = scored(64);
        CHECK(whole.scores.abs().max().item<double>() > 0);
        for (const int batch : { 1, 4 }) {
            const DiscoveredEdges split = scored(batch);
            CHECK(torch::allclose(whole.scores, split.scores, 1e-8, 1e-11));
            CHECK(whole.metric == doctest::Approx(split.metric).epsilon(1e-10));
        }
        // With a baseline that is the same for all, the scores are the examples' own, averaged.
        if (options.baseline == Baseline::mean)
            continue;
        auto sum = torch::zeros_like(whole.scores);
        for (const EncodedExample& example : examples) {
            DiscoveryPlan plan;
            plan.options = options;
            sum += discover_edges(model, graph, { &example, 1 }, plan).scores;
        }
        CHECK(
            torch::allclose(whole.scores, sum / static_cast<double>(examples.size()), 1e-8, 1e-11));
    }
}

TEST_CASE("a step of one batch or of several scores its examples as a discovery of them does")
{
    const auto examples = some_examples();
    for (const DiscoveryOptions& options : ways()) {
        CAPTURE(name_of(options));
        Transformer model = random_model(ModelFamily::llama, 32);
        const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 0 });
        DiscoveryPlan plan;
        plan.options = options;
        const DiscoveredEdges found = discover_edges(model, graph, examples, plan);
        for (const std::size_t size : { std::size_t{ 4 }, examples.size() }) {
            Tuner tuner(model, graph, tuning_by(options, graph));
            const StepOutcome outcome = tuner.discover(batches_of(examples, size));
            CHECK(outcome.metric == doctest::Approx(found.metric).epsilon(1e-9));
            REQUIRE(outcome.discovery->circuit.size() == graph.edges().size());
            const double largest = found.scores.abs().max().item<double>();
            double off = 0;
            for (const ScoredEdge& edge : outcome.discovery->circuit)
                off = std::max(
                    off, std::abs(edge.score - found.scores[edge.edge.value].item<double>()));
            CHECK(off < 1e-6 * largest); // a circuit holds float32
        }
    }
}

TEST_CASE("each batch is passed once, and once more where the gradients need the means before")
{
    const auto examples = some_examples();
    Transformer model = random_model(ModelFamily::gpt2, 33);
    model.set_requires_grad(false);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto passes = [&](const DiscoveryOptions& options, std::size_t size) {
        const auto batches = batches_of(examples, size);
        std::map<std::size_t, int> asked;
        BatchedSet set;
        set.batches = batches.size();
        set.examples = static_cast<std::int64_t>(examples.size());
        set.pass = [&](std::size_t index, bool gradients) {
            ++asked[index];
            CleanPass pass;
            pass.batch = batches[index];
            ForwardEdits root;
            root.embedding = model.embed(pass.batch.ids);
            if (gradients)
                root.embedding.requires_grad_();
            model.hidden(pass.batch.ids, &pass.taps, root);
            return pass;
        };
        score_set(model, graph, step_scoring_method(options.method), options, set);
        REQUIRE(asked.size() == batches.size());
        for (const auto& [index, times] : asked)
            CHECK(times == asked.begin()->second);
        return asked.begin()->second;
    };
    const auto by = [](AttributionMethod method, Baseline baseline) {
        return DiscoveryOptions{ method, baseline };
    };
    for (const auto baseline : { Baseline::mean, Baseline::zero, Baseline::corrupted }) {
        CHECK(passes(by(AttributionMethod::eap, baseline), 4) == 1);
        CHECK(passes(by(AttributionMethod::eap_ig, baseline), examples.size()) == 1);
    }
    CHECK(passes(by(AttributionMethod::eap_ig, Baseline::zero), 4) == 1);
    CHECK(passes(by(AttributionMethod::eap_ig, Baseline::mean), 4) == 2);
}

TEST_CASE("a method that is unknown, or cannot score steps, is refused and never another instead")
{
    Transformer model = random_model(ModelFamily::gpt2, 34);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto examples = some_examples();
    for (const AttributionInfo& info : attribution_methods) {
        CAPTURE(info.name);
        CHECK_NOTHROW(scoring_method(info.method));
        const RunConfig config = tuning_by({ .method = info.method }, graph);
        if (info.not_for_tuning.empty()) {
            CHECK_NOTHROW(Tuner(model, graph, config));
        } else {
            CHECK_THROWS_AS(step_scoring_method(info.method), InputError);
            CHECK_THROWS_AS(Tuner(model, graph, config), InputError);
        }
    }
    const auto nothing = static_cast<AttributionMethod>(attribution_methods.size());
    DiscoveryPlan plan;
    plan.options.method = nothing;
    CHECK_THROWS_AS(discover_edges(model, graph, examples, plan), InputError);
    CHECK_THROWS_AS(Tuner(model, graph, tuning_by({ .method = nothing }, graph)), InputError);

    for (const TuningMethodInfo& info : tuning_methods) {
        RunConfig config;
        config.method = info.method;
        CAPTURE(info.name);
        CHECK_NOTHROW(make_strategy(model, graph, config));
    }
    RunConfig config;
    config.method = static_cast<TuningMethod>(tuning_methods.size());
    CHECK_THROWS_AS(make_strategy(model, graph, config), InputError);
}

TEST_CASE("a strategy opens what its row in the table says, and an adapter has its own tensors")
{
    for (const TuningMethodInfo& info : tuning_methods) {
        CAPTURE(info.name);
        Transformer model = random_model(ModelFamily::gpt2, 35);
        const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
        RunConfig config;
        config.method = info.method;
        const auto strategy = make_strategy(model, graph, config);
        Random random(1);
        std::vector<float> ranking(graph.edges().size());
        for (float& one : ranking)
            one = static_cast<float>(random.unit());
        SelectionOptions selection;
        selection.n = 6;
        CHECK(strategy->discovers_at(1));
        const Circuit first = strategy->choose(ranking, selection, random);
        strategy->open(first, random);
        CHECK(first.size() == 6);
        CHECK(strategy->discovers_at(2) == !info.chooses_once);

        const std::int64_t all = model.weights().count();
        switch (info.part) {
        case TunedPart::everything:
            CHECK(strategy->tunable_count() == all);
            CHECK(strategy->adapter() == nullptr);
            break;
        case TunedPart::circuit:
            CHECK(strategy->tunable_count() > 0);
            CHECK(strategy->tunable_count() < all);
            CHECK(strategy->adapter() == nullptr);
            CHECK(strategy->tensors() == model.weights().all());
            break;
        case TunedPart::entries:
        case TunedPart::biases:
            // Gradients choose them in a step.
            if (!strategy->needs_calibration() && !strategy->chooses_by_step())
                CHECK(strategy->tunable_count() > 0);
            CHECK(strategy->tunable_count() < all);
            CHECK(strategy->adapter() == nullptr);
            CHECK(strategy->tensors() == model.weights().all());
            break;
        case TunedPart::adapters:
            REQUIRE(strategy->adapter() != nullptr);
            CHECK(strategy->tunable_count() == strategy->adapter()->count());
            CHECK(strategy->tensors() != model.weights().all());
            break;
        }
    }
}

TEST_CASE("a discovery that is called off says so, and blames nobody's input")
{
    Transformer model = random_model(ModelFamily::gpt2, 36);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto examples = some_examples();
    for (const auto method :
        { AttributionMethod::eap, AttributionMethod::eap_ig, AttributionMethod::exact }) {
        std::stop_source source;
        DiscoveryPlan plan;
        plan.options.method = method;
        plan.batch = 2;
        plan.stop = source.get_token();
        plan.progress = [&source](int, int) { source.request_stop(); };
        CHECK_THROWS_AS(discover_edges(model, graph, examples, plan), Cancelled);
    }
}
