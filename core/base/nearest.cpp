#include "core/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t longest = 64; ///< of a text that is compared, in bytes
constexpr std::size_t shown = 3;

/// How many letters are to be added, left out, changed or swapped with the next.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1), above, second_above;
    std::iota(row.begin(), row.end(), std::size_t{ 0 });
    for (std::size_t i = 1; i <= a.size(); ++i) {
        second_above = std::exchange(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                { row[j - 1] + 1, above[j] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1) });
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], second_above[j - 2] + 1);
        }
    }
    return row[b.size()];
}

/// To the whole candidate or to its last part.
std::size_t distance(std::string_view text, std::string_view candidate)
{
    const std::string_view last = candidate.substr(candidate.rfind('.') + 1);
    return std::min(edit_distance(text, candidate), edit_distance(text, last));
}

} // namespace

std::vector<std::string> nearest(std::string_view text, std::vector<std::string> candidates)
{
    text = text.substr(0, longest);
    std::stable_sort(
        candidates.begin(), candidates.end(), [text](const std::string& a, const std::string& b) {
            return distance(text, a) < distance(text, b);
        });
    candidates.resize(std::min(candidates.size(), shown));
    return candidates;
}

std::string likely_meant(std::string_view text, std::vector<std::string> candidates)
{
    const std::vector<std::string> found = nearest(text, std::move(candidates));
    const std::size_t wrong_letters = std::max<std::size_t>(1, text.size() / 3);
    return text.size() <= longest && !found.empty()
            && distance(text, found.front()) <= wrong_letters
        ? found.front()
        : std::string();
}

} // namespace circuitloom
