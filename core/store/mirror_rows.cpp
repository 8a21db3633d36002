#include "core/store/mirror_rows.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/store/writer_columns.h"

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_value = 16 << 20; // as LoomDatabase takes it
constexpr std::int64_t any_number = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// What may go, and of which rows the key says so; empty: all of it.
struct Clearing
{
    std::string_view table;
    std::string_view key;
};
constexpr std::array clearings{
    Clearing{ "run", column::run_id },
    Clearing{ "graph", column::graph_id },
    Clearing{ "iteration", column::run_id },
    Clearing{ "step", column::run_id },
    Clearing{ "evaluation", column::run_id },
    Clearing{ "mark", column::run_id },
    Clearing{ "reference_edge", column::run_id },
    Clearing{ "checkpoint", column::checkpoint_id },
    Clearing{ "bookmark", {} },
    Clearing{ "supernode", {} },
    Clearing{ "window_view", {} },
    Clearing{ "study", {} },
};

[[noreturn]] void refuse(const std::string& where, std::string_view column, const char* why)
{
    throw InputError(where + ": " + std::string(column) + " " + why + ".");
}

std::int64_t whole_number(const Json& value, const std::string& where, const std::string& column)
{
    const bool is_huge = value.is_number_unsigned()
        && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most);
    if (!value.is_number_integer() || is_huge)
        refuse(where, column, "must be a whole number");
    return value.get<std::int64_t>();
}

} // namespace

MirrorRows::MirrorRows(SQLite::Database& database)
    : database_(database)
{
    for (const Table* table : circuitloom::tables()) {
        const std::string name(table->name);
        SQLite::Statement query(
            database, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('" + name + "')");
        Columns& columns = tables_[name];
        while (query.executeStep())
            if (std::string column = query.getColumn(0).getString(); !is_of_writer(name, column))
                columns.push_back({ std::move(column), query.getColumn(1).getString(),
                    query.getColumn(2).getInt() == 0 && query.getColumn(3).getInt() == 0,
                    query.getColumn(3).getInt() > 0 });
    }
}

Json MirrorRows::tables() const
{
    Json all = Json::object();
    for (const auto& [table, columns] : tables_)
        for (const Column& column : columns)
            all[table].push_back(column.name);
    return all;
}

const MirrorRows::Columns& MirrorRows::columns_of(const Json& message, const std::string& name) const
{
    const std::string table = JsonObject(message, name).text("table");
    const auto found = tables_.find(table);
    if (found == tables_.end())
        throw InputError(name + ": there is no table " + for_message(table) + ".");
    return found->second;
}

MirrorRows::Columns MirrorRows::chosen(const Json& message, const std::string& name) const
{
    const Columns& all = columns_of(message, name);
    Columns chosen;
    const JsonObject fields(message, name);
    for (const Json& column : fields.array("columns")) {
        const std::string text = column.is_string() ? column.get<std::string>() : column.dump();
        const auto found = std::ranges::find(all, text, &Column::name);
        if (found == all.end() || std::ranges::find(chosen, text, &Column::name) != chosen.end())
            throw InputError(name + ": the column " + for_message(text)
                + " is none of the table's, or comes twice.");
        chosen.push_back(*found);
    }
    for (const Column& column : all)
        if (column.of_key && std::ranges::find(chosen, column.name, &Column::name) == chosen.end())
            throw InputError(name + ": the column " + column.name + " is missing.");
    return chosen;
}

SQLite::Statement& MirrorRows::insertion(const std::string& table, const Columns& columns)
{
    std::string names;
    std::string values;
    std::string key;
    std::string others;
    const auto list = [](std::string& text, const std::string& more) {
        text += (text.empty() ? "" : ", ") + more;
    };
    for (const Column& column : columns) {
        list(names, column.name);
        list(values, "?");
        if (column.of_key)
            list(key, column.name);
        else
            list(others, column.name + " = excluded." + column.name);
    }
    if (table == table::run.name)
        for (const std::string_view column : writer_columns) {
            list(names, std::string(column));
            list(values, column == column::writer_boot ? "''" : "0");
        }
    const std::string sql = "INSERT INTO " + table + " (" + names + ") VALUES (" + values
        + ") ON CONFLICT (" + key + ") DO " + (others.empty() ? "NOTHING" : "UPDATE SET " + others);
    const auto found = insertions_.find(sql);
    return found != insertions_.end() ? found->second
                                      : insertions_.try_emplace(sql, database_, sql).first->second;
}

void MirrorRows::put(const Json& message, const std::string& name)
{
    const JsonObject object(message, name);
    const std::string table = object.text("table");
    const Columns columns = chosen(message, name + " (rows)");
    SQLite::Statement& insert = insertion(table, columns);
    std::size_t number = 0;
    for (const Json& row : object.array("rows")) {
        const std::string where
            = name + " (rows[" + std::to_string(number++) + "] of " + table + ")";
        if (!row.is_array() || row.size() != columns.size())
            throw InputError(where + " must be a list of " + std::to_string(columns.size())
                + " values.");
        insert.tryReset();
        insert.clearBindings();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const Json& value = row[i];
            const Column& column = columns[i];
            const int place = static_cast<int>(i) + 1;
            if (value.is_null()) {
                if (!column.may_be_null)
                    refuse(where, column.name, "must not be null");
                insert.bind(place);
            } else if (column.type == "INTEGER") {
                const std::int64_t integer = whole_number(value, where, column.name);
                if (column.name == column::bookmark_id && integer >= first_own_bookmark)
                    refuse(where, column.name, "is out of its range");
                insert.bind(place, integer);
            } else if (column.type == "REAL") {
                if (!value.is_number())
                    refuse(where, column.name, "must be a number");
                insert.bind(place, value.get<double>());
            } else if (column.type == "TEXT") {
                if (!value.is_string())
                    refuse(where, column.name, "must be a text");
                if (value.get_ref<const std::string&>().size() > longest_value)
                    refuse(where, column.name, "is longer than 16 MB");
                insert.bind(place, value.get_ref<const std::string&>());
            } else {
                if (!value.is_binary())
                    refuse(where, column.name, "must be bytes");
                const auto& bytes = value.get_binary();
                if (bytes.size() > longest_value)
                    refuse(where, column.name, "is longer than 16 MB");
                insert.bind(place, bytes.data(), static_cast<int>(bytes.size()));
            }
        }
        insert.exec();
    }
    insert.tryReset();
}

void MirrorRows::clear(const Json& message, const std::string& name)
{
    const JsonObject object(message, name);
    const std::string table = object.text("table");
    const auto found = std::ranges::find(clearings, table, &Clearing::table);
    if (found == clearings.end())
        throw InputError(
            name + ": the rows of the table " + for_message(table) + " cannot be cleared.");
    std::string sql = "DELETE FROM " + table;
    if (table == table::bookmark.name)
        sql += " WHERE bookmark_id < " + std::to_string(first_own_bookmark);
    else if (!found->key.empty())
        sql += " WHERE " + std::string(found->key) + " = ?";
    SQLite::Statement removal(database_, sql);
    if (!found->key.empty())
        removal.bind(1, object.integer("key", any_number, most));
    removal.exec();
}

} // namespace circuitloom
