#include "core/store/run_process.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/run_rows.h"

namespace circuitloom {

WriterIdentity process_in_training(const std::filesystem::path& file, RunId run)
{
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    return translating(file, "looking who trains a run", [&] {
        SQLite::Statement query(database.sqlite(),
            "SELECT state, writer_process, writer_started, writer_boot FROM run WHERE run_id = ?");
        query.bind(1, run.value);
        const std::string name = "run " + std::to_string(run.value);
        if (!query.executeStep())
            throw InputError(file.string() + " has no " + name + ".");
        const std::string state = query.getColumn(0).getString();
        const WriterIdentity writer = writer_of(query);
        if ((state != "running" && state != "paused") || !is_alive(writer))
            throw InputError("No process trains " + name + " of " + file.string() + " any more.");
        return writer;
    });
}

bool trains_in(const std::filesystem::path& file, std::int64_t process)
{
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    return translating(file, "looking who trains in it", [&] {
        SQLite::Statement query(database.sqlite(),
            "SELECT writer_process, writer_started, writer_boot FROM run WHERE writer_process = ?");
        query.bind(1, process);
        while (query.executeStep())
            if (is_alive(writer_of(query)))
                return true;
        return false;
    });
}

} // namespace circuitloom
