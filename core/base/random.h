#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace circuitloom {

/// A small seeded generator (xoshiro256**, Blackman and Vigna 2018) whose numbers are the same on
/// every platform and standard library, unlike those of `<random>`'s distributions.
class Random
{
public:
    explicit Random(std::uint64_t seed);

    /// What a checkpoint must hold, to go on with the same numbers.
    using State = std::array<std::uint64_t, 4>;
    const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

    /// A uniform 64-bit number.
    std::uint64_t next();
    /// Uniform in [0, bound). `bound` must be positive.
    std::size_t below(std::size_t bound);
    /// Uniform in [0, 1).
    double unit();
    /// True with probability `probability`.
    bool chance(double probability) { return unit() < probability; }

    template <class T>
    const T& pick(const std::vector<T>& items)
    {
        return items[below(items.size())];
    }

    /// Fisher-Yates.
    template <class T>
    void shuffle(std::vector<T>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

private:
    State state_;
};

/// FNV-1a, 64 bits: a stable fingerprint of a text, not a cryptographic one.
std::uint64_t stable_hash(std::string_view text);

} // namespace circuitloom
