#include "core/graph/require_edges.h"

#include "core/base/error.h"

namespace circuitloom {

void require_edges(const GraphShape& shape, const GraphOptions& options)
{
    if (ComputationalGraph::count_edges(shape, options) == 0)
        throw InputError("The model's graph of the kind "
            + std::string(graph_kind_name(options.kind))
            + " has no edges, so there is nothing to score; choose the kind "
            + std::string(graph_kind_name(GraphKind::full)) + ".");
}

} // namespace circuitloom
