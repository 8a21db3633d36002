#pragma once

#include "core/architecture/model_config.h"
#include "core/graph/computational_graph.h"

#include <vector>

namespace circuitloom {

/// The heads that a question names, or all of the model where it names none. Throws InputError for
/// a node that is no attention head of this model.
std::vector<Node> chosen_heads(const std::vector<Node>& asked, const ModelConfig& config);

} // namespace circuitloom
