#include "core/tasks/left_out.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <map>

namespace circuitloom {

namespace {

constexpr std::size_t places_shown = 3;

std::string shortened(std::string_view text)
{
    constexpr std::size_t most = 60;
    std::size_t end = 0;
    while (end < text.size() && end < most)
        end += character_bytes(text[end]);
    return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

} // namespace

std::string example_name(std::size_t index, const TaskExample& example)
{
    return "Example " + std::to_string(index + 1) + " (" + shortened(example.text) + ")";
}

std::vector<ReasonCount> count_reasons(const std::vector<LeftOut>& left_out)
{
    std::vector<ReasonCount> counts;
    std::map<std::string, std::size_t> indices;
    for (const LeftOut& part : left_out) {
        const auto [found, added] = indices.emplace(part.reason, counts.size());
        if (added)
            counts.push_back({ part.reason, 0, {} });
        ReasonCount& reason = counts[found->second];
        if (reason.count++ < places_shown)
            reason.where.push_back(part.where);
    }
    std::stable_sort(counts.begin(), counts.end(),
        [](const ReasonCount& a, const ReasonCount& b) { return a.count > b.count; });
    return counts;
}

} // namespace circuitloom
