#include "core/store/mirror.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/store/database.h"
#include "core/store/mirror_rows.h"
#include "core/store/mirror_table.h"
#include "core/store/run_rows.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <limits>
#include <vector>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::string_view have_prefix = "have:";
constexpr std::size_t longest_key = 100;
constexpr std::size_t longest_stand = 4096;
constexpr std::size_t buffered_bytes = 64 << 20;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// A message that waits for its transaction.
struct Waiting
{
    Json message;
    std::string name;
};

std::string text_of(const WriterIdentity& writer)
{
    return Json{ writer.process, writer.started, writer.boot }.dump();
}

bool is_other_living(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_array() || json.size() != 3 || !json[0].is_number_integer()
        || !json[1].is_number_integer() || !json[2].is_string())
        return false;
    const WriterIdentity writer{ json[0].get<std::int64_t>(), json[1].get<std::int64_t>(),
        json[2].get<std::string>() };
    return writer.process != this_process().process && is_alive(writer);
}

// About what it takes in memory and in the file.
std::size_t weight(const Json& message)
{
    const auto rows = message.find("rows");
    if (rows == message.end() || !rows->is_array())
        return 100;
    std::size_t sum = 0;
    for (const Json& row : *rows)
        if (row.is_array())
            for (const Json& value : row)
                sum += value.is_string() ? value.get_ref<const std::string&>().size()
                    : value.is_binary()  ? value.get_binary().size()
                                         : 16;
    return sum;
}

} // namespace

struct Mirror::Impl
{
    Impl(LoomDatabase opened)
        : database(std::move(opened))
        , rows(database.sqlite())
        , set_value(database.sqlite(),
              "INSERT INTO mirror (key, value) VALUES (?, ?) "
              "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        , remove_value(database.sqlite(), "DELETE FROM mirror WHERE key = ?")
    {
    }

    std::string value(const std::string& key)
    {
        SQLite::Statement query(database.sqlite(), "SELECT value FROM mirror WHERE key = ?");
        query.bind(1, key);
        return query.executeStep() && query.getColumn(0).isText() ? query.getColumn(0).getString()
                                                                  : std::string();
    }

    void apply(const Waiting& one)
    {
        const std::string type = JsonObject(one.message, one.name).text("type");
        if (type == "rows")
            rows.put(one.message, one.name);
        else
            rows.clear(one.message, one.name);
    }

    void apply_waiting()
    {
        if (!transaction)
            transaction.emplace(
                database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        for (const Waiting& one : waiting)
            apply(one);
        waiting.clear();
        bytes = 0;
    }

    void apply_have(const Json& have, const std::string& name)
    {
        for (const auto& [key, stand] : have.items()) {
            if (key.empty() || key.size() > longest_key)
                throw InputError(name + ": have has a key of " + std::to_string(key.size())
                    + " bytes; it may have up to " + std::to_string(longest_key) + ".");
            const std::string stored = std::string(have_prefix) + key;
            if (stand.is_null()) {
                execute(remove_value, stored);
                continue;
            }
            const std::string text
                = stand.dump(-1, ' ', false, Json::error_handler_t::replace);
            if (text.size() > longest_stand)
                throw InputError(name + ": have: " + for_message(key, longest_key)
                    + " is longer than " + std::to_string(longest_stand) + " bytes.");
            execute(set_value, stored, text);
        }
    }

    void apply_alive(const std::vector<std::int64_t>& alive)
    {
        SQLite::Statement nobody(database.sqlite(),
            "UPDATE run SET writer_process = 0, writer_started = 0, writer_boot = '' "
            "WHERE writer_process <> 0");
        nobody.exec();
        const WriterIdentity writer = this_process();
        SQLite::Statement hold(database.sqlite(),
            "UPDATE run SET writer_process = ?, writer_started = ?, writer_boot = ? "
            "WHERE run_id = ?");
        for (const std::int64_t run : alive)
            execute(hold, writer.process, writer.started, writer.boot, run);
    }

    void commit(const Json& message, const std::string& name)
    {
        const JsonObject object(message, name);
        const JsonObject have = object.object("have");
        std::vector<std::int64_t> alive;
        for (const Json& run : object.array("alive")) {
            const Json one{ { "alive", run } };
            alive.push_back(JsonObject(one, name).integer("alive", 0, most));
        }
        apply_waiting();
        apply_have(object.at("have"), name);
        apply_alive(alive);
        transaction->commit();
        transaction.reset();
    }

    void forget()
    {
        transaction.reset(); // rolls back
        waiting.clear();
        bytes = 0;
    }

    LoomDatabase database;
    MirrorRows rows;
    SQLite::Statement set_value;
    SQLite::Statement remove_value;
    std::vector<Waiting> waiting;
    std::size_t bytes = 0; ///< of what waits
    std::optional<SQLite::Transaction> transaction; ///< where more came than memory should hold
};

namespace {

void make_mirror_table(SQLite::Database& sqlite)
{
    sqlite.exec(mirror_table_sql);
    SQLite::Statement first(
        sqlite, "INSERT INTO sqlite_sequence (name, seq) VALUES ('bookmark', ?)");
    execute(first, first_own_bookmark);
}

void take_hold(LoomDatabase& database, const std::string& origin)
{
    SQLite::Database& sqlite = database.sqlite();
    const std::string file = database.file().string();
    SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    const auto value = [&](const char* key) {
        SQLite::Statement query(sqlite, "SELECT value FROM mirror WHERE key = ?");
        query.bind(1, key);
        return query.executeStep() ? query.getColumn(0).getString() : std::string();
    };
    if (!has_mirror_table(sqlite)) {
        if (sqlite.execAndGet("SELECT count(*) FROM run").getInt() > 0)
            throw InputError(file + " is an experiment of its own and no mirror of "
                + for_message(origin) + "; give the mirror another name.");
        make_mirror_table(sqlite);
    } else if (value("origin") != origin) {
        throw InputError(file + " is the mirror of " + for_message(value("origin")) + ", not of "
            + for_message(origin) + "; give the mirror another name.");
    }
    if (is_other_living(value("writer")))
        throw InputError("Another process brings " + file + " up to date already.");
    SQLite::Statement set(sqlite, "INSERT OR REPLACE INTO mirror (key, value) VALUES (?, ?)");
    execute(set, "origin", origin);
    execute(set, "writer", text_of(this_process()));
    transaction.commit();
}

} // namespace

Mirror::Mirror(const std::filesystem::path& file, const std::string& origin)
{
    impl_ = translating(file, "opening the mirror", [&] {
        LoomDatabase database = LoomDatabase::open_for_writing(file);
        take_hold(database, origin);
        return std::make_unique<Impl>(std::move(database));
    });
}

Mirror::~Mirror()
{
    try {
        forget();
        leave_runs();
        execute(impl_->remove_value, "writer");
        impl_->database.sqlite().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const std::exception&) {
        // Once this process has ended, readers see interrupted runs anyway.
    }
}

StreamRequest Mirror::request(bool checkpoints) const
{
    return translating(impl_->database.file(), "reading how far it has come", [&] {
        StreamRequest request;
        request.checkpoints = checkpoints;
        request.tables = impl_->rows.tables();
        SQLite::Database& sqlite = impl_->database.sqlite();
        // A run that was deleted here comes again, as whole as any.
        SQLite::Statement run_is_there(sqlite, "SELECT 1 FROM run WHERE run_id = ?");
        SQLite::Statement graph_is_there(sqlite, "SELECT 1 FROM graph WHERE graph_id = ?");
        const auto went = [](SQLite::Statement& is_there, const std::string& number) {
            is_there.reset();
            is_there.bind(1, number);
            return !is_there.executeStep();
        };
        SQLite::Statement query(sqlite, "SELECT key, value FROM mirror WHERE key LIKE 'have:%'");
        while (query.executeStep()) {
            const std::string key = query.getColumn(0).getString().substr(have_prefix.size());
            const Json value = Json::parse(query.getColumn(1).getString(), nullptr, false);
            if (value.is_discarded())
                continue;
            if ((key.starts_with("run:") && went(run_is_there, key.substr(4)))
                || (key.starts_with("graph:") && went(graph_is_there, key.substr(6))))
                continue;
            request.have[key] = value;
        }
        return request;
    });
}

bool Mirror::filled() const
{
    return translating(impl_->database.file(), "looking whether it is empty", [&] {
        return impl_->database.sqlite()
                   .execAndGet("SELECT count(*) FROM mirror WHERE key LIKE 'have:%'")
                   .getInt()
            > 0;
    });
}

bool Mirror::take(Json message, const std::string& name)
{
    try {
        const std::string type = JsonObject(message, name).text("type");
        if (type == "commit") {
            impl_->commit(message, name);
            return true;
        }
        if (type != "rows" && type != "clear")
            throw InputError(name + ": " + for_message(type) + " is no kind of message.");
        impl_->bytes += weight(message);
        impl_->waiting.push_back({ std::move(message), name });
        if (impl_->transaction || impl_->bytes > buffered_bytes)
            impl_->apply_waiting();
        return false;
    } catch (const SQLite::Exception& cause) {
        forget();
        if (cause.getErrorCode() == SQLITE_CONSTRAINT)
            throw InputError(name + " does not fit together with what came before it: "
                + for_message(cause.what()) + ".");
        rethrow_as_resource_error(cause, impl_->database.file(), "storing what came");
    } catch (const Error&) {
        forget();
        throw;
    }
}

void Mirror::forget()
{
    impl_->forget();
}

void Mirror::leave_runs()
{
    translating(impl_->database.file(), "leaving its runs", [&] { impl_->apply_alive({}); });
}

} // namespace circuitloom
