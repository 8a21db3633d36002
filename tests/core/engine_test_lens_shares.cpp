#include "core/engine/answers.h"
#include "core/model/continuation.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

using namespace circuitloom;
using testing::exact;
using testing::Folder;
using testing::test_model;

namespace {

const std::string text = "ABCMNX"; // its tokens are among the first 70
const std::string target = "Y";
const std::string alternative = "Z";

/// GPT-J's unembedding has a bias; the tiny one comes without a tokenizer.
std::string tiny_gptj_with_a_tokenizer(const Folder& folder)
{
    for (const char* file : { "config.json", "model.safetensors" })
        std::filesystem::copy_file(test_model("tiny_gptj") + "/" + file, folder / file);
    std::filesystem::copy_file(
        test_model("tiny_gpt2") + "/tokenizer.json", folder / "tokenizer.json");
    return folder.path().string();
}

double difference(const NodeLens& lens)
{
    return *lens.target - *lens.alternative;
}

} // namespace

// Of the difference of two logits: what every bias makes of it is computed here, by linearity.
TEST_CASE("lens: the shares of input, heads and MLPs are all of the answer but the biases' part")
{
    const torch::NoGradGuard no_grad;
    const Folder folder;
    for (const std::string& name : { test_model("tiny_gpt2"), test_model("tiny_llama"),
             tiny_gptj_with_a_tokenizer(folder) }) {
        INFO(name);
        ModelSource source;
        const SourcedModel sourced = source.get(name, exact);
        const Transformer& model = *sourced.model;
        const ComputationalGraph graph(model.config().graph_shape(), {});
        LensQuestion question;
        question.model = name;
        question.compute = exact;
        const auto writers = graph.nodes().first(static_cast<std::size_t>(graph.upstream_count()));
        question.nodes.assign(writers.begin(), writers.end());
        question.nodes.push_back({ NodeKind::logits, -1, -1 });
        question.text = text;
        question.target = target;
        question.alternative = alternative;
        question.promoted = model.config().vocabulary;
        const LensAnswer answer = circuitloom::answer(question, { source, {}, {} });

        // `logits` is what the model says.
        ForwardTaps taps;
        const auto hidden
            = model.hidden(token_row(sourced.tokenizer->encode(text), model), &taps)[0][-1];
        auto logits = model.unembed(hidden);
        const NodeLens& whole = answer.nodes.back();
        const auto centred_logits = logits - logits.mean();
        REQUIRE(whole.promoted.size() == static_cast<std::size_t>(model.config().vocabulary));
        for (const TokenPush& push : whole.promoted)
            CHECK(push.logit
                == doctest::Approx(centred_logits[push.id].item<double>()).epsilon(1e-9));
        const auto id_of = [&](const std::string& word) {
            return sourced.tokenizer->encode(text + word).back();
        };
        const std::int32_t y = id_of(target);
        const std::int32_t z = id_of(alternative);
        REQUIRE(y != z);
        CHECK(difference(whole)
            == doctest::Approx((logits[y] - logits[z]).item<double>()).epsilon(1e-9));

        double shares = 0;
        for (std::size_t i = 0; i + 1 < answer.nodes.size(); ++i)
            shares += difference(answer.nodes[i]) / difference(whole);
        const bool centres = model.config().norm == NormKind::layer_norm;
        const auto centred = [&](const torch::Tensor& v) { return centres ? v - v.mean() : v; };
        const auto x = taps.final_input[0][-1];
        auto biases = torch::zeros_like(x); // a whole MLP's own is part of what it writes
        for (int layer = 0; layer < model.config().layers; ++layer)
            if (const auto& bias = model.weights().at(layer, LayerPart::output_bias);
                bias.defined())
                biases = biases + bias;
        const auto scale = torch::sqrt(centred(x).square().mean() + model.config().norm_epsilon);
        auto normed = centred(biases) / scale * model.final_norm_weight();
        if (const auto& bias = model.weights().final_norm_bias; bias.defined())
            normed = normed + bias;
        const auto of_biases = model.unembed(normed); // with the unembedding's own
        const double rest = (of_biases[y] - of_biases[z]).item<double>() / difference(whole);
        CHECK(shares == doctest::Approx(1 - rest).epsilon(1e-9));
        CHECK(std::abs(rest) > 1e-6); // so they are not left out of this test
    }
}
