#include "core/tokenizer/token_prefixes.h"

#include <algorithm>

namespace circuitloom {

TokenPrefixes::TokenPrefixes(std::vector<std::pair<std::string, std::int32_t>> tokens)
    : tokens_(std::move(tokens))
{
    std::ranges::sort(tokens_); // std::string compares bytes as unsigned
}

void TokenPrefixes::narrow(
    std::size_t& first, std::size_t& end, std::size_t depth, char byte) const
{
    // A token that ends here counts as lower than any byte.
    const auto next = [depth](const std::pair<std::string, std::int32_t>& token) {
        return depth < token.first.size() ? static_cast<unsigned char>(token.first[depth]) : -1;
    };
    const int wanted = static_cast<unsigned char>(byte);
    const auto place
        = [this](std::size_t at) { return tokens_.begin() + static_cast<std::ptrdiff_t>(at); };
    const auto lower = std::ranges::lower_bound(place(first), place(end), wanted, {}, next);
    const auto upper = std::ranges::upper_bound(lower, place(end), wanted, {}, next);
    first = static_cast<std::size_t>(lower - tokens_.begin());
    end = static_cast<std::size_t>(upper - tokens_.begin());
}

} // namespace circuitloom
