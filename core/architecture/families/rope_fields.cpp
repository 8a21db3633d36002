#include "core/architecture/families/rope_fields.h"

#include "core/architecture/families/config_fields.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

namespace {

constexpr double max_theta = 1e12;
constexpr double least_factor = 1e-3;
constexpr double most_factor = 1e6;

double required(const JsonObject& rope, const char* field)
{
    rope.at(field);
    return rope.number_or(field, 1, least_factor, most_factor);
}

// A field beside the rotary ones comes first, as Phi-3 has it.
int original_positions(const JsonObject& json, const JsonObject& rope, int max_positions)
{
    constexpr const char* field = "original_max_position_embeddings";
    const JsonObject& holder = json.has(field) ? json : rope;
    return static_cast<int>(holder.integer_or(field, max_positions, 1, max_position_count));
}

double attention_factor_or(const JsonObject& rope, double otherwise)
{
    return rope.number_or("attention_factor", otherwise, least_factor, most_factor);
}

double yarn_attention_factor(const JsonObject& rope, double factor)
{
    const auto grown
        = [factor](double scale) { return factor <= 1 ? 1 : 0.1 * scale * std::log(factor) + 1; };
    const double scale = rope.number_or("mscale", 0, 0, most_factor);
    const double all = rope.number_or("mscale_all_dim", 0, 0, most_factor);
    return scale > 0 && all > 0 ? grown(scale) / grown(all) : grown(1);
}

void read_yarn(const JsonObject& rope, const ModelConfig& config, RopeScaling& scaling)
{
    scaling.factor = rope.number_or("factor",
        static_cast<double>(config.max_positions) / scaling.original_positions, least_factor,
        most_factor);
    const auto turns = [&rope](const char* field, double otherwise) {
        const double read = rope.number_or(field, otherwise, 0, most_factor);
        return read > 0 ? read : otherwise;
    };
    scaling.slow_turns = turns("beta_slow", 1);
    scaling.quick_turns = turns("beta_fast", 32);
    scaling.whole_pairs = rope.boolean_or("truncate", true);
    scaling.attention_factor
        = attention_factor_or(rope, yarn_attention_factor(rope, scaling.factor));
}

void read_longrope(const JsonObject& rope, const ModelConfig& config, RopeScaling& scaling)
{
    const auto pairs = static_cast<std::size_t>(config.turned_dim() / 2);
    const auto factors = [&](const char* field) {
        std::vector<double> numbers;
        for (const nlohmann::json& number : rope.array(field)) {
            if (!number.is_number() || !(number.get<double>() >= least_factor)
                || number.get<double>() > most_factor)
                rope.fail(field, "must be a list of positive numbers");
            numbers.push_back(number.get<double>());
        }
        if (numbers.size() != pairs)
            rope.fail(field,
                "has " + std::to_string(numbers.size()) + " factors; each of the "
                    + std::to_string(pairs) + " pairs of a head's turned coordinates needs one");
        return numbers;
    };
    scaling.short_factors = factors("short_factor");
    scaling.long_factors = factors("long_factor");
    scaling.factor = rope.number_or("factor",
        static_cast<double>(config.max_positions) / scaling.original_positions, least_factor,
        most_factor);
    scaling.attention_factor = attention_factor_or(rope,
        scaling.factor <= 1 || scaling.original_positions == 1
            ? 1
            : std::sqrt(1 + std::log(scaling.factor) / std::log(scaling.original_positions)));
}

RopeScaling read_scaling(const JsonObject& json, const JsonObject& rope, const ModelConfig& config)
{
    RopeScaling scaling;
    const std::string kind = rope.text_or("rope_type", rope.text_or("type", "default"));
    if (kind == "default")
        return scaling;
    if (kind == "linear") {
        scaling.kind = RopeKind::linear;
        scaling.factor = required(rope, "factor");
        return scaling;
    }
    if (kind == "dynamic") {
        scaling.kind = RopeKind::dynamic;
        scaling.factor = required(rope, "factor");
        scaling.original_positions = config.max_positions;
        if (config.turned_dim() == 2)
            rope.fail("rope_type", "is dynamic, which needs more than one pair of coordinates");
        return scaling;
    }
    scaling.original_positions = original_positions(json, rope, config.max_positions);
    // Phi-3's first files call longrope by two other names.
    const bool phi3 = config.family == ModelFamily::phi3;
    if (kind == "longrope" || (phi3 && (kind == "su" || kind == "yarn"))) {
        scaling.kind = RopeKind::longrope;
        read_longrope(rope, config, scaling);
        return scaling;
    }
    if (kind == "yarn") {
        scaling.kind = RopeKind::yarn;
        read_yarn(rope, config, scaling);
        return scaling;
    }
    if (kind != "llama3")
        rope.fail("rope_type",
            "is " + kind
                + "; default, linear, dynamic, yarn, longrope and llama3 rotary embeddings are "
                  "supported");
    scaling.kind = RopeKind::llama3;
    scaling.factor = required(rope, "factor");
    scaling.slow_turns = required(rope, "low_freq_factor");
    scaling.quick_turns = required(rope, "high_freq_factor");
    if (scaling.quick_turns <= scaling.slow_turns)
        rope.fail("high_freq_factor", "must be greater than low_freq_factor");
    return scaling;
}

void set_turned(const JsonObject& json, double share, ModelConfig& config)
{
    const int turned = static_cast<int>(config.head_dim * share);
    if (turned < 2 || turned % 2 != 0)
        json.fail(json.has("head_dim") ? "head_dim" : "hidden_size",
            "gives heads of which " + std::to_string(turned)
                + " coordinates are turned; rotary embeddings turn pairs");
    config.rotary_dim = turned == config.head_dim ? 0 : turned;
}

} // namespace

void read_rope(const JsonObject& json, double theta, double share, ModelConfig& config)
{
    for (const char* field : { "rope_scaling", "rope_parameters" }) {
        const nlohmann::json* rope = json.find(field);
        if (rope && !rope->empty()) {
            read_rope(json, json.object(field), theta, share, config);
            return;
        }
    }
    config.position = PositionKind::rotary;
    config.rope_theta = theta;
    set_turned(json, share, config);
}

void read_rope(
    const JsonObject& json, const JsonObject& rope, double theta, double share, ModelConfig& config)
{
    for (const char* kind : { "full_attention", "sliding_attention" })
        if (rope.has(kind))
            rope.fail(kind, "is given: this family's layers are all turned alike");
    config.position = PositionKind::rotary;
    config.rope_theta = rope.number_or("rope_theta", theta, 1, max_theta);
    set_turned(json, rope.number_or("partial_rotary_factor", share, 0, 1), config);
    config.rope_scaling = read_scaling(json, rope, config);
    if (config.rope_scaling.kind == RopeKind::dynamic)
        config.max_positions = static_cast<int>(std::min<double>(
            max_position_count, config.max_positions * std::max(1.0, config.rope_scaling.factor)));
}

nlohmann::ordered_json rope_scaling_json(const ModelConfig& config)
{
    const RopeScaling& scaling = config.rope_scaling;
    switch (scaling.kind) {
    case RopeKind::unscaled:
        break;
    case RopeKind::linear:
        return { { "rope_type", "linear" }, { "factor", scaling.factor } };
    case RopeKind::dynamic:
        return { { "rope_type", "dynamic" }, { "factor", scaling.factor } };
    case RopeKind::yarn:
        return { { "rope_type", "yarn" }, { "factor", scaling.factor },
            { "beta_slow", scaling.slow_turns }, { "beta_fast", scaling.quick_turns },
            { "truncate", scaling.whole_pairs }, { "attention_factor", scaling.attention_factor },
            { "original_max_position_embeddings", scaling.original_positions } };
    case RopeKind::longrope:
        return { { "rope_type", "longrope" }, { "factor", scaling.factor },
            { "short_factor", scaling.short_factors }, { "long_factor", scaling.long_factors },
            { "attention_factor", scaling.attention_factor },
            { "original_max_position_embeddings", scaling.original_positions } };
    case RopeKind::llama3:
        return { { "rope_type", "llama3" }, { "factor", scaling.factor },
            { "low_freq_factor", scaling.slow_turns }, { "high_freq_factor", scaling.quick_turns },
            { "original_max_position_embeddings", scaling.original_positions } };
    }
    return {};
}

int stored_positions(const ModelConfig& config)
{
    return config.rope_scaling.kind == RopeKind::dynamic ? config.rope_scaling.original_positions
                                                         : config.max_positions;
}

} // namespace circuitloom
