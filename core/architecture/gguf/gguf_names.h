#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// What llama.cpp's converter does to a tensor.
enum class GgufChange
{
    none,
    transposed,
    rotary_queries, ///< the two halves of each query head interleaved
    rotary_keys, ///< of each key head
    qkv_split, ///< from [head, q|k|v, …] to [q|k|v, head, …]
    one_added ///< to the weight of a norm of Gemma's, which multiplies by 1 + it
};

/// What a tensor is called by Hugging Face's transformers, and what was done to it.
struct GgufName
{
    std::string name;
    GgufChange change = GgufChange::none;
};

/// For the tensor `name` (`blk.3.attn_q.weight`) of an architecture that gguf_config_json() accepts.
/// Nothing where it has no such tensor.
std::optional<GgufName> gguf_name(std::string_view architecture, std::string_view name);

} // namespace circuitloom
