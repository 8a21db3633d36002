// What is no run: graphs and checkpoints, which are sent in pieces, and what the user wrote.
#include "core/store/stream_rows.h"

#include <array>
#include <limits>
#include <map>
#include <span>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

/// A table of a whole: its rows after a key (?2 and ?3), in the order of that key. ?1 is the whole.
struct Part
{
    const Table* table;
    const char* rest;
    std::array<std::string_view, 2> key; ///< empty: that part of the key is not needed
};

constexpr std::array graph_parts{
    Part{ &table::graph, "WHERE graph_id = ?1 AND graph_id > ?2", { column::graph_id } },
    Part{ &table::node, "WHERE graph_id = ?1 AND node > ?2 ORDER BY node", { column::node } },
    Part{ &table::edge, "WHERE graph_id = ?1 AND edge > ?2 ORDER BY edge", { column::edge } },
};
constexpr std::array checkpoint_parts{
    Part{ &table::checkpoint, "WHERE checkpoint_id = ?1 AND checkpoint_id > ?2",
        { column::checkpoint_id } },
    Part{ &table::checkpoint_tensor,
        "WHERE checkpoint_id = ?1 AND tensor_id > ?2 ORDER BY tensor_id", { column::tensor_id } },
    Part{ &table::checkpoint_data,
        "WHERE tensor_id IN (SELECT tensor_id FROM checkpoint_tensor WHERE checkpoint_id = ?1) "
        "AND tensor_id >= ?2 AND (tensor_id > ?2 OR part > ?3) ORDER BY tensor_id, part",
        { column::tensor_id, column::part } },
};

std::span<const Part> parts_of(const StreamWhole& whole)
{
    if (whole.name.kind == WholeKind::graph)
        return graph_parts;
    return checkpoint_parts;
}

std::vector<std::int64_t> row_key(SQLite::Statement& row, const Part& part)
{
    std::vector<std::int64_t> key;
    for (const std::string_view name : part.key)
        if (!name.empty())
            key.push_back(row.getColumn(name.data()).getInt64());
    return key;
}

// They are little: where any of them changed, all are sent.
void add_all_of(StreamTables& tables, StreamPosition& position, StreamBatch& batch,
    const std::string& key, std::initializer_list<const Table*> of_users)
{
    Json all = Json::array();
    for (const Table* table : of_users) {
        if (!tables.knows(*table))
            continue;
        SQLite::Statement query(tables.sqlite(), tables.select(*table, "ORDER BY 1, 2"));
        while (query.executeStep())
            all.push_back(row_values(query));
    }
    const Json is = digest(all);
    const auto had = position.have.find(key);
    if (all.empty() ? had == position.have.end() : had != position.have.end() && *had == is)
        return;
    batch.clear(**of_users.begin());
    for (const Table* table : of_users)
        tables.add_rows(batch, *table, "ORDER BY 1, 2", {});
    position.note(key, all.empty() ? Json() : is);
}

} // namespace

bool add_whole(StreamTables& tables, StreamPosition& position, StreamBatch& batch)
{
    if (!position.whole)
        return true;
    StreamWhole& whole = *position.whole;
    for (const std::span<const Part> parts = parts_of(whole); whole.part < parts.size();) {
        const Part& part = parts[whole.part];
        std::vector<std::int64_t> parameters{ whole.name.number };
        for (std::size_t i = 0; i < part.key.size() && !part.key[i].empty(); ++i)
            parameters.push_back(
                i < whole.after.size() ? whole.after[i] : std::numeric_limits<std::int64_t>::min());
        if (!tables.add_rows(
                batch, *part.table, part.rest, parameters,
                [&](SQLite::Statement&) { return !batch.enough(); },
                [&](SQLite::Statement& row) { whole.after = row_key(row, part); }))
            return false;
        ++whole.part;
        whole.after.clear();
    }
    const StreamWhole done = whole;
    position.whole.reset();
    position.note(key_of(done.name), done.is);
    return true;
}

void add_users(StreamTables& tables, StreamPosition& position, StreamBatch& batch)
{
    add_all_of(tables, position, batch, "bookmarks", { &table::bookmark });
    add_all_of(tables, position, batch, "supernodes", { &table::supernode, &table::supernode_member });
    add_all_of(tables, position, batch, "view", { &table::window_view });
    add_all_of(tables, position, batch, "studies", { &table::study, &table::study_figure });
}

bool add_checkpoints(StreamTables& tables, StreamPosition& position, StreamBatch& batch)
{
    std::map<std::int64_t, Json> now;
    {
        SQLite::Statement query(
            tables.sqlite(), tables.select(table::checkpoint, "ORDER BY checkpoint_id"));
        while (query.executeStep())
            now[query.getColumn(column::checkpoint_id.data()).getInt64()] = row_digest(query);
    }
    const Json before = position.have;
    for (const auto& [key, value] : before.items())
        if (key.starts_with("checkpoint:")) {
            const std::int64_t number = number_in(key);
            const auto is = now.find(number);
            if (is != now.end() && is->second == value)
                continue;
            batch.clear(table::checkpoint, number);
            position.note(key, nullptr);
        }
    for (const auto& [number, value] : now) {
        const WholeName checkpoint{ WholeKind::checkpoint, number };
        if (position.have.contains(key_of(checkpoint)))
            continue;
        if (batch.enough())
            return false;
        position.whole = { checkpoint, value, 0, {} };
        if (!add_whole(tables, position, batch))
            return false;
    }
    return true;
}

} // namespace circuitloom
