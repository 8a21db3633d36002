#include "core/architecture/model_config.h"

#include "core/base/error.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace circuitloom;

namespace {

// Heads of 16 coordinates and a context of 2048 tokens; `rope` as transformers 5 writes it.
ModelConfig llama(nlohmann::json rope)
{
    rope["rope_theta"] = 10000.0;
    const nlohmann::json json{ { "model_type", "llama" }, { "num_hidden_layers", 2 },
        { "num_attention_heads", 4 }, { "hidden_size", 64 }, { "intermediate_size", 32 },
        { "vocab_size", 100 }, { "rope_parameters", std::move(rope) } };
    return parse_model_config(json.dump(), "config.json");
}

nlohmann::json phi3_json(const char* kind)
{
    return { { "model_type", "phi3" }, { "num_hidden_layers", 2 }, { "num_attention_heads", 4 },
        { "hidden_size", 64 }, { "intermediate_size", 32 }, { "vocab_size", 100 },
        { "max_position_embeddings", 131072 }, { "original_max_position_embeddings", 4096 },
        { "rope_scaling",
            { { "type", kind }, { "short_factor", { 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7 } },
                { "long_factor", { 1, 2, 3, 4, 5, 6, 7, 8.5 } } } } };
}

ModelConfig phi3(const char* kind)
{
    return parse_model_config(phi3_json(kind).dump(), "config.json");
}

// Figures of transformers 5.24 (ROPE_INIT_FUNCTIONS), which computes in single precision.
void check(const ModelConfig& config, std::int64_t positions, const std::vector<double>& expected,
    double attention_factor)
{
    const auto frequencies = rotary_frequencies(
        config.rope_theta, config.turned_dim(), config.rope_scaling, positions);
    REQUIRE(frequencies.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(frequencies[i] == doctest::Approx(expected[i]).epsilon(1e-6));
    CHECK(config.rope_scaling.attention_factor == doctest::Approx(attention_factor).epsilon(1e-9));
}

std::string refusal(const nlohmann::json& rope)
{
    try {
        llama(rope);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("the angles are those of transformers for every kind of scaling")
{
    check(llama({ { "rope_type", "yarn" }, { "factor", 4.0 },
              { "original_max_position_embeddings", 512 } }),
        10, { 1, 0.2569351, 0.0625, 0.01383497, 0.0025, 0.0007905695, 0.00025, 7.905695e-05 },
        1.138629436111989);
    check(
        llama({ { "rope_type", "yarn" }, { "factor", 8.0 },
            { "original_max_position_embeddings", 64 }, { "beta_fast", 16.0 }, { "beta_slow", 2.0 },
            { "mscale", 0.5 }, { "mscale_all_dim", 1.5 }, { "truncate", false } }),
        10, { 1, 0.120534, 0.0125, 0.003952847, 0.00125, 0.0003952847, 0.000125, 3.952847e-05 },
        0.8414958598617686);
    check(llama({ { "rope_type", "yarn" }, { "factor", 8.0 },
              { "original_max_position_embeddings", 64 }, { "attention_factor", 0.8 } }),
        10,
        { 1, 0.2239947, 0.04166666, 0.003952847, 0.00125, 0.0003952847, 0.000125, 3.952847e-05 },
        0.8);
    const ModelConfig dynamic = llama({ { "rope_type", "dynamic" }, { "factor", 2.0 } });
    CHECK(dynamic.max_positions == 4096); // the context that it was stretched to
    for (const std::int64_t positions : { 1, 2048 })
        check(dynamic, positions,
            { 1, 0.3162278, 0.1, 0.03162278, 0.01, 0.003162278, 0.001, 0.0003162278 }, 1);
    check(dynamic, 5000,
        { 1, 0.2605171, 0.06786916, 0.01768108, 0.004606222, 0.0012, 0.0003126204, 8.144297e-05 },
        1);
    for (const char* kind : { "longrope", "su", "yarn" }) { // Phi-3's first files have the others
        check(phi3(kind), 4096,
            { 1, 0.2874798, 0.08333334, 0.02432521, 0.007142857, 0.002108185, 0.000625,
                0.0001860163 },
            1.1902380714238083);
        check(phi3(kind), 4097,
            { 1, 0.1581139, 0.03333334, 0.007905695, 0.002, 0.0005270463, 0.0001428571,
                3.720327e-05 },
            1.1902380714238083);
    }
    check(llama({ { "rope_type", "llama3" }, { "factor", 8.0 }, { "low_freq_factor", 1.0 },
              { "high_freq_factor", 4.0 }, { "original_max_position_embeddings", 256 } }),
        10, { 1, 0.3162278, 0.1, 0.006613107, 0.00125, 0.0003952847, 0.000125, 3.952847e-05 }, 1);
    check(llama({ { "rope_type", "linear" }, { "factor", 2.5 } }), 10,
        { 0.4, 0.1264911, 0.04, 0.01264911, 0.004, 0.001264911, 0.0004, 0.0001264911 }, 1);
}

TEST_CASE("a scaling that is written is read back the same")
{
    const auto same = [](const ModelConfig& config) {
        CHECK(parse_model_config(model_config_json(config), "written") == config);
    };
    same(llama(
        { { "rope_type", "yarn" }, { "factor", 8.0 }, { "original_max_position_embeddings", 64 },
            { "mscale", 0.5 }, { "mscale_all_dim", 1.5 }, { "truncate", false } }));
    same(llama({ { "rope_type", "dynamic" }, { "factor", 2.0 } }));
    same(phi3("longrope"));
}

TEST_CASE("where the factor or the original context is not said, it follows from the others")
{
    // max_position_embeddings is transformers' 2048.
    const RopeScaling yarn
        = llama({ { "rope_type", "yarn" }, { "original_max_position_embeddings", 512 } })
              .rope_scaling;
    CHECK(yarn.factor == 4);
    CHECK(llama({ { "rope_type", "yarn" }, { "factor", 4 } }).rope_scaling.original_positions
        == 2048);
}

TEST_CASE("a scaling that is wrong is refused, naming the field")
{
    CHECK(mentions(refusal({ { "rope_type", "dynamic" } }), "factor"));
    CHECK(mentions(refusal({ { "rope_type", "yarn" }, { "factor", -1 } }), "factor"));
    CHECK(mentions(
        refusal({ { "rope_type", "yarn" }, { "factor", 2 }, { "beta_fast", "x" } }), "beta_fast"));
    CHECK(mentions(refusal({ { "rope_type", "proportional" } }), "proportional"));
    CHECK(mentions(refusal({ { "rope_type", "longrope" } }), "short_factor"));
    for (const char* list : { R"([1, 2])", R"([1, 1, 1, 1, 1, 1, 1, 0])", R"("x")",
             R"([1, 1, 1, 1, 1, 1, 1, null])" }) {
        CAPTURE(list);
        nlohmann::json json = phi3_json("longrope");
        json["rope_scaling"]["long_factor"] = nlohmann::json::parse(list);
        CHECK_THROWS_WITH_AS(parse_model_config(json.dump(), "config.json"),
            doctest::Contains("long_factor"), InputError);
    }
    CHECK(mentions(refusal({ { "full_attention", { { "rope_type", "default" } } },
                       { "sliding_attention", { { "rope_type", "default" } } } }),
        "full_attention"));
}
