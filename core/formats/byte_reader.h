#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace circuitloom {

/// Walks through the bytes of an untrusted little-endian file. Whatever reaches beyond their end
/// throws InputError that names the file and what was being read.
class ByteReader
{
public:
    /// `origin` names the file in messages.
    ByteReader(std::span<const std::byte> bytes, std::string_view origin)
        : bytes_(bytes)
        , origin_(origin)
    {
    }

    const std::string& origin() const { return origin_; }
    std::size_t position() const { return position_; }
    std::size_t left() const { return bytes_.size() - position_; }
    /// What is being read, for messages: `key 3`.
    void set_subject(std::string subject) { subject_ = std::move(subject); }

    template <class Number>
    Number number()
    {
        Number number;
        std::memcpy(&number, bytes(sizeof number).data(), sizeof number);
        return number;
    }
    std::span<const std::byte> bytes(std::uint64_t count);
    /// A 64-bit length and as many bytes.
    std::string_view text();
    /// A number of things that take at least `least_bytes` each, and of which there may be `most`.
    std::uint64_t count(std::uint64_t least_bytes, std::uint64_t most);
    [[noreturn]] void fail(const std::string& what) const;

private:
    std::span<const std::byte> bytes_;
    std::string origin_;
    std::string subject_;
    std::size_t position_ = 0;
};

} // namespace circuitloom
