#pragma once

#include "core/engine/evaluate.h"

#include <string>
#include <vector>

namespace circuitloom {

/// `evaluate --cross-ablate`: the tasks and what beside the request says how they are compared.
struct CrossAblateOptions
{
    std::vector<std::string> tasks;
    int random_draws = 5;
    bool csv = false;
};

/// Computes the matrix with progress on stderr; that of a run's model is stored in its file. Gives
/// the report as text, JSON or CSV, and says on stderr what is to be known of the tasks.
struct CrossAblateReport
{
    std::string text;
    std::string json;
    std::string csv;
};
CrossAblateReport cross_ablate(const EvaluateRequest& request, const CrossAblateOptions& options);

} // namespace circuitloom
