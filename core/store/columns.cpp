#include "core/store/columns.h"

#include <array>

namespace circuitloom {

namespace {

using Name = std::string_view;

constexpr std::array<Name, 7> of_graph{ column::kind, column::layers, column::heads,
    column::kv_heads, column::mlp_width, column::mlp_group_size, column::parallel };
constexpr std::array<Name, 5> of_node{ column::graph_id, column::node, column::name, column::side,
    column::layer };
constexpr std::array<Name, 4> of_edge{ column::graph_id, column::edge, column::source,
    column::target };
constexpr std::array<Name, 19> of_run{ column::name, column::method, column::configuration,
    column::model, column::model_fingerprint, column::software, column::seed, column::steps,
    column::top_n, column::parameters, column::graph_id, column::created, column::ended,
    column::state, column::message, column::writer_process, column::writer_started,
    column::writer_boot, column::notes };
constexpr std::array<Name, 11> of_iteration{ column::run_id, column::iteration, column::step,
    column::loss, column::metric, column::tunable_ratio, column::tunable_count, column::edges,
    column::entered, column::seconds, column::tokens };
constexpr std::array<Name, 3> of_circuit_edge{ column::iteration_id, column::edge, column::score };
constexpr std::array<Name, 6> of_iteration_certainty{ column::iteration_id, column::resamples,
    column::examples, column::blocks, column::stability, column::stability_by_chance };
constexpr std::array<Name, 5> of_edge_certainty{ column::iteration_id, column::edge,
    column::inclusion, column::low, column::high };
constexpr std::array<Name, 3> of_reference_edge{ column::run_id, column::edge, column::score };
constexpr std::array<Name, 5> of_step{ column::run_id, column::step, column::loss, column::metric,
    column::learning_rate };
constexpr std::array<Name, 6> of_evaluation{ column::run_id, column::step, column::suite,
    column::measure, column::value, column::items };
constexpr std::array<Name, 4> of_mark{ column::run_id, column::step, column::kind, column::label };
constexpr std::array<Name, 8> of_checkpoint{ column::run_id, column::step, column::iterations,
    column::reason, column::bytes, column::created, column::state, column::optimizer };
constexpr std::array<Name, 5> of_checkpoint_tensor{ column::checkpoint_id, column::name,
    column::type, column::shape, column::encoding };
constexpr std::array<Name, 3> of_checkpoint_data{ column::tensor_id, column::part, column::bytes };
constexpr std::array<Name, 5> of_bookmark{ column::run_id, column::iteration, column::name,
    column::note, column::created };
constexpr std::array<Name, 2> of_supernode{ column::name, column::folded };
constexpr std::array<Name, 3> of_supernode_member{ column::supernode_id, column::place,
    column::node };
constexpr std::array<Name, 2> of_window_view{ column::run_id, column::content };
constexpr std::array<Name, 5> of_study{ column::run_id, column::other_run, column::kind,
    column::question, column::created };
constexpr std::array<Name, 9> of_study_figure{ column::study_id, column::source, column::target,
    column::series, column::draw, column::suite, column::measure, column::value, column::items };

} // namespace

namespace table {

const Table graph{ "graph", column::graph_id, of_graph };
const Table node{ "node", {}, of_node };
const Table edge{ "edge", {}, of_edge };
const Table run{ "run", column::run_id, of_run };
const Table iteration{ "iteration", column::iteration_id, of_iteration };
const Table circuit_edge{ "circuit_edge", {}, of_circuit_edge };
const Table iteration_certainty{ "iteration_certainty", {}, of_iteration_certainty };
const Table edge_certainty{ "edge_certainty", {}, of_edge_certainty };
const Table reference_edge{ "reference_edge", {}, of_reference_edge };
const Table step{ "step", {}, of_step };
const Table evaluation{ "evaluation", {}, of_evaluation };
const Table mark{ "mark", column::mark_id, of_mark };
const Table checkpoint{ "checkpoint", column::checkpoint_id, of_checkpoint };
const Table checkpoint_tensor{ "checkpoint_tensor", column::tensor_id, of_checkpoint_tensor };
const Table checkpoint_data{ "checkpoint_data", {}, of_checkpoint_data };
const Table bookmark{ "bookmark", column::bookmark_id, of_bookmark };
const Table supernode{ "supernode", column::supernode_id, of_supernode };
const Table supernode_member{ "supernode_member", {}, of_supernode_member };
const Table window_view{ "window_view", column::window_view_id, of_window_view };
const Table study{ "study", column::study_id, of_study };
const Table study_figure{ "study_figure", {}, of_study_figure };

} // namespace table

std::span<const Table* const> tables()
{
    static constexpr std::array all{ &table::graph, &table::node, &table::edge, &table::run,
        &table::iteration, &table::circuit_edge, &table::iteration_certainty,
        &table::edge_certainty, &table::reference_edge, &table::step,
        &table::evaluation, &table::mark, &table::checkpoint, &table::checkpoint_tensor,
        &table::checkpoint_data, &table::bookmark, &table::supernode, &table::supernode_member,
        &table::window_view, &table::study, &table::study_figure };
    return all;
}

std::string column_list(std::span<const std::string_view> columns)
{
    std::string list;
    for (const std::string_view name : columns)
        list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

std::string insert_into(const Table& table)
{
    std::string values;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        values += i == 0 ? "?" : ", ?";
    return "INSERT INTO " + std::string(table.name) + " (" + column_list(table.columns)
        + ") VALUES (" + values + ")";
}

std::string select_from(const Table& table, std::string_view rest)
{
    const std::string row_id = table.row_id.empty() ? "" : std::string(table.row_id) + ", ";
    return "SELECT " + row_id + column_list(table.columns) + " FROM " + std::string(table.name)
        + " " + std::string(rest);
}

} // namespace circuitloom
