#pragma once

#include <span>
#include <string>
#include <string_view>

namespace circuitloom {

/// What the tables and columns of a .loom file of this version are called. Whatever writes or reads
/// one takes the names from here. Internal to core/store.
///
/// migrations.cpp makes the tables, of older versions too, so its scripts have the names in
/// themselves; a test compares what they make with `tables`. To add a column: a name in `column`, a
/// place in its table's list, a migration, a value where the table is written.

namespace column {

inline constexpr std::string_view blocks = "blocks";
inline constexpr std::string_view bookmark_id = "bookmark_id";
inline constexpr std::string_view bytes = "bytes";
inline constexpr std::string_view checkpoint_id = "checkpoint_id";
inline constexpr std::string_view configuration = "configuration";
inline constexpr std::string_view content = "content";
inline constexpr std::string_view created = "created";
inline constexpr std::string_view draw = "draw";
inline constexpr std::string_view edge = "edge";
inline constexpr std::string_view edges = "edges";
inline constexpr std::string_view encoding = "encoding";
inline constexpr std::string_view ended = "ended";
inline constexpr std::string_view entered = "entered";
inline constexpr std::string_view examples = "examples";
inline constexpr std::string_view folded = "folded";
inline constexpr std::string_view graph_id = "graph_id";
inline constexpr std::string_view heads = "heads";
inline constexpr std::string_view high = "high";
inline constexpr std::string_view inclusion = "inclusion";
inline constexpr std::string_view items = "items";
inline constexpr std::string_view iteration = "iteration";
inline constexpr std::string_view iteration_id = "iteration_id";
inline constexpr std::string_view iterations = "iterations";
inline constexpr std::string_view kind = "kind";
inline constexpr std::string_view kv_heads = "kv_heads";
inline constexpr std::string_view label = "label";
inline constexpr std::string_view layer = "layer";
inline constexpr std::string_view layers = "layers";
inline constexpr std::string_view learning_rate = "learning_rate";
inline constexpr std::string_view loss = "loss";
inline constexpr std::string_view low = "low";
inline constexpr std::string_view mark_id = "mark_id";
inline constexpr std::string_view measure = "measure";
inline constexpr std::string_view message = "message";
inline constexpr std::string_view method = "method";
inline constexpr std::string_view metric = "metric";
inline constexpr std::string_view mlp_group_size = "mlp_group_size";
inline constexpr std::string_view mlp_width = "mlp_width";
inline constexpr std::string_view model = "model";
inline constexpr std::string_view model_fingerprint = "model_fingerprint";
inline constexpr std::string_view name = "name";
inline constexpr std::string_view node = "node";
inline constexpr std::string_view note = "note";
inline constexpr std::string_view notes = "notes";
inline constexpr std::string_view optimizer = "optimizer";
inline constexpr std::string_view other_run = "other_run";
inline constexpr std::string_view parallel = "parallel";
inline constexpr std::string_view parameters = "parameters";
inline constexpr std::string_view part = "part";
inline constexpr std::string_view place = "place";
inline constexpr std::string_view question = "question";
inline constexpr std::string_view reason = "reason";
inline constexpr std::string_view resamples = "resamples";
inline constexpr std::string_view run_id = "run_id";
inline constexpr std::string_view score = "score";
inline constexpr std::string_view seconds = "seconds";
inline constexpr std::string_view seed = "seed";
inline constexpr std::string_view series = "series";
inline constexpr std::string_view shape = "shape";
inline constexpr std::string_view side = "side";
inline constexpr std::string_view software = "software";
inline constexpr std::string_view source = "source";
inline constexpr std::string_view stability = "stability";
inline constexpr std::string_view stability_by_chance = "stability_by_chance";
inline constexpr std::string_view state = "state";
inline constexpr std::string_view step = "step";
inline constexpr std::string_view steps = "steps";
inline constexpr std::string_view study_id = "study_id";
inline constexpr std::string_view suite = "suite";
inline constexpr std::string_view supernode_id = "supernode_id";
inline constexpr std::string_view target = "target";
inline constexpr std::string_view tensor_id = "tensor_id";
inline constexpr std::string_view tokens = "tokens";
inline constexpr std::string_view top_n = "top_n";
inline constexpr std::string_view tunable_count = "tunable_count";
inline constexpr std::string_view tunable_ratio = "tunable_ratio";
inline constexpr std::string_view type = "type";
inline constexpr std::string_view value = "value";
inline constexpr std::string_view window_view_id = "window_view_id";
inline constexpr std::string_view writer_boot = "writer_boot";
inline constexpr std::string_view writer_process = "writer_process";
inline constexpr std::string_view writer_started = "writer_started";

} // namespace column

/// A table with its columns in the order in which insert_into() takes their values.
struct Table
{
    std::string_view name;
    std::string_view row_id; ///< the column that SQLite numbers itself; empty for none
    std::span<const std::string_view> columns; ///< the others
};

namespace table {

extern const Table graph;
extern const Table node;
extern const Table edge;
extern const Table run;
extern const Table iteration;
extern const Table circuit_edge;
extern const Table iteration_certainty;
extern const Table edge_certainty;
extern const Table reference_edge;
extern const Table step;
extern const Table evaluation;
extern const Table mark;
extern const Table checkpoint;
extern const Table checkpoint_tensor;
extern const Table checkpoint_data;
extern const Table bookmark;
extern const Table supernode;
extern const Table supernode_member;
extern const Table window_view;
extern const Table study;
extern const Table study_figure;

} // namespace table

/// Every table, each once.
std::span<const Table* const> tables();

/// An INSERT of one row whose values are to be bound in the order of the table's columns.
std::string insert_into(const Table& table);
/// SELECT of all columns, the row's number among them, FROM the table; `rest` goes on from there.
std::string select_from(const Table& table, std::string_view rest);
/// "a, b, c"
std::string column_list(std::span<const std::string_view> columns);

} // namespace circuitloom
