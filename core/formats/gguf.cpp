#include "core/formats/gguf.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/input_file.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::uint32_t magic = 0x46554747; // "GGUF"
constexpr std::uint64_t max_keys = 1 << 16;
constexpr std::uint64_t max_tensors = 1 << 16;
constexpr std::size_t max_name_bytes = 256;
constexpr std::uint32_t max_rank = 4; // the format's own limit
constexpr std::uint64_t default_alignment = 32;
constexpr std::int64_t max_alignment = 1 << 30;
/// What a key and a tensor take at the least: the lengths and types, a byte of name and of value.
constexpr std::uint64_t least_key_bytes = 8 + 1 + 4 + 1;
constexpr std::uint64_t least_tensor_bytes = 8 + 1 + 4 + 4 + 8;

/// Where a type has no `read`, it is named in the refusal.
struct GgmlType
{
    std::uint32_t number;
    std::string_view name;
    bool is_read = false;
    ElementType read = {};
};

constexpr std::array<GgmlType, 20> ggml_types = { {
    { 0, "F32", true, ElementType::f32 },
    { 1, "F16", true, ElementType::f16 },
    { 2, "Q4_0", true, ElementType::q4_0 },
    { 3, "Q4_1", true, ElementType::q4_1 },
    { 6, "Q5_0", true, ElementType::q5_0 },
    { 7, "Q5_1", true, ElementType::q5_1 },
    { 8, "Q8_0", true, ElementType::q8_0 },
    { 12, "Q4_K", true, ElementType::q4_k },
    { 13, "Q5_K", true, ElementType::q5_k },
    { 14, "Q6_K", true, ElementType::q6_k },
    { 26, "I32", true, ElementType::i32 },
    { 27, "I64", true, ElementType::i64 },
    { 28, "F64", true, ElementType::f64 },
    { 30, "BF16", true, ElementType::bf16 },
    { 10, "Q2_K" },
    { 11, "Q3_K" },
    { 20, "IQ4_NL" },
    { 21, "IQ3_S" },
    { 23, "IQ4_XS" },
    { 39, "MXFP4" },
} };

ElementType read_type(ByteReader& reader)
{
    const auto number = reader.number<std::uint32_t>();
    const auto* found = std::ranges::find(ggml_types, number, &GgmlType::number);
    if (found != ggml_types.end() && found->is_read)
        return found->read;
    reader.fail("is of ggml's type "
        + (found != ggml_types.end() ? std::string(found->name) : std::to_string(number))
        + "; F64, F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K and Q6_K are read");
}

/// Bytes of the whole tensor.
std::uint64_t tensor_bytes(const TensorView& tensor, const ByteReader& reader)
{
    std::uint64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        if (__builtin_mul_overflow(elements, static_cast<std::uint64_t>(size), &elements)
            || elements > INT64_MAX)
            reader.fail("has more elements than 63 bits can count");
    const BlockSize block = block_size(tensor.type);
    const auto block_elements = static_cast<std::uint64_t>(block.elements);
    const auto row = static_cast<std::uint64_t>(tensor.shape.empty() ? 1 : tensor.shape.back());
    if (row % block_elements != 0)
        reader.fail("has rows of " + std::to_string(row) + " elements, which is no multiple of the "
            + std::to_string(block.elements) + " of a block of "
            + std::string(element_type_name(tensor.type)));
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(elements / block_elements, block.bytes, &bytes))
        reader.fail("has more bytes than 64 bits can count");
    return bytes;
}

/// A tensor whose bytes are yet to be found.
struct Placed
{
    TensorView tensor;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

Placed read_tensor_info(ByteReader& reader)
{
    Placed placed;
    const std::string_view name = reader.text();
    if (name.empty() || name.size() > max_name_bytes || !is_valid_utf8(name))
        reader.fail(
            "must have a name of 1 to " + std::to_string(max_name_bytes) + " bytes of UTF-8");
    reader.set_subject("the tensor " + std::string(name));
    placed.tensor.name = name;
    const auto rank = reader.number<std::uint32_t>();
    if (rank > max_rank)
        reader.fail("has " + std::to_string(rank) + " dimensions; at most "
            + std::to_string(max_rank) + " are read");
    for (std::uint32_t i = 0; i < rank; ++i) {
        const auto size = reader.number<std::uint64_t>();
        if (size > INT64_MAX)
            reader.fail("has a dimension of " + std::to_string(size));
        placed.tensor.shape.push_back(static_cast<std::int64_t>(size));
    }
    std::ranges::reverse(placed.tensor.shape);
    placed.tensor.type = read_type(reader);
    placed.offset = reader.number<std::uint64_t>();
    placed.size = tensor_bytes(placed.tensor, reader);
    return placed;
}

std::uint64_t read_alignment(const GgufMetadata& metadata)
{
    constexpr const char* key = "general.alignment";
    const auto alignment = static_cast<std::uint64_t>(
        metadata.integer_or(key, std::int64_t{ default_alignment }, 8, max_alignment));
    if ((alignment & (alignment - 1)) != 0)
        metadata.fail(key, "is " + std::to_string(alignment) + "; it must be a power of two");
    return alignment;
}

/// Gives every tensor its bytes. The data begins at the next multiple of the alignment after the
/// descriptions; every offset counts from there.
void place_tensors(std::vector<Placed>& tensors, std::span<const std::byte> bytes,
    std::uint64_t begin, std::uint64_t alignment, ByteReader& reader)
{
    const std::uint64_t data_begin
        = std::min<std::uint64_t>((begin + alignment - 1) / alignment * alignment, bytes.size());
    const auto data = bytes.subspan(static_cast<std::size_t>(data_begin));
    std::ranges::sort(tensors, [](const Placed& a, const Placed& b) {
        return std::pair(a.offset, a.size) < std::pair(b.offset, b.size);
    });
    std::uint64_t end = 0; // of the tensor before
    for (Placed& placed : tensors) {
        reader.set_subject("the tensor " + placed.tensor.name);
        if (placed.offset % alignment != 0)
            reader.fail("begins at byte " + std::to_string(placed.offset)
                + " of the data, which is no multiple of the alignment, "
                + std::to_string(alignment));
        if (placed.offset > data.size() || placed.size > data.size() - placed.offset)
            reader.fail("reaches beyond the " + std::to_string(data.size())
                + " bytes of tensors that the file holds");
        if (placed.offset < end)
            reader.fail("overlaps another one");
        end = placed.offset + placed.size;
        placed.tensor.bytes = data.subspan(
            static_cast<std::size_t>(placed.offset), static_cast<std::size_t>(placed.size));
    }
}

int read_version(ByteReader& reader)
{
    reader.set_subject("the file");
    if (reader.left() < sizeof magic || reader.number<std::uint32_t>() != magic)
        reader.fail("is no GGUF file: it does not begin with GGUF");
    const auto version = reader.number<std::uint32_t>();
    if ((version & 0xFFFF) == 0 && version != 0)
        reader.fail("is big-endian, which is not supported; make a little-endian one");
    if (version != 2 && version != 3)
        reader.fail("is of GGUF's version " + std::to_string(version) + "; 2 and 3 are read");
    return static_cast<int>(version);
}

} // namespace

Gguf Gguf::open(const std::filesystem::path& file)
{
    MappedFile mapped = map_input_file(file);
    Gguf result = over(mapped.bytes, file.string());
    result.mapping_ = std::move(mapped.mapping);
    return result;
}

Gguf Gguf::over(std::span<const std::byte> bytes, std::string_view origin)
{
    ByteReader reader(bytes, origin);
    Gguf result;
    result.version_ = read_version(reader);
    reader.set_subject("the number of tensors");
    const std::uint64_t tensor_count = reader.count(least_tensor_bytes, max_tensors);
    reader.set_subject("the number of keys");
    const std::uint64_t key_count = reader.count(least_key_bytes, max_keys);
    result.metadata_ = GgufMetadata(reader, key_count);

    std::vector<Placed> placed;
    for (std::uint64_t i = 0; i < tensor_count; ++i) {
        reader.set_subject("tensor " + std::to_string(i));
        placed.push_back(read_tensor_info(reader));
    }
    place_tensors(placed, bytes, reader.position(), read_alignment(result.metadata_), reader);
    for (Placed& one : placed)
        result.tensors_.push_back(std::move(one.tensor));
    std::ranges::sort(result.tensors_, {}, &TensorView::name);
    const auto twice = std::ranges::adjacent_find(result.tensors_, {}, &TensorView::name);
    if (twice != result.tensors_.end())
        throw InputError(
            result.origin() + ": the tensor " + for_message(twice->name) + " comes twice.");
    return result;
}

const TensorView* Gguf::find(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(tensors_, name, {}, &TensorView::name);
    return found == tensors_.end() || found->name != name ? nullptr : &*found;
}

} // namespace circuitloom
