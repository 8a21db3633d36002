#pragma once

#include "core/formats/byte_reader.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The types of a GGUF value, under the format's own numbers.
enum class GgufType : std::uint32_t
{
    u8 = 0,
    i8 = 1,
    u16 = 2,
    i16 = 3,
    u32 = 4,
    i32 = 5,
    f32 = 6,
    boolean = 7,
    text = 8,
    array = 9,
    u64 = 10,
    i64 = 11,
    f64 = 12
};

/// The key-value pairs of a GGUF file, in place: keys and values lie in the file's own memory,
/// which must outlive this. Every getter throws InputError that names the file and the key where
/// it is missing, of another type or out of range.
class GgufMetadata
{
public:
    GgufMetadata() = default;
    /// Reads `count` pairs. Throws InputError where a key is malformed or comes twice, a type is
    /// unknown, arrays are nested or a value reaches beyond the file.
    GgufMetadata(ByteReader& reader, std::uint64_t count);

    /// Names the file in messages.
    const std::string& origin() const { return origin_; }
    bool has(std::string_view key) const { return values_.contains(key); }

    std::string text(std::string_view key) const;
    std::string text_or(std::string_view key, std::string_view otherwise) const;
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most) const;
    std::int64_t integer_or(
        std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
    /// A finite number in [least, most]. A 32-bit one becomes the shortest decimal number that it
    /// stands for: 1e-5, not 9.99999974737875e-06.
    double number(std::string_view key, double least, double most) const;
    double number_or(std::string_view key, double otherwise, double least, double most) const;
    bool boolean_or(std::string_view key, bool otherwise) const;

    /// Arrays; `most` limits their length. The texts are views into the file, checked UTF-8.
    std::vector<std::string_view> texts(std::string_view key, std::size_t most) const;
    std::vector<std::int64_t> integers(std::string_view key, std::size_t most) const;
    std::vector<float> numbers(std::string_view key, std::size_t most) const;

    [[noreturn]] void fail(std::string_view key, const std::string& what) const;

private:
    struct Value
    {
        GgufType type = GgufType::u8; ///< of an array: of its elements
        bool is_array = false;
        std::uint64_t count = 1;
        std::span<const std::byte> bytes;
    };

    static Value read_value(ByteReader& reader);
    const Value& scalar(std::string_view key) const;
    const Value& array(std::string_view key, std::size_t most) const;

    std::string origin_;
    std::map<std::string_view, Value> values_;
};

} // namespace circuitloom
