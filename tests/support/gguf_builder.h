#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Builds the bytes of a GGUF file piece by piece, right or wrong. Type numbers are the format's.
class GgufBuilder
{
public:
    template <class Number>
    static std::string raw(Number number)
    {
        std::string bytes(sizeof number, '\0');
        std::memcpy(bytes.data(), &number, sizeof number);
        return bytes;
    }
    static std::string text_bytes(std::string_view text)
    {
        return raw(std::uint64_t{ text.size() }) + std::string(text);
    }

    /// Any key: `value` follows the type.
    GgufBuilder& key(std::string_view name, std::uint32_t type, const std::string& value)
    {
        keys_ += text_bytes(name) + raw(type) + value;
        ++key_count;
        return *this;
    }
    GgufBuilder& text(std::string_view name, std::string_view value)
    {
        return key(name, 8, text_bytes(value));
    }
    GgufBuilder& integer(std::string_view name, std::uint32_t value)
    {
        return key(name, 4, raw(value));
    }
    GgufBuilder& number(std::string_view name, float value) { return key(name, 6, raw(value)); }
    GgufBuilder& boolean(std::string_view name, bool value)
    {
        return key(name, 7, raw(static_cast<std::uint8_t>(value)));
    }
    GgufBuilder& texts(std::string_view name, const std::vector<std::string>& values)
    {
        std::string bytes = raw(std::uint32_t{ 8 }) + raw(std::uint64_t{ values.size() });
        for (const std::string& value : values)
            bytes += text_bytes(value);
        return key(name, 9, bytes);
    }
    template <class Number>
    GgufBuilder& numbers(
        std::string_view name, std::uint32_t type, const std::vector<Number>& values)
    {
        std::string bytes = raw(type) + raw(std::uint64_t{ values.size() });
        for (const Number value : values)
            bytes += raw(value);
        return key(name, 9, bytes);
    }

    /// `dimensions` in the file's order, the fastest first.
    GgufBuilder& tensor(std::string_view name, const std::vector<std::uint64_t>& dimensions,
        std::uint32_t type, const std::string& bytes)
    {
        describe(name, dimensions, type, data_.size());
        data_ += bytes;
        data_.resize((data_.size() + alignment - 1) / alignment * alignment);
        return *this;
    }
    /// Only the description of one.
    GgufBuilder& describe(std::string_view name, const std::vector<std::uint64_t>& dimensions,
        std::uint32_t type, std::uint64_t offset)
    {
        tensors_ += text_bytes(name) + raw(static_cast<std::uint32_t>(dimensions.size()));
        for (const std::uint64_t size : dimensions)
            tensors_ += raw(size);
        tensors_ += raw(type) + raw(offset);
        ++tensor_count;
        return *this;
    }
    /// A tensor of the floats 0, 1, 2, ….
    GgufBuilder& counting(std::string_view name, const std::vector<std::uint64_t>& dimensions)
    {
        std::uint64_t elements = 1;
        for (const std::uint64_t size : dimensions)
            elements *= size;
        std::string bytes;
        for (std::uint64_t i = 0; i < elements; ++i)
            bytes += raw(static_cast<float>(i));
        return tensor(name, dimensions, 0, bytes);
    }

    std::string bytes() const
    {
        std::string file
            = "GGUF" + raw(version) + raw(tensor_count) + raw(key_count) + keys_ + tensors_;
        file.resize((file.size() + alignment - 1) / alignment * alignment);
        return file + data_;
    }

    std::uint32_t version = 3;
    std::uint64_t alignment = 32;
    std::uint64_t tensor_count = 0;
    std::uint64_t key_count = 0;

private:
    std::string keys_;
    std::string tensors_;
    std::string data_;
};

} // namespace circuitloom
