#include "core/store/mirror.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/store/database.h"
#include "core/store/mirror_message.h"
#include "core/store/mirror_rows.h"
#include "core/store/mirror_stands.h"
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

constexpr std::size_t buffered_bytes = 64 << 20; // of memory
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// Rows that what came builds on are gone from this file.
struct RowsLost
{
};

/// A message that waits for its transaction.
struct Waiting
{
    Json message;
    std::string name;
};

} // namespace

struct Mirror::Impl
{
    Impl(LoomDatabase opened)
        : database(std::move(opened))
        , rows(database.sqlite())
        , stands(database.sqlite())
    {
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
        if (!transaction) {
            transaction.emplace(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
            if (stands.lost_rows()) // nobody can delete any from here on
                throw RowsLost();
        }
        for (const Waiting& one : waiting)
            apply(one);
        waiting.clear();
        bytes = 0;
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
        const Json& have = object.at("have");
        std::vector<std::int64_t> alive;
        for (const Json& run : object.array("alive")) {
            const Json one{ { "alive", run } };
            alive.push_back(JsonObject(one, name).integer("alive", 0, most));
        }
        apply_waiting();
        stands.apply(have, name);
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
    MirrorStands stands;
    std::vector<Waiting> waiting;
    std::size_t bytes = 0; ///< of memory, of what waits
    std::optional<SQLite::Transaction> transaction; ///< where more came than memory should hold
};

Mirror::Mirror(const std::filesystem::path& file, const std::string& origin)
{
    impl_ = translating(file, "opening the mirror", [&] {
        LoomDatabase database = LoomDatabase::open_for_writing(file);
        hold_mirror(database, origin);
        return std::make_unique<Impl>(std::move(database));
    });
}

Mirror::~Mirror()
{
    try {
        forget();
        leave_runs();
        leave_mirror(impl_->database);
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
        request.have = impl_->stands.read();
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

Taken Mirror::take(Json message, const std::string& name)
{
    try {
        const std::string type = require_known_fields(message, name);
        if (type == "commit") {
            impl_->commit(message, name);
            return Taken::stored;
        }
        impl_->bytes += memory_of(message);
        impl_->waiting.push_back({ std::move(message), name });
        if (impl_->transaction || impl_->bytes > buffered_bytes)
            impl_->apply_waiting();
        return Taken::waits;
    } catch (const RowsLost&) {
        forget();
        return Taken::in_vain;
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

bool Mirror::lost_rows()
{
    return translating(impl_->database.file(), "looking whether rows were deleted",
        [&] { return !impl_->transaction && impl_->stands.lost_rows(); });
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
