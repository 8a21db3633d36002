#include "core/formats/gguf.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/gguf_split.h"
#include "core/formats/input_file.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
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

/// One of ggml's types; those without `read` are refused by their name.
struct GgmlType
{
    std::uint32_t number;
    std::string_view name;
    std::optional<ElementType> read = {};
};

constexpr std::array ggml_types{
    GgmlType{ 0, "F32", ElementType::f32 },
    GgmlType{ 1, "F16", ElementType::f16 },
    GgmlType{ 2, "Q4_0", ElementType::q4_0 },
    GgmlType{ 3, "Q4_1", ElementType::q4_1 },
    GgmlType{ 4, "Q4_2" },
    GgmlType{ 5, "Q4_3" },
    GgmlType{ 6, "Q5_0", ElementType::q5_0 },
    GgmlType{ 7, "Q5_1", ElementType::q5_1 },
    GgmlType{ 8, "Q8_0", ElementType::q8_0 },
    GgmlType{ 9, "Q8_1" },
    GgmlType{ 10, "Q2_K", ElementType::q2_k },
    GgmlType{ 11, "Q3_K", ElementType::q3_k },
    GgmlType{ 12, "Q4_K", ElementType::q4_k },
    GgmlType{ 13, "Q5_K", ElementType::q5_k },
    GgmlType{ 14, "Q6_K", ElementType::q6_k },
    GgmlType{ 15, "Q8_K" },
    GgmlType{ 16, "IQ2_XXS" },
    GgmlType{ 17, "IQ2_XS" },
    GgmlType{ 18, "IQ3_XXS" },
    GgmlType{ 19, "IQ1_S" },
    GgmlType{ 20, "IQ4_NL", ElementType::iq4_nl },
    GgmlType{ 21, "IQ3_S" },
    GgmlType{ 22, "IQ2_S" },
    GgmlType{ 23, "IQ4_XS", ElementType::iq4_xs },
    GgmlType{ 24, "I8" },
    GgmlType{ 25, "I16" },
    GgmlType{ 26, "I32", ElementType::i32 },
    GgmlType{ 27, "I64", ElementType::i64 },
    GgmlType{ 28, "F64", ElementType::f64 },
    GgmlType{ 29, "IQ1_M" },
    GgmlType{ 30, "BF16", ElementType::bf16 },
    GgmlType{ 31, "Q4_0_4_4" },
    GgmlType{ 32, "Q4_0_4_8" },
    GgmlType{ 33, "Q4_0_8_8" },
    GgmlType{ 34, "TQ1_0" },
    GgmlType{ 35, "TQ2_0" },
    GgmlType{ 36, "IQ4_NL_4_4" },
    GgmlType{ 37, "IQ4_NL_4_8" },
    GgmlType{ 38, "IQ4_NL_8_8" },
    GgmlType{ 39, "MXFP4", ElementType::mxfp4 },
    GgmlType{ 40, "NVFP4" },
    GgmlType{ 41, "Q1_0" },
};

ElementType read_type(ByteReader& reader)
{
    const auto number = reader.number<std::uint32_t>();
    const auto* found = std::ranges::find(ggml_types, number, &GgmlType::number);
    if (found != ggml_types.end() && found->read)
        return *found->read;
    reader.fail("is of ggml's type "
        + (found != ggml_types.end() ? std::string(found->name) : std::to_string(number))
        + "; F64, F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K to Q6_K, IQ4_NL, IQ4_XS and "
          "MXFP4 are read; make such a file of the model's original weights, as with llama.cpp's "
          "convert_hf_to_gguf.py --outtype f16");
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
    Gguf given = open_one(file);
    const std::vector<std::filesystem::path> parts = gguf_parts(file, given.metadata_);
    if (parts.size() == 1)
        return given;
    Gguf result = open_one(parts.front());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Gguf part = i == 0 ? Gguf() : open_one(parts[i]);
        check_gguf_part(i == 0 ? result.metadata_ : part.metadata_, i, parts.size());
        result.add(std::move(part));
    }
    result.sort_and_check();
    check_split_tensors(result.metadata_, result.tensors_.size());
    return result;
}

Gguf Gguf::open_one(const std::filesystem::path& file)
{
    MappedFile mapped = map_input_file(file);
    Gguf result = over(mapped.bytes, file.string());
    result.mappings_.push_back(std::move(mapped.mapping));
    return result;
}

void Gguf::add(Gguf part)
{
    std::ranges::move(part.tensors_, std::back_inserter(tensors_));
    std::ranges::move(part.mappings_, std::back_inserter(mappings_));
}

void Gguf::sort_and_check()
{
    std::ranges::sort(tensors_, {}, &TensorView::name);
    const auto twice = std::ranges::adjacent_find(tensors_, {}, &TensorView::name);
    if (twice != tensors_.end())
        throw InputError(origin() + ": the tensor " + for_message(twice->name) + " comes twice.");
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
    result.sort_and_check();
    return result;
}

const TensorView* Gguf::find(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(tensors_, name, {}, &TensorView::name);
    return found == tensors_.end() || found->name != name ? nullptr : &*found;
}

} // namespace circuitloom
