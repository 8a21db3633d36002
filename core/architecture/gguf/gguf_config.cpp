#include "core/architecture/gguf/gguf_config.h"

#include "core/architecture/families/refused.h"
#include "core/architecture/gguf/gguf_weights.h"
#include "core/base/error.h"
#include "core/formats/tensor_decoding.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t most_layers = 1 << 16;
constexpr std::int64_t most_width = 1 << 24;
constexpr double most_theta = 1e12;

/// The keys of one architecture, and the tensors that say what they leave open.
class Description
{
public:
    explicit Description(const Gguf& file)
        : file_(file)
        , architecture_(file.metadata().text("general.architecture"))
    {
    }

    const std::string& architecture() const { return architecture_; }
    const GgufMetadata& metadata() const { return file_.metadata(); }
    std::string key(std::string_view name) const { return architecture_ + "." + std::string(name); }
    std::int64_t size(std::string_view name, std::int64_t most = most_width) const
    {
        return metadata().integer(key(name), 1, most);
    }
    std::int64_t size_or(std::string_view name, std::int64_t otherwise) const
    {
        return metadata().integer_or(key(name), otherwise, 1, most_width);
    }
    bool has_tensor(std::string_view name) const { return file_.find(name) != nullptr; }
    const TensorView& embedding() const
    {
        const TensorView* found = file_.find("token_embd.weight");
        if (!found || found->shape.size() != 2)
            throw InputError(file_.origin() + ": there is no matrix token_embd.weight.");
        return *found;
    }
    bool tied() const { return gguf_ties_unembedding(file_); }

    std::int64_t layers() const { return size("block_count", most_layers); }
    std::int64_t heads() const { return size("attention.head_count"); }
    std::int64_t width() const { return size("embedding_length"); }
    /// Of one head.
    std::int64_t head_width() const;
    /// Of the part of a head that is turned.
    std::int64_t rotary_width() const { return size_or("rope.dimension_count", head_width()); }
    double rope_theta() const
    {
        return metadata().number_or(key("rope.freq_base"), 10000, 1, most_theta);
    }
    /// Null where positions are not scaled.
    Json rope_scaling() const;

private:
    Json llama3_scaling(const TensorView& factors) const;

    const Gguf& file_;
    std::string architecture_;
};

std::int64_t Description::head_width() const
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

Json Description::rope_scaling() const
{
    if (const TensorView* factors = file_.find("rope_freqs.weight"))
        return llama3_scaling(*factors);
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

/// llama.cpp stores Llama 3's scaling as what each frequency is divided by. Of the rule's four
/// numbers only `factor` differs between the models that Meta published (3.1: 8, 3.2: 32).
/// Rule: https://github.com/meta-llama/llama-models, apply_scaling.
Json Description::llama3_scaling(const TensorView& factors) const
{
    constexpr double low = 1;
    constexpr double high = 4;
    constexpr double original_context = 8192;
    const std::int64_t pairs = rotary_width() / 2;
    const auto refuse = [&](const std::string& what) {
        throw InputError(file_.origin() + ": the tensor rope_freqs.weight " + what);
    };
    if (factors.shape != std::vector<std::int64_t>{ pairs } || factors.type != ElementType::f32)
        refuse("must have " + std::to_string(pairs) + " elements of F32, one for each frequency.");
    std::vector<float> divisors(static_cast<std::size_t>(pairs));
    decode_to_float(factors, 0, divisors);
    const double factor = divisors.empty() ? 1 : divisors.back();
    for (std::size_t i = 0; i < divisors.size(); ++i) {
        const double frequency
            = std::pow(rope_theta(), -static_cast<double>(i) / static_cast<double>(pairs));
        const double turns = original_context * frequency / (2 * std::numbers::pi);
        const double share = std::clamp((turns - low) / (high - low), 0.0, 1.0);
        const double expected = 1 / ((1 - share) / factor + share);
        if (!(std::abs(divisors[i] - expected) <= 1e-3 * expected))
            refuse("scales rotary frequencies in a way other than Llama 3's, which is not "
                   "supported.");
    }
    if (factor == 1)
        return nullptr;
    return { { "rope_type", "llama3" }, { "factor", factor }, { "low_freq_factor", low },
        { "high_freq_factor", high },
        { "original_max_position_embeddings", static_cast<std::int64_t>(original_context) } };
}

/// Llama and those made after its pattern.
Json llama_like(const Description& model)
{
    if (model.metadata().has(model.key("expert_count"))
        && model.metadata().integer(model.key("expert_count"), 0, most_width) > 0)
        model.metadata().fail(
            model.key("expert_count"), "is not 0; it is " + std::string(reason_refused("mixtral")));
    if (model.rotary_width() != model.head_width())
        model.metadata().fail(model.key("rope.dimension_count"),
            "differs from the width of a head, which is not supported");
    Json config = {
        { "model_type", model.architecture() },
        { "num_hidden_layers", model.layers() },
        { "num_attention_heads", model.heads() },
        { "num_key_value_heads", model.size_or("attention.head_count_kv", model.heads()) },
        { "head_dim", model.head_width() },
        { "hidden_size", model.width() },
        { "intermediate_size", model.size("feed_forward_length") },
        { "max_position_embeddings", model.size("context_length") },
        { "hidden_act", "silu" },
        { "rms_norm_eps",
            model.metadata().number(model.key("attention.layer_norm_rms_epsilon"), 0, 1) },
        { "rope_theta", model.rope_theta() },
    };
    if (const Json scaling = model.rope_scaling(); !scaling.is_null())
        config["rope_scaling"] = scaling;
    if (model.architecture() == "llama") {
        config["architectures"] = Json::array({ "LlamaForCausalLM" });
        config["attention_bias"] = model.has_tensor("blk.0.attn_q.bias");
        config["mlp_bias"] = model.has_tensor("blk.0.ffn_up.bias");
    } else {
        config["architectures"] = Json::array(
            { model.architecture() == "qwen2" ? "Qwen2ForCausalLM" : "Qwen3ForCausalLM" });
    }
    return config;
}

Json gpt2(const Description& model)
{
    const std::int64_t context = model.size("context_length");
    return {
        { "architectures", Json::array({ "GPT2LMHeadModel" }) },
        { "model_type", "gpt2" },
        { "n_layer", model.layers() },
        { "n_head", model.heads() },
        { "n_embd", model.width() },
        { "n_inner", model.size("feed_forward_length") },
        { "n_positions", context },
        { "n_ctx", context },
        { "activation_function", "gelu_new" },
        { "layer_norm_epsilon",
            model.metadata().number(model.key("attention.layer_norm_epsilon"), 0, 1) },
    };
}

Json gptneox(const Description& model)
{
    if (!model.rope_scaling().is_null())
        model.metadata().fail(model.key("rope.scaling.type"), "is given, which is not supported");
    return {
        { "architectures", Json::array({ "GPTNeoXForCausalLM" }) },
        { "model_type", "gpt_neox" },
        { "num_hidden_layers", model.layers() },
        { "num_attention_heads", model.heads() },
        { "hidden_size", model.width() },
        { "intermediate_size", model.size("feed_forward_length") },
        { "max_position_embeddings", model.size("context_length") },
        { "hidden_act", "gelu" },
        { "layer_norm_eps",
            model.metadata().number(model.key("attention.layer_norm_epsilon"), 0, 1) },
        { "rotary_emb_base", model.rope_theta() },
        { "rotary_pct",
            static_cast<double>(model.rotary_width()) / static_cast<double>(model.head_width()) },
        { "use_parallel_residual",
            model.metadata().boolean_or(model.key("use_parallel_residual"), true) },
    };
}

Json of_architecture(const Description& model)
{
    const std::string& name = model.architecture();
    if (name == "llama" || name == "qwen2" || name == "qwen3")
        return llama_like(model);
    if (name == "gpt2")
        return gpt2(model);
    if (name == "gptneox")
        return gptneox(model);
    // llama.cpp's names are mostly those of transformers.
    const std::string_view reason = reason_refused(name);
    model.metadata().fail("general.architecture",
        "is " + name
            + (reason.empty() ? ", which is not read from GGUF files" : ", " + std::string(reason))
            + "; llama, qwen2, qwen3, gpt2 and gptneox are supported there, other families as "
              "safetensors");
}

} // namespace

std::string gguf_config_json(const Gguf& file)
{
    const Description model(file);
    Json config = of_architecture(model);
    config["vocab_size"] = model.embedding().shape.front();
    config["tie_word_embeddings"] = model.tied();
    for (const auto& [field, key] : { std::pair{ "bos_token_id", "tokenizer.ggml.bos_token_id" },
             std::pair{ "eos_token_id", "tokenizer.ggml.eos_token_id" } })
        if (file.metadata().has(key))
            config[field] = file.metadata().integer(key, 0, UINT32_MAX);
    config["torch_dtype"] = "float32";
    return config.dump(2) + "\n";
}

} // namespace circuitloom
