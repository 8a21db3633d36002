#include "core/analysis/run_figures.h"

#include <cmath>
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

double turnover(const IterationRecord& iteration)
{
    return iteration.edges > 0 ? static_cast<double>(iteration.entered) / iteration.edges : 0;
}

std::vector<double> turnover(const std::vector<IterationRecord>& iterations)
{
    std::vector<double> shares;
    shares.reserve(iterations.size());
    for (const IterationRecord& iteration : iterations)
        shares.push_back(turnover(iteration));
    return shares;
}

std::optional<double> mean_tunable_ratio(const std::vector<IterationRecord>& iterations)
{
    double sum = 0;
    int known = 0;
    for (const IterationRecord& iteration : iterations)
        if (!std::isnan(iteration.tunable_ratio)) {
            sum += iteration.tunable_ratio;
            ++known;
        }
    return known == 0 ? std::nullopt : std::optional(sum / known);
}

} // namespace circuitloom
