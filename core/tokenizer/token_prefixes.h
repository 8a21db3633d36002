#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Finds the tokens that a text begins with. Sorted rather than hashed, so that no choice of
/// tokens makes it slow: each byte looked at takes O(log n) for n tokens.
class TokenPrefixes
{
public:
    TokenPrefixes() = default;
    /// Longer tokens would make a text of one repeated character slow.
    static constexpr std::size_t max_bytes = 512;

    /// The texts must be different and have at most max_bytes; empty ones are never found.
    explicit TokenPrefixes(std::vector<std::pair<std::string, std::int32_t>> tokens);

    /// Calls `use(bytes, value)` for every token that `text` begins with, the shortest first.
    template <class Use>
    void for_each(std::string_view text, Use use) const
    {
        std::size_t first = 0;
        std::size_t end = tokens_.size();
        for (std::size_t depth = 0; depth < text.size(); ++depth) {
            narrow(first, end, depth, text[depth]);
            if (first == end)
                return;
            if (tokens_[first].first.size() == depth + 1)
                use(depth + 1, tokens_[first].second);
        }
    }

private:
    /// Leaves of the tokens [first, end), which agree in `depth` bytes, those that have `byte` next.
    void narrow(std::size_t& first, std::size_t& end, std::size_t depth, char byte) const;

    std::vector<std::pair<std::string, std::int32_t>> tokens_; ///< by their bytes
};

} // namespace circuitloom
