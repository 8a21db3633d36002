#include "core/formats/safetensors.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/input_file.h"
#include "core/formats/json_input.h"
#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace circuitloom {

static_assert(std::endian::native == std::endian::little,
    "safetensors files are little-endian and are read in place");

namespace {

constexpr std::uint64_t max_header = 100'000'000; // the format's own limit
constexpr std::size_t max_rank = 64;

constexpr std::array element_types = { ElementType::f64, ElementType::f32, ElementType::f16,
    ElementType::bf16, ElementType::i64, ElementType::i32, ElementType::u8, ElementType::boolean };

ElementType parse_type(const JsonObject& entry)
{
    const std::string name = entry.text("dtype");
    for (const ElementType candidate : element_types)
        if (element_type_name(candidate) == name)
            return candidate;
    entry.fail("dtype", "is " + name + "; F64, F32, F16, BF16, I64, I32, U8 and BOOL are read");
}

std::uint64_t unsigned_number(const JsonObject& entry, const char* field, const nlohmann::json& v)
{
    if (!v.is_number_unsigned() || v.get<std::uint64_t>() > INT64_MAX)
        entry.fail(field, "must be a list of whole numbers that are not negative");
    return v.get<std::uint64_t>();
}

/// The bytes a tensor takes; false where that does not fit 64 bits.
bool tensor_bytes(const TensorView& tensor, std::uint64_t& bytes)
{
    bytes = block_size(tensor.type).bytes;
    for (const std::int64_t size : tensor.shape)
        if (size < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes))
            return false;
    return true;
}

TensorView read_entry(
    const std::string& name, const JsonObject& entry, std::span<const std::byte> data)
{
    TensorView tensor;
    tensor.name = name;
    tensor.type = parse_type(entry);
    const nlohmann::json& shape = entry.array("shape");
    if (shape.size() > max_rank)
        entry.fail("shape", "has more than " + std::to_string(max_rank) + " dimensions");
    for (const nlohmann::json& size : shape)
        tensor.shape.push_back(static_cast<std::int64_t>(unsigned_number(entry, "shape", size)));

    const nlohmann::json& offsets = entry.array("data_offsets");
    if (offsets.size() != 2)
        entry.fail("data_offsets", "must be two numbers");
    const std::uint64_t begin = unsigned_number(entry, "data_offsets", offsets[0]);
    const std::uint64_t end = unsigned_number(entry, "data_offsets", offsets[1]);
    if (begin > end || end > data.size())
        entry.fail("data_offsets",
            "reach beyond the " + std::to_string(data.size())
                + " bytes of tensors that the file holds");
    std::uint64_t expected = 0;
    if (!tensor_bytes(tensor, expected) || expected != end - begin)
        entry.fail("data_offsets",
            "span " + std::to_string(end - begin)
                + " bytes, which is not what dtype and shape ask for");
    tensor.bytes = data.subspan(begin, end - begin);
    return tensor;
}

/// The format leaves no gaps, so each tensor begins where the one before it ends; this refuses
/// overlaps, hidden bytes and truncated files alike.
void check_coverage(std::vector<const TensorView*> tensors, std::span<const std::byte> data,
    const std::string& origin)
{
    const auto extent = [](const TensorView* tensor) {
        return std::pair(tensor->bytes.data(), tensor->bytes.data() + tensor->bytes.size());
    };
    std::sort(tensors.begin(), tensors.end(),
        [&](const TensorView* a, const TensorView* b) { return extent(a) < extent(b); });
    const std::byte* position = data.data();
    for (const TensorView* tensor : tensors) {
        if (tensor->bytes.data() != position)
            throw InputError(origin + ": " + for_message(tensor->name)
                + ": data_offsets overlap another tensor or leave a gap before this one.");
        position += tensor->bytes.size();
    }
    if (position != data.data() + data.size())
        throw InputError(origin + ": the file is longer than its tensors.");
}

std::vector<TensorView> read_tensors(std::span<const std::byte> bytes, const std::string& origin)
{
    std::uint64_t header_size = 0;
    if (bytes.size() < sizeof header_size)
        throw InputError(origin + ": too short for a safetensors file.");
    std::memcpy(&header_size, bytes.data(), sizeof header_size);
    const std::span<const std::byte> rest = bytes.subspan(sizeof header_size);
    if (header_size > max_header || header_size > rest.size())
        throw InputError(origin + ": the header's length, " + std::to_string(header_size)
            + " bytes, exceeds the file or the limit of " + std::to_string(max_header) + ".");
    const std::string_view header(reinterpret_cast<const char*>(rest.data()), header_size);
    const std::span<const std::byte> data = rest.subspan(header_size);

    const nlohmann::json json = parse_json(header, origin);
    if (!json.is_object())
        throw InputError(origin + ": the header must be a JSON object.");
    std::vector<TensorView> tensors;
    for (const auto& [name, value] : json.items())
        if (name != "__metadata__") {
            tensors.push_back(
                read_entry(name, JsonObject(value, origin + ": " + for_message(name)), data));
            tensors.back().file = origin;
        }

    std::vector<const TensorView*> views;
    for (const TensorView& tensor : tensors)
        views.push_back(&tensor);
    check_coverage(std::move(views), data, origin);
    std::sort(tensors.begin(), tensors.end(),
        [](const TensorView& a, const TensorView& b) { return a.name < b.name; });
    return tensors;
}

} // namespace

Safetensors Safetensors::open(const std::filesystem::path& file)
{
    MappedFile mapped = map_input_file(file);
    Safetensors result = over(mapped.bytes, file.string());
    result.mapping_ = std::move(mapped.mapping);
    return result;
}

Safetensors Safetensors::over(std::span<const std::byte> bytes, std::string_view origin)
{
    Safetensors result;
    result.tensors_ = read_tensors(bytes, std::string(origin));
    return result;
}

const TensorView* Safetensors::find(std::string_view name) const
{
    const auto found = std::lower_bound(tensors_.begin(), tensors_.end(), name,
        [](const TensorView& tensor, std::string_view wanted) { return tensor.name < wanted; });
    return found == tensors_.end() || found->name != name ? nullptr : &*found;
}

} // namespace circuitloom
