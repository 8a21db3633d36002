#pragma once

#include "core/graph/circuit_reach.h"
#include "core/graph/parameter_part.h"

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// The parts that chosen nodes read and write with, a head as a whole; of an edge those of both its
/// ends.
std::vector<ParameterPart> parts_of(const ComputationalGraph& graph, const GraphChoice& choice);

/// Names that named_parts() takes for exactly these parts, few where there are some for several:
/// `a2.h4, m3`.
QString part_list(const ComputationalGraph& graph, const std::vector<ParameterPart>& parts);

/// The names in such a list, in which `layer 2, shared` is one.
std::vector<std::string> listed_parts(const QString& list);

} // namespace circuitloom::ui
