#include "core/base/error.h"
#include "core/evaluation/faithfulness.h"
#include "core/evaluation/task_metric.h"
#include "core/graph/named_edges.h"
#include "core/model/continuation.h"
#include "core/store/experiment_reader.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <numeric>

using namespace circuitloom;
using testing::ask;
using testing::exact;
using testing::Folder;
using testing::test_model;
using testing::tiny_run;

namespace {

// GPT-2: layer norm, learned positions, biases. Llama: RMS norm, shared keys and values.
constexpr const char* models[] = { "tiny_gpt2", "tiny_llama" };
constexpr const char* text = "abcmnx";

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
        question.model = test_model(name);
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
        CHECK(answer.model == ModelShown{ test_model(name), -1 });
    }
}

TEST_CASE("next tokens of a circuit: with all edges the model's own, with none those of baselines")
{
    const Folder folder;
    for (const char* name : models) {
        INFO(name);
        ModelSource source;
        NextTokenQuestion question;
        question.model = test_model(name);
        question.compute = exact;
        question.text = text;
        question.whole_vocabulary = true;
        question.continuation = 4;
        const auto ask_it = [&] { return answer(question, AnswerContext{ source, {}, {} }); };
        const NextTokenAnswer whole = ask_it();
        CHECK(whole.kept_edges == -1);

        const SourcedModel sourced = source.get(question.model, exact);
        const Transformer& model = *sourced.model;
        const ComputationalGraph graph(model.config().graph_shape(), {});
        question.circuit.emplace();
        question.circuit->task = (folder / "task.jsonl").string();
        for (std::size_t i = 0; i < graph.edges().size(); ++i)
            question.circuit->edges.push_back(graph.edge_name({ static_cast<std::int32_t>(i) }));
        const NextTokenAnswer all = ask_it();
        CHECK(all.kept_edges == static_cast<int>(graph.edges().size()));
        CHECK(all.continued == whole.continued);
        for (std::size_t id = 0; id < whole.log_probabilities.size(); ++id)
            CHECK(all.log_probabilities[id]
                == doctest::Approx(whole.log_probabilities[id]).epsilon(1e-9));

        // Without any edge the logits see the sum of what every node writes on average, which is
        // the mean of the final norm's input over the task, whatever the text is.
        const torch::NoGradGuard no_grad;
        const EncodedTask task
            = load_encoded_task(question.circuit->task, *sourced.tokenizer, 128);
        torch::Tensor sum;
        std::int64_t tokens = 0;
        for (const EncodedExample& example : task.examples) {
            ForwardTaps taps;
            model.hidden(token_row(example.ids, model), &taps);
            const auto here = taps.final_input[0].sum(0);
            sum = sum.defined() ? sum + here : here;
            tokens += taps.final_input.size(1);
        }
        const auto expected = torch::log_softmax(
            model.unembed(model.final_norm((sum / tokens).view({ 1, -1 })))[0], -1);
        question.circuit->edges.clear();
        for (const char* other : { text, "xyz" }) {
            question.text = other;
            const NextTokenAnswer none = ask_it();
            CHECK(none.kept_edges == 0);
            for (std::size_t id = 0; id < none.log_probabilities.size(); ++id)
                CHECK(none.log_probabilities[id]
                    == doctest::Approx(expected[static_cast<std::int64_t>(id)].item<double>())
                           .epsilon(1e-9));
        }

        // The edges into the logits alone: a text's own embedding passes, and by hand.
        question.text = text;
        question.circuit->edges = { "input->logits" };
        question.circuit->baseline = Baseline::zero;
        question.circuit->task.clear();
        const NextTokenAnswer embedding = ask_it();
        CHECK(embedding.kept_edges == 1);
        auto stream = model.embed(token_row(sourced.tokenizer->encode(text), model))[0][-1];
        for (int layer = 0; layer < model.config().layers; ++layer)
            if (const auto& bias = model.weights().at(layer, LayerPart::output_bias);
                bias.defined())
                stream = stream + bias;
        const auto by_hand = torch::log_softmax(
            model.unembed(model.final_norm(stream.view({ 1, -1 })))[0], -1);
        for (std::size_t id = 0; id < embedding.log_probabilities.size(); ++id)
            CHECK(embedding.log_probabilities[id]
                == doctest::Approx(by_hand[static_cast<std::int64_t>(id)].item<double>())
                       .epsilon(1e-9));
    }
}

TEST_CASE("next tokens of a circuit: what cannot be is said")
{
    const Folder folder;
    NextTokenQuestion question;
    question.model = test_model("tiny_gpt2");
    question.text = text;
    question.circuit.emplace();
    question.circuit->task = (folder / "task.jsonl").string();
    question.circuit->edges = { "a9.h0->logits" };
    CHECK_THROWS_AS(ask(question), InputError);
    question.circuit->edges = { "input->logits" };
    question.circuit->baseline = Baseline::corrupted;
    CHECK_THROWS_AS(ask(question), InputError);
    question.circuit->baseline = Baseline::mean;
    question.circuit->task = (folder / "none.jsonl").string();
    CHECK_THROWS_AS(ask(question), InputError);
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
        const SourcedModel sourced = source.get(test_model(name), exact);
        const Transformer& model = *sourced.model;
        const ModelConfig& config = model.config();
        AttentionQuestion question;
        question.model = test_model(name);
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
    question.model = test_model("tiny_gpt2");
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
            const SourcedModel sourced = source.get(test_model(name), exact);
            const Transformer& model = *sourced.model;
            const ComputationalGraph graph(
                model.config().graph_shape(), { GraphKind::full, group });
            LensQuestion question;
            question.model = test_model(name);
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
    question.model = test_model("tiny_gpt2");
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
    question.model = test_model("tiny_gpt2");
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

TEST_CASE("ablation: each random choice is what ablating it alone gives, the same for a seed")
{
    const Folder folder;
    ModelSource source;
    AblationQuestion question;
    question.model = test_model("tiny_gpt2");
    question.compute = exact;
    question.task = (folder / "task.jsonl").string();
    question.suites = { (folder / "suite.jsonl").string() };
    question.names = { "a0.h1", "m0->logits" };
    question.random_draws = 3;
    question.seed = 5;
    const auto ask_it = [&] { return answer(question, { source, {}, {} }); };
    const AblationAnswer drawn = ask_it();
    const ComputationalGraph graph(
        source.get(question.model, exact).model->config().graph_shape(), {});
    Random random(5);
    AblationQuestion one = question;
    one.random_draws = 0;
    for (std::size_t draw = 0; draw < 3; ++draw) {
        one.names = random_names_like(graph, question.names, random);
        const AblationAnswer alone = answer(one, { source, {}, {} });
        for (std::size_t i = 0; i < drawn.figures.size(); ++i) {
            INFO(drawn.figures[i].measure);
            REQUIRE(drawn.figures[i].random.size() == 3);
            CHECK(drawn.figures[i].random[draw] == doctest::Approx(alone.figures[i].ablated));
        }
    }
    CHECK(ask_it().figures.front().random == drawn.figures.front().random);
    question.keep_only = true;
    CHECK_THROWS_AS(ask_it(), InputError);
}

TEST_CASE("ablation: what the stored scores expect is their sum over the ablated edges")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.steps = 4;
    config.method = TuningMethod::circuit;
    SUBCASE("of edges that were ranked by them") { }
    SUBCASE("of edges that were ranked by smoothed ones")
    {
        config.smoothing_beta1 = config.smoothing_beta2 = 0.9;
    }
    const auto file = folder / "run.loom";
    testing::Watcher watcher;
    REQUIRE(testing::tune(config, file, watcher) == RunState::finished);
    const ExperimentReader reader(file);
    const Circuit circuit = reader.circuit(watcher.run, { 1 });
    const RunDescription run = reader.run(watcher.run).description;
    const ComputationalGraph graph(run.shape, run.graph);
    REQUIRE(circuit.size() == 8);

    AblationQuestion question;
    question.model = RunMoment{ file, watcher.run, RunMoment::Kind::iteration, 1 };
    question.task = config.task;
    question.baseline = config.discovery.baseline;
    question.positions = config.discovery.positions;
    double sum = 0;
    for (const ScoredEdge& edge : circuit) {
        question.names.push_back(graph.edge_name(edge.edge));
        sum += static_cast<double>(edge.score);
    }
    // One that the circuit has not.
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const EdgeId edge{ static_cast<std::int32_t>(i) };
        if (std::ranges::find(circuit, edge, &ScoredEdge::edge) == circuit.end()) {
            question.names.push_back(graph.edge_name(edge));
            break;
        }
    }
    const AblationAnswer answer = ask(question);
    REQUIRE(answer.expected.has_value());
    CHECK(answer.expected->fall == doctest::Approx(sum));
    CHECK(answer.expected->scored == 8);
    CHECK(answer.expected->unscored == 1);
    CHECK(answer.model.step == 3);
    // Of no iteration, or of another ablation than the scores are about, nothing is expected.
    const AblationQuestion good = question;
    CHECK(answer.notes.empty());
    question.metric = MetricKind::log_prob;
    const AblationAnswer of_another = ask(question);
    CHECK_FALSE(of_another.expected.has_value());
    REQUIRE(of_another.notes.size() == 1);
    CHECK(of_another.notes[0].find("of the metric logit-diff") != std::string::npos);
    question = good;
    question.baseline
        = good.baseline == Baseline::mean ? Baseline::zero : Baseline::mean;
    CHECK_FALSE(ask(question).expected.has_value());
    question = good;
    question.positions = good.positions == ScoredPositions::all ? ScoredPositions::target
                                                                : ScoredPositions::all;
    CHECK_FALSE(ask(question).expected.has_value());
    question = good;
    question.task = (folder / "copy.jsonl").string();
    std::filesystem::copy_file(good.task, question.task);
    CHECK_FALSE(ask(question).expected.has_value());
    question = good;
    question.model = RunMoment{ file, watcher.run, RunMoment::Kind::end, 0 };
    CHECK_FALSE(ask(question).expected.has_value());
    // The circuit alone, as the iteration stored it, is that of the same names.
    NextTokenQuestion next;
    next.model = RunMoment{ file, watcher.run, RunMoment::Kind::iteration, 1 };
    next.text = text;
    next.whole_vocabulary = true;
    next.circuit.emplace();
    next.circuit->task = config.task;
    next.circuit->iteration = std::get<RunMoment>(next.model);
    const NextTokenAnswer stored = ask(next);
    next.circuit->iteration.reset();
    question.names.pop_back();
    next.circuit->edges = question.names;
    CHECK(stored.kept_edges == 8);
    CHECK(stored.log_probabilities == ask(next).log_probabilities);
}

TEST_CASE("ablation: what cannot be is said")
{
    const Folder folder;
    AblationQuestion question;
    question.model = test_model("tiny_gpt2");
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
    question.model = test_model("tiny_gpt2");
    question.task = (folder / "task.jsonl").string();
    question.names = { "m0" };
    const AnswerProgress progress = [&](const std::string&, int, int) { stop.request_stop(); };
    CHECK_THROWS_AS(answer(question, { source, progress, stop.get_token() }), Cancelled);
}

TEST_CASE("the means that stand for ablated edges tell how far they are, and can be called off")
{
    const Folder folder;
    const RunConfig config = tiny_run(folder);
    NextTokenQuestion question;
    question.model = test_model("tiny_gpt2");
    question.compute = exact;
    question.text = text;
    question.circuit.emplace();
    question.circuit->task = config.task;
    question.circuit->edges = { "input->logits" };
    std::vector<int> told;
    int batches = 0;
    ModelSource source;
    std::stop_source stop;
    bool calls_off = false;
    const AnswerProgress progress = [&](const std::string& what, int done, int total) {
        if (what.find("means") == std::string::npos)
            return;
        told.push_back(done);
        batches = total;
        if (calls_off)
            stop.request_stop();
    };
    answer(question, { source, progress, stop.get_token() });
    REQUIRE(batches > 1); // so that there is something to call off
    REQUIRE(told.size() == static_cast<std::size_t>(batches));
    for (int i = 0; i < batches; ++i)
        CHECK(told[static_cast<std::size_t>(i)] == i);
    told.clear();
    calls_off = true;
    CHECK_THROWS_AS(answer(question, { source, progress, stop.get_token() }), Cancelled);
    CHECK(told.size() == 1);
}
