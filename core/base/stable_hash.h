#pragma once

#include <cstdint>
#include <string_view>

namespace circuitloom {

/// stable_hash() of bytes that come in pieces: FNV-1a, 64 bits.
class StableHash
{
public:
    void add(std::string_view bytes)
    {
        for (const char c : bytes) {
            value_ ^= static_cast<unsigned char>(c);
            value_ *= 0x100000001b3ULL;
        }
    }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

} // namespace circuitloom
