#include "core/analysis/run_figures.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace circuitloom {

std::vector<BeforeAndAfter> before_and_after(const std::vector<EvaluationRecord>& evaluations)
{
    std::vector<BeforeAndAfter> found;
    std::map<std::pair<std::string, std::string>, std::size_t> place;
    for (const EvaluationRecord& record : evaluations) {
        const auto [at, fresh] = place.try_emplace({ record.suite, record.measure }, found.size());
        if (fresh)
            found.push_back({ record, record });
        found[at->second].after = record;
    }
    return found;
}

std::optional<double> mean_tunable_ratio(const std::vector<IterationRecord>& iterations)
{
    if (iterations.empty())
        return std::nullopt;
    double sum = 0;
    for (const IterationRecord& iteration : iterations)
        sum += iteration.tunable_ratio;
    return sum / static_cast<double>(iterations.size());
}

} // namespace circuitloom
