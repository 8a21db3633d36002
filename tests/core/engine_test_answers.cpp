#include "core/base/error.h"
#include "core/engine/answers.h"
#include "core/evaluation/faithfulness.h"
#include "core/evaluation/task_metric.h"
#include "core/model/continuation.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <numeric>

using namespace circuitloom;
using testing::Folder;

namespace {

// GPT-2: layer norm, learned positions, biases. Llama: RMS norm, shared keys and values.
constexpr const char* models[] = { "/tiny_gpt2", "/tiny_llama" };
constexpr const char* text = "abcmnx";

std::string path_of(const char* model)
{
    return std::string(CIRCUITLOOM_TEST_DATA) + model;
}

const ComputeOptions exact{ "cpu", Precision::float64 };

template <class Asked>
auto ask(const Asked& question)
{
    ModelSource source;
    return answer(question, AnswerContext{ source, {}, {} });
}

std::vector<Node> writers(const ComputationalGraph& graph)
{
    const auto nodes = graph.nodes().first(static_cast<std::size_t>(graph.upstream_count()));
    return { nodes.begin(), nodes.end() };
}

} // namespace

TEST_CASE("next tokens: the model's own probabilities, the likeliest first")
{
    for (const char* name : models) {
        INFO(name);
        NextTokenQuestion question;
        question.model = path_of(name);
        question.compute = exact;
        question.text = text;
        question.whole_vocabulary = true;
        question.candidates = { "y", "z" };
        question.continuation = 3;
        const NextTokenAnswer answer = ask(question);
        const auto& all = answer.log_probabilities;
        double total = 0;
        for (const double value : all)
            total += std::exp(value);
        CHECK(total == doctest::Approx(1));
        REQUIRE(answer.likeliest.size() == 10);
        CHECK(
            answer.likeliest.front().log_probability == *std::max_element(all.begin(), all.end()));
        for (std::size_t i = 1; i < 10; ++i)
            CHECK(answer.likeliest[i - 1].log_probability >= answer.likeliest[i].log_probability);
        for (const TokenChance& chance : answer.candidates)
            CHECK(chance.log_probability == all[static_cast<std::size_t>(chance.id)]);
        CHECK(answer.candidates[0].text == "y");
        CHECK(answer.continued.starts_with(text));
        CHECK(answer.ids.size() == answer.tokens.size());
        CHECK(answer.model == ModelShown{ path_of(name), -1 });
    }
}

TEST_CASE("a candidate that the tokenizer joins with the text is refused")
{
    NextTokenQuestion question;
    question.model = "demo";
    question.text = "the key";
    question.candidates = { "s" };
    CHECK_THROWS_AS(ask(question), InputError);
}

TEST_CASE("attention: rows are probabilities, and with the values they give what the heads write")
{
    for (const char* name : models) {
        INFO(name);
        ModelSource source;
        const SourcedModel sourced = source.get(path_of(name), exact);
        const Transformer& model = *sourced.model;
        const ModelConfig& config = model.config();
        AttentionQuestion question;
        question.model = path_of(name);
        question.compute = exact;
        question.text = text;
        const AttentionAnswer answer = circuitloom::answer(question, { source, {}, {} });
        const auto positions = answer.tokens.size();
        REQUIRE(answer.patterns.size()
            == static_cast<std::size_t>(config.layers) * static_cast<std::size_t>(config.heads));

        const torch::NoGradGuard no_grad;
        ForwardTaps taps;
        model.hidden(token_row(sourced.tokenizer->encode(text), model), &taps);
        for (const AttentionPattern& pattern : answer.patterns) {
            for (std::size_t row = 0; row < positions; ++row) {
                const auto* first = pattern.weights.data() + row * positions;
                CHECK(std::accumulate(first, first + positions, 0.0) == doctest::Approx(1));
                for (std::size_t column = row + 1; column < positions; ++column)
                    CHECK(first[column] == 0);
            }
            const auto& layer = taps.layers[static_cast<std::size_t>(pattern.head.layer)];
            const std::int64_t dim = config.head_dim;
            const auto shared = config.heads / config.kv_heads;
            const auto values = layer.qkv[0].narrow(
                1, (config.heads + config.kv_heads + pattern.head.index / shared) * dim, dim);
            const auto n = static_cast<std::int64_t>(positions);
            const auto weights = torch::tensor(pattern.weights).view({ n, n }).to(torch::kFloat64);
            const auto written = layer.heads[0].narrow(1, pattern.head.index * dim, dim);
            CHECK((torch::matmul(weights, values) - written).abs().max().item<double>() < 1e-6);
        }
    }
}

TEST_CASE("attention: heads that the model has not are named")
{
    AttentionQuestion question;
    question.model = path_of("/tiny_gpt2");
    question.text = text;
    question.heads = { { NodeKind::head, 0, 99 } };
    CHECK_THROWS_AS(ask(question), InputError);
    question.heads = { { NodeKind::mlp, 0, -1 } };
    CHECK_THROWS_AS(ask(question), InputError);
}

// With the final norm's scale held, the logits are the sum of what all nodes add, of the shared
// output biases and of the final norm's own bias.
TEST_CASE("lens: what the nodes add, and the biases, is the logits")
{
    for (const char* name : models)
        for (const int group : { 0, 12 }) {
            INFO(name << ", groups of " << group);
            ModelSource source;
            const SourcedModel sourced = source.get(path_of(name), exact);
            const Transformer& model = *sourced.model;
            const ComputationalGraph graph(
                model.config().graph_shape(), { GraphKind::full, group });
            LensQuestion question;
            question.model = path_of(name);
            question.compute = exact;
            question.nodes = writers(graph);
            question.mlp_group_size = group;
            question.text = text;
            question.target = "y";
            question.alternative = "z";
            question.promoted = model.config().vocabulary;
            const LensAnswer answer = circuitloom::answer(question, { source, {}, {} });

            const torch::NoGradGuard no_grad;
            ForwardTaps taps;
            const auto hidden
                = model.hidden(token_row(sourced.tokenizer->encode(text), model), &taps)[0][-1];
            const auto logits = model.unembed(hidden);
            // The biases' part, by linearity: the final norm of their sum at the stream's scale.
            const auto x = taps.final_input[0][-1];
            const bool centres = model.config().norm == NormKind::layer_norm;
            const auto centred = [&](const torch::Tensor& v) { return centres ? v - v.mean() : v; };
            auto biases = torch::zeros_like(x);
            for (int layer = 0; layer < model.config().layers; ++layer) {
                const auto& output = model.weights().at(layer, LayerPart::output_bias);
                if (output.defined())
                    biases = biases + output;
                const auto& mlp = model.weights().at(layer, LayerPart::mlp_out_bias);
                if (group > 0 && mlp.defined())
                    biases = biases + mlp; // no group has it
            }
            const auto scale
                = torch::sqrt(centred(x).square().mean() + model.config().norm_epsilon);
            auto rest = centred(biases) / scale * model.weights().final_norm_weight;
            if (model.weights().final_norm_bias.defined())
                rest = rest + model.weights().final_norm_bias;
            auto expected = logits - model.unembed(rest);
            expected = expected - expected.mean();

            std::vector<double> sums(static_cast<std::size_t>(model.config().vocabulary));
            double target = 0;
            double alternative = 0;
            for (const NodeLens& lens : answer.nodes) {
                for (const TokenPush& push : lens.promoted)
                    sums[static_cast<std::size_t>(push.id)] += push.logit;
                target += *lens.target;
                alternative += *lens.alternative;
            }
            for (std::size_t id = 0; id < sums.size(); ++id)
                CHECK(sums[id]
                    == doctest::Approx(expected[static_cast<std::int64_t>(id)].item<double>())
                           .epsilon(1e-9));
            const auto id_of = [&](const char* word) {
                return static_cast<std::size_t>(
                    sourced.tokenizer->encode(std::string(text) + word).back());
            };
            CHECK(target == doctest::Approx(sums[id_of("y")]));
            CHECK(alternative == doctest::Approx(sums[id_of("z")]));
        }
}

TEST_CASE("lens on a task: the average over its examples")
{
    const Folder folder;
    const auto task = folder / "task.jsonl";
    ModelSource source;
    LensQuestion question;
    question.model = path_of("/tiny_gpt2");
    question.compute = exact;
    question.nodes = { { NodeKind::input, -1, -1 }, { NodeKind::head, 0, 1 } };
    question.task = task.string();
    question.examples = 0;
    const LensAnswer whole = answer(question, { source, {}, {} });
    double target = 0;
    double alternative = 0;
    const auto examples = load_task(task.string());
    for (const TaskExample& example : examples) {
        LensQuestion one = question;
        one.task.clear();
        one.text = example.text.substr(0, example.text.size() - 1);
        one.target = "x";
        one.alternative = "y";
        const LensAnswer single = answer(one, { source, {}, {} });
        target += *single.nodes[1].target;
        alternative += *single.nodes[1].alternative;
    }
    CHECK(whole.examples == static_cast<int>(examples.size()));
    const auto count = static_cast<double>(examples.size());
    CHECK(*whole.nodes[1].target == doctest::Approx(target / count));
    CHECK(*whole.nodes[1].alternative == doctest::Approx(alternative / count));
    question.nodes = { { NodeKind::query, 0, 0 } };
    CHECK_THROWS_AS(answer(question, { source, {}, {} }), InputError);
}

TEST_CASE("ablation: figures are those of a pass with these edges ablated")
{
    const Folder folder;
    ModelSource source;
    AblationQuestion question;
    question.model = path_of("/tiny_gpt2");
    question.compute = exact;
    question.task = (folder / "task.jsonl").string();
    question.suites = { (folder / "suite.jsonl").string(), (folder / "text.txt").string() };
    const auto ask_it = [&] { return answer(question, { source, {}, {} }); };
    const auto figures = [](const AblationAnswer& answer) {
        std::map<std::string, std::pair<double, double>> values;
        for (const AblatedFigure& figure : answer.figures)
            values[figure.suite.substr(figure.suite.rfind('/') + 1) + " " + figure.measure]
                = { figure.whole, figure.ablated };
        return values;
    };

    // All edges but those of a circuit of all: nothing changes.
    const SourcedModel sourced = source.get(question.model, exact);
    const ComputationalGraph graph(sourced.model->config().graph_shape(), {});
    question.keep_only = true;
    for (std::size_t i = 0; i < graph.edges().size(); ++i)
        question.names.push_back(graph.edge_name({ static_cast<std::int32_t>(i) }));
    AblationAnswer none = ask_it();
    CHECK(none.ablated == 0);
    CHECK(none.figures.size() == 6); // four of the task, one of each suite
    for (const auto& [name, values] : figures(none)) {
        INFO(name);
        CHECK(values.first == doctest::Approx(values.second).epsilon(1e-9));
    }

    // An empty circuit: m(∅).
    question.names.clear();
    const AblationAnswer all = ask_it();
    CHECK(all.ablated == static_cast<int>(graph.edges().size()));
    const EncodedTask task = load_encoded_task(question.task, *sourced.tokenizer, 32);
    const AblationBatches batches(
        *sourced.model, task.examples, Baseline::mean, ScoredPositions::all, 16);
    const CircuitRuns runs(*sourced.model, graph, batches);
    const MetricRange range
        = metric_range(runs, [&](const torch::Tensor& hidden, const ScoredBatch& batch) {
              return logit_difference(*sourced.model, hidden, batch).item<double>();
          });
    CHECK(figures(all).at("task logit-diff").first == doctest::Approx(range.whole));
    CHECK(figures(all).at("task logit-diff").second == doctest::Approx(range.empty));
    CHECK(figures(all).at("text.txt perplexity").first
        != doctest::Approx(figures(all).at("text.txt perplexity").second));

    // A node stands for the edges out of it, an input for those into it.
    question.keep_only = false;
    question.names = { "a0.h1" };
    const AblationAnswer node = ask_it();
    question.names.clear();
    for (std::size_t i = 0; i < graph.edges().size(); ++i)
        if (const std::string name = graph.edge_name({ static_cast<std::int32_t>(i) });
            name.starts_with("a0.h1->"))
            question.names.push_back(name);
    CHECK(node.ablated == static_cast<int>(question.names.size()));
    CHECK((figures(node) == figures(ask_it())));
    question.names = { "a1.h0<q>" };
    CHECK(ask_it().ablated > 0);
}

TEST_CASE("ablation: what cannot be is said")
{
    const Folder folder;
    AblationQuestion question;
    question.model = path_of("/tiny_gpt2");
    question.task = (folder / "task.jsonl").string();
    CHECK_THROWS_AS(ask(question), InputError); // nothing named
    for (const char* wrong : { "a9.h0", "a0.h0->a0.h0<q>", "m0.g1", "nonsense", "a0.h0->" }) {
        question.names = { wrong };
        INFO(wrong);
        CHECK_THROWS_AS(ask(question), InputError);
    }
    question.names = { "m0" };
    question.suites = { (folder / "suite.jsonl").string() };
    question.baseline = Baseline::corrupted;
    CHECK_THROWS_AS(ask(question), InputError);
}

TEST_CASE("an answer that is called off ends with Cancelled")
{
    const Folder folder;
    ModelSource source;
    std::stop_source stop;
    AblationQuestion question;
    question.model = path_of("/tiny_gpt2");
    question.task = (folder / "task.jsonl").string();
    question.names = { "m0" };
    const AnswerProgress progress = [&](const std::string&, int, int) { stop.request_stop(); };
    CHECK_THROWS_AS(answer(question, { source, progress, stop.get_token() }), Cancelled);
}
