#include "core/store/catalogue.h"

#include "core/store/columns.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>

namespace circuitloom {

namespace {

void bind_graph(SQLite::Statement& statement, const ComputationalGraph& graph)
{
    const GraphShape& shape = graph.shape();
    statement.bind(1, std::string(graph_kind_name(graph.options().kind)));
    statement.bind(2, shape.layers);
    statement.bind(3, shape.heads);
    statement.bind(4, shape.kv_heads);
    statement.bind(5, shape.mlp_width);
    statement.bind(6, graph.options().mlp_group_size);
    statement.bind(7, static_cast<int>(shape.parallel));
}

void add_nodes(SQLite::Database& database, std::int64_t id, const ComputationalGraph& graph)
{
    SQLite::Statement insert(database, insert_into(table::node));
    std::int32_t number = 0;
    for (const Node& node : graph.nodes()) {
        insert.bind(1, id);
        insert.bind(2, number++);
        insert.bind(3, node_name(node));
        insert.bind(4, is_upstream(node.kind) ? "upstream" : "downstream");
        insert.bind(5, node.layer);
        insert.exec();
        insert.reset();
    }
}

void add_edges(SQLite::Database& database, std::int64_t id, const ComputationalGraph& graph)
{
    SQLite::Statement insert(database, insert_into(table::edge));
    insert.bind(1, id);
    std::int32_t number = 0;
    for (const Edge& edge : graph.edges()) {
        insert.bind(2, number++);
        insert.bind(3, edge.source.value);
        insert.bind(4, edge.target.value);
        insert.exec();
        insert.reset();
    }
}

} // namespace

std::int64_t catalogue_of(SQLite::Database& database, const ComputationalGraph& graph)
{
    SQLite::Statement find(database,
        "SELECT graph_id FROM graph WHERE (" + column_list(table::graph.columns)
            + ") = (?, ?, ?, ?, ?, ?, ?)");
    bind_graph(find, graph);
    if (find.executeStep())
        return find.getColumn(0).getInt64();

    SQLite::Statement insert(database, insert_into(table::graph));
    bind_graph(insert, graph);
    insert.exec();
    const std::int64_t id = database.getLastInsertRowid();
    add_nodes(database, id, graph);
    add_edges(database, id, graph);
    return id;
}

void drop_unused_catalogues(SQLite::Database& database)
{
    database.exec("DELETE FROM graph WHERE graph_id NOT IN (SELECT graph_id FROM run)");
}

} // namespace circuitloom
