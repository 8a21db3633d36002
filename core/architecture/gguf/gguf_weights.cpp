#include "core/architecture/gguf/gguf_weights.h"

#include "core/architecture/gguf/gguf_names.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

/// Constants of the rotary embedding, which are no parameters: gguf_config_json() reads them.
bool is_rotary_constant(std::string_view name)
{
    return name == "rope_freqs.weight" || name == "rope_factors_long.weight"
        || name == "rope_factors_short.weight" || name.ends_with(".attn_rot_embd.weight");
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
    const Gguf& file, GgufChange change, std::int64_t heads, std::int64_t kv_heads, TensorView& tensor)
{
    switch (change) {
    case GgufChange::none:
        break;
    case GgufChange::transposed:
        if (tensor.shape.size() == 2) { // biases are as they were
            tensor.transposed = true;
            std::swap(tensor.shape[0], tensor.shape[1]);
        }
        break;
    case GgufChange::rotary_queries:
    case GgufChange::rotary_keys: {
        const std::int64_t count = change == GgufChange::rotary_queries ? heads : kv_heads;
        require_rows(file, tensor, count, 2);
        tensor.row_order = { count, 2, tensor.shape.front() / count / 2, 1 };
        break;
    }
    case GgufChange::qkv_split:
        require_rows(file, tensor, heads, 3);
        tensor.row_order = { 1, heads, 3, tensor.shape.front() / heads / 3 };
        break;
    case GgufChange::one_added:
        tensor.too_large_by = 1;
        break;
    }
}

} // namespace

WeightFiles gguf_weights(const Gguf& file)
{
    const std::string architecture = file.metadata().text("general.architecture");
    const std::string attention = architecture + ".attention.";
    const std::int64_t heads = file.metadata().integer(attention + "head_count", 1, 1 << 20);
    const std::int64_t kv_heads
        = file.metadata().integer_or(attention + "head_count_kv", heads, 1, heads);
    const bool tied = gguf_ties_unembedding(file);
    std::vector<TensorView> tensors;
    for (const TensorView& stored : file.tensors()) {
        if (is_rotary_constant(stored.name) || (tied && stored.name == "output.weight"))
            continue;
        const std::optional<GgufName> renamed = gguf_name(architecture, stored.name);
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
