#include "core/architecture/gguf/gguf_weights.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

/// What llama.cpp's converter does to a tensor.
enum class Change
{
    none,
    transposed,
    rotary_queries, ///< the two halves of each query head interleaved
    rotary_keys, ///< of each key head
    qkv_split ///< from [head, q|k|v, …] to [q|k|v, head, …]
};

struct Renamed
{
    std::string_view gguf; ///< without `.weight` or `.bias`
    std::string_view hugging_face;
    Change change = Change::none;
};

/// One architecture: names outside the blocks, the prefix of a block, names inside it.
struct Names
{
    std::array<Renamed, 4> outside;
    std::string_view block;
    std::array<Renamed, 11> inside;
};

constexpr Names llama_names = {
    { {
        { "token_embd", "model.embed_tokens" },
        { "output_norm", "model.norm" },
        { "output", "lm_head" },
    } },
    "model.layers.",
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_q", "self_attn.q_proj", Change::rotary_queries },
        { "attn_k", "self_attn.k_proj", Change::rotary_keys },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names qwen_names = {
    llama_names.outside,
    llama_names.block,
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_q", "self_attn.q_proj" },
        { "attn_k", "self_attn.k_proj" },
        { "attn_v", "self_attn.v_proj" },
        { "attn_output", "self_attn.o_proj" },
        { "attn_q_norm", "self_attn.q_norm" },
        { "attn_k_norm", "self_attn.k_norm" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_gate", "mlp.gate_proj" },
        { "ffn_up", "mlp.up_proj" },
        { "ffn_down", "mlp.down_proj" },
    } },
};

constexpr Names gpt2_names = {
    { {
        { "token_embd", "transformer.wte" },
        { "position_embd", "transformer.wpe" },
        { "output_norm", "transformer.ln_f" },
        { "output", "lm_head" },
    } },
    "transformer.h.",
    { {
        { "attn_norm", "ln_1" },
        { "attn_qkv", "attn.c_attn", Change::transposed },
        { "attn_output", "attn.c_proj", Change::transposed },
        { "ffn_norm", "ln_2" },
        { "ffn_up", "mlp.c_fc", Change::transposed },
        { "ffn_down", "mlp.c_proj", Change::transposed },
    } },
};

constexpr Names gptneox_names = {
    { {
        { "token_embd", "gpt_neox.embed_in" },
        { "output_norm", "gpt_neox.final_layer_norm" },
        { "output", "embed_out" },
    } },
    "gpt_neox.layers.",
    { {
        { "attn_norm", "input_layernorm" },
        { "attn_qkv", "attention.query_key_value", Change::qkv_split },
        { "attn_output", "attention.dense" },
        { "ffn_norm", "post_attention_layernorm" },
        { "ffn_up", "mlp.dense_h_to_4h" },
        { "ffn_down", "mlp.dense_4h_to_h" },
    } },
};

/// gguf_config_json() has refused other architectures.
const Names& names_of(std::string_view architecture)
{
    if (architecture == "gpt2")
        return gpt2_names;
    if (architecture == "gptneox")
        return gptneox_names;
    return architecture == "llama" ? llama_names : qwen_names;
}

/// Constants of the rotary embedding, which are no parameters: gguf_config_json() reads them.
bool is_rotary_constant(std::string_view name)
{
    return name == "rope_freqs.weight" || name.ends_with(".attn_rot_embd.weight");
}

template <std::size_t count>
const Renamed* find(const std::array<Renamed, count>& names, std::string_view stem)
{
    const auto* found = std::ranges::find(names, stem, &Renamed::gguf);
    return found == names.end() ? nullptr : found;
}

struct NewName
{
    std::string name;
    Change change = Change::none;
};

/// `blk.3.attn_q.weight` in parts. Nothing where no such tensor is known.
std::optional<NewName> new_name(const Names& names, std::string_view name)
{
    const std::size_t last_dot = name.rfind('.');
    if (last_dot == std::string_view::npos)
        return std::nullopt;
    const std::string_view suffix = name.substr(last_dot);
    if (suffix != ".weight" && suffix != ".bias")
        return std::nullopt;
    std::string_view stem = name.substr(0, last_dot);
    constexpr std::string_view block = "blk.";
    if (!stem.starts_with(block)) {
        const Renamed* found = stem.empty() ? nullptr : find(names.outside, stem);
        if (!found)
            return std::nullopt;
        return NewName{ std::string(found->hugging_face) + std::string(suffix), found->change };
    }
    stem.remove_prefix(block.size());
    const std::size_t dot = stem.find('.');
    if (dot == std::string_view::npos || dot + 1 == stem.size())
        return std::nullopt;
    const Renamed* found = find(names.inside, stem.substr(dot + 1));
    if (!found)
        return std::nullopt;
    return NewName{ std::string(names.block) + std::string(stem.substr(0, dot + 1))
            + std::string(found->hugging_face) + std::string(suffix),
        found->change };
}

/// The rows fall into `heads` × `parts` equal runs.
void require_rows(
    const Gguf& file, const TensorView& tensor, std::int64_t heads, std::int64_t parts)
{
    if (tensor.shape.empty() || tensor.shape.front() == 0
        || tensor.shape.front() % (heads * parts) != 0)
        throw InputError(file.origin() + ": the tensor " + for_message(tensor.name)
            + " must have a multiple of " + std::to_string(heads * parts) + " rows for its "
            + std::to_string(heads) + " heads.");
    // The entries of a vector move one by one, which those of a block cannot.
    if (tensor.shape.size() == 1 && block_size(tensor.type).elements != 1)
        throw InputError(file.origin() + ": the tensor " + for_message(tensor.name)
            + " is a quantised vector, which is not supported.");
}

void note_change(
    const Gguf& file, Change change, std::int64_t heads, std::int64_t kv_heads, TensorView& tensor)
{
    switch (change) {
    case Change::none:
        break;
    case Change::transposed:
        if (tensor.shape.size() == 2) { // biases are as they were
            tensor.transposed = true;
            std::swap(tensor.shape[0], tensor.shape[1]);
        }
        break;
    case Change::rotary_queries:
    case Change::rotary_keys: {
        const std::int64_t count = change == Change::rotary_queries ? heads : kv_heads;
        require_rows(file, tensor, count, 2);
        tensor.row_order = { count, 2, tensor.shape.front() / count / 2, 1 };
        break;
    }
    case Change::qkv_split:
        require_rows(file, tensor, heads, 3);
        tensor.row_order = { 1, heads, 3, tensor.shape.front() / heads / 3 };
        break;
    }
}

} // namespace

WeightFiles gguf_weights(const Gguf& file)
{
    const std::string architecture = file.metadata().text("general.architecture");
    const Names& names = names_of(architecture);
    const std::string attention = architecture + ".attention.";
    const std::int64_t heads = file.metadata().integer(attention + "head_count", 1, 1 << 20);
    const std::int64_t kv_heads
        = file.metadata().integer_or(attention + "head_count_kv", heads, 1, heads);
    const bool tied = gguf_ties_unembedding(file);
    std::vector<TensorView> tensors;
    for (const TensorView& stored : file.tensors()) {
        if (is_rotary_constant(stored.name) || (tied && stored.name == "output.weight"))
            continue;
        const std::optional<NewName> renamed = new_name(names, stored.name);
        if (!renamed)
            throw InputError(file.origin() + ": the tensor " + for_message(stored.name)
                + " belongs to no part of a " + architecture + " model that is supported.");
        TensorView tensor = stored;
        note_change(file, renamed->change, heads, kv_heads, tensor);
        tensor.name = renamed->name;
        tensors.push_back(std::move(tensor));
    }
    return { std::move(tensors), file.mappings() };
}

bool gguf_ties_unembedding(const Gguf& file)
{
    const TensorView* output = file.find("output.weight");
    const TensorView* embedding = file.find("token_embd.weight");
    return !output
        || (embedding && output->type == embedding->type && output->shape == embedding->shape
            && std::ranges::equal(output->bytes, embedding->bytes));
}

} // namespace circuitloom
