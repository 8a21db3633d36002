// Answers that are averages over a task: where heads look from its scored positions, and what
// neurons write there.
#include "core/base/error.h"
#include "core/model/continuation.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>

using namespace circuitloom;
using testing::ask;
using testing::exact;
using testing::Folder;
using testing::test_model;

namespace {

constexpr const char* models[] = { "tiny_gpt2", "tiny_llama" };

/// The tiny models read letter by letter: the last letter is the target, at the position before it.
std::string write_task(const Folder& folder)
{
    const auto file = folder / "letters.jsonl";
    std::ofstream(file)
        << R"({"text": "acbmnx", "spans": [{"start": 5, "end": 6, "alternative": "y"}], "corrupted": "acnmnx"})"
        << "\n"
        << R"({"text": "nmbax", "spans": [{"start": 4, "end": 5, "alternative": "z"}]})" << "\n";
    return file.string();
}

/// Where the tokens of `text` are others.
std::optional<std::size_t> changed_token(
    const ModelReference& model, const std::vector<std::string>& tokens, const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    AttentionQuestion other;
    other.model = model;
    other.text = text;
    const std::vector<std::string> others = ask(other).tokens;
    REQUIRE(others.size() == tokens.size());
    const auto first = std::ranges::mismatch(tokens, others).in1;
    return static_cast<std::size_t>(first - tokens.begin());
}

/// All neurons of the node that the lens is asked about.
NeuronQuestion neurons_of(const LensQuestion& lens)
{
    NeuronQuestion question;
    question.model = lens.model;
    question.compute = lens.compute;
    question.node = lens.nodes.at(0);
    question.mlp_group_size = lens.mlp_group_size;
    question.task = lens.task;
    question.neurons = 100;
    return question;
}

} // namespace

TEST_CASE("attention on a task: the shares of the patterns of its texts")
{
    const Folder folder;
    for (const char* name : models) {
        INFO(name);
        TargetAttentionQuestion question;
        question.model = test_model(name);
        question.compute = exact;
        question.task = write_task(folder);
        const TargetAttentionAnswer all = ask(question);
        CHECK(all.examples == 2);
        CHECK(all.changed_examples == 1);
        // Each text alone, its pattern's row of the position that predicts the last letter.
        std::map<Node, TargetAttention> expected;
        for (const auto& [text, corrupted] : { std::pair{ "acbmn", "acnmn" }, std::pair{ "nmba", "" } }) {
            AttentionQuestion one;
            one.model = question.model;
            one.compute = exact;
            one.text = text;
            const AttentionAnswer patterns = ask(one);
            const std::size_t positions = patterns.tokens.size();
            const auto changed = changed_token(question.model, patterns.tokens, corrupted);
            for (const AttentionPattern& pattern : patterns.patterns) {
                const float* row = pattern.weights.data() + (positions - 1) * positions;
                TargetAttention& sums = expected[pattern.head];
                sums.first += row[0] / 2;
                sums.previous += row[positions - 2] / 2;
                sums.itself += row[positions - 1] / 2;
                if (changed)
                    sums.changed = row[*changed];
            }
        }
        REQUIRE(all.heads.size() == expected.size());
        for (const TargetAttention& head : all.heads) {
            INFO(node_name(head.head));
            const TargetAttention& wanted = expected.at(head.head);
            CHECK(head.first == doctest::Approx(wanted.first).epsilon(1e-5));
            CHECK(head.previous == doctest::Approx(wanted.previous).epsilon(1e-5));
            CHECK(head.itself == doctest::Approx(wanted.itself).epsilon(1e-5));
            REQUIRE(head.changed);
            CHECK(*head.changed == doctest::Approx(*wanted.changed).epsilon(1e-5));
        }
        question.heads = { { NodeKind::head, 0, 1 } };
        const TargetAttentionAnswer one = ask(question);
        REQUIRE(one.heads.size() == 1);
        CHECK(one.heads[0].head == question.heads[0]);
        CHECK(one.heads[0].first == doctest::Approx(expected.at(question.heads[0]).first));
        question.heads = { { NodeKind::mlp, 0, -1 } };
        CHECK_THROWS_AS(ask(question), InputError);
    }
}

// The neurons of an MLP or group are all that it writes from, apart from a bias.
TEST_CASE("neurons: their shares add up to the lens of their node")
{
    const Folder folder;
    for (const char* name : models) {
        INFO(name);
        ModelSource source;
        LensQuestion lens;
        lens.model = test_model(name);
        lens.compute = exact;
        lens.task = write_task(folder);
        lens.mlp_group_size = 12;
        lens.nodes = { { NodeKind::mlp_group, 1, 1 } };
        lens.promoted = 10'000;
        const LensAnswer node = answer(lens, { source, {}, {} });
        NeuronQuestion question = neurons_of(lens);
        question.promoted = 10'000;
        const NeuronAnswer all = answer(question, { source, {}, {} });
        CHECK(all.of == 12);
        CHECK(all.examples == 2);
        REQUIRE(all.neurons.size() == 12);
        double difference = 0;
        std::map<std::int32_t, double> pushes;
        for (std::size_t n = 0; n < all.neurons.size(); ++n) {
            CHECK(all.neurons[n].neuron >= 12);
            CHECK(all.neurons[n].neuron < 24);
            if (n > 0)
                CHECK(std::abs(all.neurons[n - 1].difference)
                    >= std::abs(all.neurons[n].difference));
            difference += all.neurons[n].difference;
            for (const TokenPush& push : all.neurons[n].promoted)
                pushes[push.id] += push.logit;
        }
        CHECK(difference
            == doctest::Approx(*node.nodes[0].target - *node.nodes[0].alternative));
        for (const TokenPush& push : node.nodes[0].promoted)
            CHECK(pushes.at(push.id) == doctest::Approx(push.logit));
        // Activations are those of the pass.
        const SourcedModel sourced = source.get(lens.model, exact);
        const torch::NoGradGuard no_grad;
        double expected = 0;
        for (const char* text : { "acbmn", "nmba" }) {
            ForwardTaps taps;
            sourced.model->hidden(
                token_row(sourced.tokenizer->encode(text), *sourced.model), &taps);
            expected
                += taps.layers[1].mlp_hidden[0][-1][all.neurons[0].neuron].item<double>() / 2;
        }
        CHECK(all.neurons[0].activation == doctest::Approx(expected));
        question.node = { NodeKind::head, 0, 0 };
        CHECK_THROWS_AS(answer(question, { source, {}, {} }), InputError);
    }
}

// Batches have 16 examples; one without an alternative decides for all of them.
TEST_CASE("neurons: one target without an alternative makes all shares those of the target alone")
{
    const Folder folder;
    const auto file = folder / "mixed.jsonl";
    {
        std::ofstream task(file);
        for (int i = 0; i < 16; ++i)
            task << R"({"text": "acbmnx", "spans": [{"start": 5, "end": 6, "alternative": "y"}]})"
                 << "\n";
        task << R"({"text": "nmbax", "spans": [{"start": 4, "end": 5}]})" << "\n";
    }
    ModelSource source;
    LensQuestion lens;
    lens.model = test_model("tiny_gpt2");
    lens.compute = exact;
    lens.task = file.string();
    lens.mlp_group_size = 12;
    lens.nodes = { { NodeKind::mlp_group, 1, 1 } };
    const LensAnswer node = answer(lens, { source, {}, {} });
    CHECK_FALSE(node.nodes[0].alternative.has_value());
    NeuronQuestion question = neurons_of(lens);
    const NeuronAnswer all = answer(question, { source, {}, {} });
    CHECK_FALSE(all.alternatives);
    double sum = 0;
    for (const NeuronLens& neuron : all.neurons)
        sum += neuron.difference;
    CHECK(sum == doctest::Approx(*node.nodes[0].target));
}

TEST_CASE("in bfloat16 an average over many examples is as exact as over few")
{
    const Folder folder;
    const std::string line
        = R"({"text": "acbmnx", "spans": [{"start": 5, "end": 6, "alternative": "y"}]})";
    const auto of_many = [&](const char* name, int examples) {
        const auto file = folder / name;
        std::ofstream written(file);
        for (int i = 0; i < examples; ++i)
            written << line << "\n";
        return file.string();
    };
    LensQuestion lens;
    lens.model = test_model("tiny_gpt2");
    lens.compute = { "cpu", Precision::bfloat16 };
    lens.nodes = { { NodeKind::mlp, 1, -1 } };
    lens.task = of_many("few.jsonl", 16); // as many as are passed at a time
    lens.examples = 0;
    NeuronQuestion neurons = neurons_of(lens);
    neurons.examples = 0;
    LensQuestion many_lens = lens;
    many_lens.task = of_many("many.jsonl", 16 * 250);
    const LensAnswer few = ask(lens);
    const LensAnswer many = ask(many_lens);
    REQUIRE(many.examples == 16 * 250);
    const auto check_like = [](double found, double expected) {
        CHECK(found / expected == doctest::Approx(1).epsilon(1e-4));
    };
    check_like(*many.nodes[0].target, *few.nodes[0].target);
    check_like(*many.nodes[0].alternative, *few.nodes[0].alternative);

    const NeuronAnswer few_neurons = ask(neurons);
    neurons.task = many_lens.task;
    const NeuronAnswer many_neurons = ask(neurons);
    REQUIRE(many_neurons.neurons.size() == few_neurons.neurons.size());
    std::map<int, NeuronLens> found;
    for (const NeuronLens& neuron : many_neurons.neurons)
        found.emplace(neuron.neuron, neuron);
    for (const NeuronLens& neuron : few_neurons.neurons) {
        CAPTURE(neuron.neuron);
        check_like(found.at(neuron.neuron).activation, neuron.activation);
        check_like(found.at(neuron.neuron).difference, neuron.difference);
    }
}
