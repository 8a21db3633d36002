#pragma once

#include "core/graph/computational_graph.h"

#include <cstdint>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// The row of this graph, with all its nodes and edges; runs on the same graph share it. Belongs
/// into a transaction.
std::int64_t catalogue_of(SQLite::Database& database, const ComputationalGraph& graph);
/// Deletes the catalogues that no run uses.
void drop_unused_catalogues(SQLite::Database& database);

} // namespace circuitloom
