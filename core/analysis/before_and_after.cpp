#include "core/analysis/before_and_after.h"

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

} // namespace circuitloom
