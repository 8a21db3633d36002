#include "core/architecture/gguf/gguf_description.h"

#include "core/architecture/gguf/gguf_weights.h"
#include "core/base/error.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace circuitloom {

using Json = nlohmann::ordered_json;

const TensorView& GgufDescription::embedding() const
{
    const TensorView* found = file_.find("token_embd.weight");
    if (!found || found->shape.size() != 2)
        throw InputError(file_.origin() + ": there is no matrix token_embd.weight.");
    return *found;
}

bool GgufDescription::tied() const
{
    return gguf_ties_unembedding(file_);
}

std::int64_t GgufDescription::head_width() const
{
    // One after the other: of two missing keys it is always the same that is named.
    const std::int64_t all = width();
    const std::int64_t count = heads();
    const bool given = metadata().has(key("attention.key_length"));
    if (!given && all % count != 0)
        metadata().fail(key("embedding_length"), "must be a multiple of the number of heads");
    const std::int64_t head_width = size_or("attention.key_length", all / count);
    if (size_or("attention.value_length", head_width) != head_width)
        metadata().fail(
            key("attention.value_length"), "differs from key_length, which is not supported");
    return head_width;
}

Json GgufDescription::rope_scaling() const
{
    if (const TensorView* factors = file_.find("rope_freqs.weight"))
        return llama3_scaling(*factors);
    const TensorView* short_factors = file_.find("rope_factors_short.weight");
    const TensorView* long_factors = file_.find("rope_factors_long.weight");
    if (short_factors && long_factors)
        return longrope_scaling(*short_factors, *long_factors);
    const double linear = metadata().number_or(key("rope.scale_linear"), 1, 1e-6, 1e6);
    const std::string kind
        = metadata().text_or(key("rope.scaling.type"), linear == 1 ? "none" : "linear");
    if (kind == "none")
        return nullptr;
    Json scaling = { { "rope_type", kind },
        { "factor", metadata().number_or(key("rope.scaling.factor"), linear, 1e-6, 1e6) } };
    constexpr const char* original = "rope.scaling.original_context_length";
    if (metadata().has(key(original)))
        scaling["original_max_position_embeddings"] = size(original);
    return scaling;
}

std::vector<float> GgufDescription::of_each_pair(const TensorView& factors) const
{
    const std::int64_t pairs = rotary_width() / 2;
    if (factors.shape != std::vector<std::int64_t>{ pairs } || factors.type != ElementType::f32)
        throw InputError(file_.origin() + ": the tensor " + factors.name + " must have "
            + std::to_string(pairs) + " elements of F32, one for each frequency.");
    std::vector<float> numbers(static_cast<std::size_t>(pairs));
    decode_to_float(factors, 0, numbers);
    return numbers;
}

/// Phi-3's: which factors count depends on how long the text is.
Json GgufDescription::longrope_scaling(
    const TensorView& short_factors, const TensorView& long_factors) const
{
    Json scaling{ { "rope_type", "longrope" }, { "short_factor", of_each_pair(short_factors) },
        { "long_factor", of_each_pair(long_factors) },
        { "original_max_position_embeddings", size("rope.scaling.original_context_length") } };
    const std::string attention = key("rope.scaling.attn_factor");
    if (metadata().has(attention))
        scaling["attention_factor"] = metadata().number(attention, 1e-6, 1e6);
    return scaling;
}

/// llama.cpp stores Llama 3's scaling as what each frequency is divided by. Of the rule's four
/// numbers only `factor` differs between the models that Meta published (3.1: 8, 3.2: 32).
/// Rule: https://github.com/meta-llama/llama-models, apply_scaling.
Json GgufDescription::llama3_scaling(const TensorView& factors) const
{
    constexpr double low = 1;
    constexpr double high = 4;
    constexpr double original_context = 8192;
    const std::int64_t pairs = rotary_width() / 2;
    const std::vector<float> divisors = of_each_pair(factors);
    const double factor = divisors.empty() ? 1 : divisors.back();
    for (std::size_t i = 0; i < divisors.size(); ++i) {
        const double frequency
            = std::pow(rope_theta(), -static_cast<double>(i) / static_cast<double>(pairs));
        const double turns = original_context * frequency / (2 * std::numbers::pi);
        const double share = std::clamp((turns - low) / (high - low), 0.0, 1.0);
        const double expected = 1 / ((1 - share) / factor + share);
        if (!(std::abs(divisors[i] - expected) <= 1e-3 * expected))
            throw InputError(file_.origin() + ": the tensor " + factors.name
                + " scales rotary frequencies in a way other than Llama 3's, which is not "
                  "supported.");
    }
    if (factor == 1)
        return nullptr;
    return { { "rope_type", "llama3" }, { "factor", factor }, { "low_freq_factor", low },
        { "high_freq_factor", high },
        { "original_max_position_embeddings", static_cast<std::int64_t>(original_context) } };
}

} // namespace circuitloom
