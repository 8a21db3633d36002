#include "core/formats/gguf_metadata.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <charconv>
#include <cmath>
#include <sstream>

namespace circuitloom {

namespace {

constexpr std::size_t max_key_bytes = 65535; // the format's own limit

/// Bytes of a value; 0 for texts and arrays, which bring their own length.
std::size_t size_of(GgufType type)
{
    switch (type) {
    case GgufType::u8:
    case GgufType::i8:
    case GgufType::boolean:
        return 1;
    case GgufType::u16:
    case GgufType::i16:
        return 2;
    case GgufType::u32:
    case GgufType::i32:
    case GgufType::f32:
        return 4;
    case GgufType::u64:
    case GgufType::i64:
    case GgufType::f64:
        return 8;
    case GgufType::text:
    case GgufType::array:
        break;
    }
    return 0;
}

GgufType read_type(ByteReader& reader)
{
    const auto number = reader.number<std::uint32_t>();
    if (number > static_cast<std::uint32_t>(GgufType::f64))
        reader.fail("has the unknown value type " + std::to_string(number));
    return static_cast<GgufType>(number);
}

template <class Number>
Number number_at(std::span<const std::byte> bytes, std::size_t index)
{
    Number number;
    std::memcpy(&number, bytes.data() + index * sizeof number, sizeof number);
    return number;
}

/// False where the type is no whole number or, for u64, the value exceeds 63 bits.
bool whole_number(
    GgufType type, std::span<const std::byte> bytes, std::size_t index, std::int64_t& value)
{
    switch (type) {
    case GgufType::u8:
        value = number_at<std::uint8_t>(bytes, index);
        return true;
    case GgufType::i8:
        value = number_at<std::int8_t>(bytes, index);
        return true;
    case GgufType::u16:
        value = number_at<std::uint16_t>(bytes, index);
        return true;
    case GgufType::i16:
        value = number_at<std::int16_t>(bytes, index);
        return true;
    case GgufType::u32:
        value = number_at<std::uint32_t>(bytes, index);
        return true;
    case GgufType::i32:
        value = number_at<std::int32_t>(bytes, index);
        return true;
    case GgufType::i64:
    case GgufType::u64:
        value = number_at<std::int64_t>(bytes, index);
        return type == GgufType::i64 || value >= 0;
    default:
        return false;
    }
}

/// The decimal number with the fewest digits that rounds to `value`.
double shortest_decimal(float value)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    double decimal = value;
    std::from_chars(digits, end, decimal);
    return decimal;
}

std::string plain(double value)
{
    std::ostringstream text;
    text << value;
    return text.str();
}

} // namespace

GgufMetadata::GgufMetadata(ByteReader& reader, std::uint64_t count)
    : origin_(reader.origin())
{
    for (std::uint64_t i = 0; i < count; ++i) {
        reader.set_subject("key " + std::to_string(i));
        const std::string_view key = reader.text();
        if (key.empty() || key.size() > max_key_bytes || !is_valid_utf8(key))
            reader.fail("must have 1 to " + std::to_string(max_key_bytes) + " bytes of UTF-8");
        reader.set_subject(std::string(key));
        if (!values_.emplace(key, read_value(reader)).second)
            reader.fail("comes twice");
    }
}

GgufMetadata::Value GgufMetadata::read_value(ByteReader& reader)
{
    Value value;
    value.type = read_type(reader);
    if (value.type == GgufType::array) {
        value.is_array = true;
        value.type = read_type(reader);
        if (value.type == GgufType::array)
            reader.fail("is an array of arrays, which is not supported");
        // A text takes at least the eight bytes of its length.
        const std::size_t least = value.type == GgufType::text ? 8 : size_of(value.type);
        value.count = reader.count(least, UINT64_MAX);
    }
    if (value.type != GgufType::text) {
        value.bytes = reader.bytes(value.count * size_of(value.type));
        return value;
    }
    ByteReader start = reader;
    for (std::uint64_t i = 0; i < value.count; ++i)
        reader.text();
    value.bytes = start.bytes(reader.position() - start.position());
    return value;
}

const GgufMetadata::Value& GgufMetadata::scalar(std::string_view key) const
{
    const auto found = values_.find(key);
    if (found == values_.end())
        fail(key, "is missing");
    if (found->second.is_array)
        fail(key, "is an array; a single value is supported");
    return found->second;
}

const GgufMetadata::Value& GgufMetadata::array(std::string_view key, std::size_t most) const
{
    const auto found = values_.find(key);
    if (found == values_.end())
        fail(key, "is missing");
    if (!found->second.is_array)
        fail(key, "must be an array");
    if (found->second.count > most)
        fail(key,
            "has " + std::to_string(found->second.count) + " entries; at most "
                + std::to_string(most) + " are read");
    return found->second;
}

std::string GgufMetadata::text(std::string_view key) const
{
    const Value& value = scalar(key);
    if (value.type != GgufType::text)
        fail(key, "must be a text");
    const std::string_view found = ByteReader(value.bytes, origin_).text();
    if (!is_valid_utf8(found))
        fail(key, "is not UTF-8");
    return std::string(found);
}

std::string GgufMetadata::text_or(std::string_view key, std::string_view otherwise) const
{
    return has(key) ? text(key) : std::string(otherwise);
}

std::int64_t GgufMetadata::integer(
    std::string_view key, std::int64_t least, std::int64_t most) const
{
    const Value& value = scalar(key);
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    std::int64_t number = 0;
    if (!whole_number(value.type, value.bytes, 0, number))
        fail(key, "must be a whole number from " + range);
    if (number < least || number > most)
        fail(key, "is " + std::to_string(number) + "; it must be from " + range);
    return number;
}

std::int64_t GgufMetadata::integer_or(
    std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const
{
    return has(key) ? integer(key, least, most) : otherwise;
}

double GgufMetadata::number(std::string_view key, double least, double most) const
{
    const Value& value = scalar(key);
    double number = 0;
    std::int64_t whole = 0;
    if (value.type == GgufType::f32)
        number = shortest_decimal(number_at<float>(value.bytes, 0));
    else if (value.type == GgufType::f64)
        number = number_at<double>(value.bytes, 0);
    else if (whole_number(value.type, value.bytes, 0, whole))
        number = static_cast<double>(whole);
    else
        fail(key, "must be a number");
    if (!(number >= least && number <= most))
        fail(
            key, "is " + plain(number) + "; it must lie in " + plain(least) + " to " + plain(most));
    return number;
}

double GgufMetadata::number_or(
    std::string_view key, double otherwise, double least, double most) const
{
    return has(key) ? number(key, least, most) : otherwise;
}

bool GgufMetadata::boolean_or(std::string_view key, bool otherwise) const
{
    if (!has(key))
        return otherwise;
    const Value& value = scalar(key);
    const auto byte = value.type == GgufType::boolean ? number_at<std::uint8_t>(value.bytes, 0) : 2;
    if (byte > 1)
        fail(key, "must be true or false");
    return byte == 1;
}

std::vector<std::string_view> GgufMetadata::texts(std::string_view key, std::size_t most) const
{
    const Value& value = array(key, most);
    if (value.type != GgufType::text)
        fail(key, "must be an array of texts");
    std::vector<std::string_view> result;
    ByteReader reader(value.bytes, origin_);
    for (std::uint64_t i = 0; i < value.count; ++i) {
        result.push_back(reader.text());
        if (!is_valid_utf8(result.back()))
            fail(key, "has an entry that is not UTF-8, number " + std::to_string(i));
    }
    return result;
}

std::vector<std::int64_t> GgufMetadata::integers(std::string_view key, std::size_t most) const
{
    const Value& value = array(key, most);
    std::vector<std::int64_t> result(static_cast<std::size_t>(value.count));
    for (std::size_t i = 0; i < result.size(); ++i)
        if (!whole_number(value.type, value.bytes, i, result[i]))
            fail(key, "must be an array of whole numbers");
    return result;
}

std::vector<float> GgufMetadata::numbers(std::string_view key, std::size_t most) const
{
    const Value& value = array(key, most);
    if (value.type != GgufType::f32)
        fail(key, "must be an array of 32-bit numbers");
    std::vector<float> result(static_cast<std::size_t>(value.count));
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = number_at<float>(value.bytes, i);
        if (std::isnan(result[i]))
            fail(key, "has an entry that is no number, number " + std::to_string(i));
    }
    return result;
}

void GgufMetadata::fail(std::string_view key, const std::string& what) const
{
    throw InputError(origin_ + ": " + for_message(key) + " " + for_message(what) + ".");
}

} // namespace circuitloom
