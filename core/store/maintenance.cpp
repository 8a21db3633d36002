#include "core/base/error.h"
#include "core/store/backup.h"
#include "core/store/catalogue.h"
#include "core/store/database.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/unfinished_file.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace circuitloom {

namespace {

// Creates `file`, unless something is there already, without a moment in which another process
// could put something there.
void reserve(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
        ::close(descriptor);
        return;
    }
    if (errno == EEXIST)
        throw InputError(file.string() + " exists already.");
    throw ResourceError(file.string() + " cannot be created: " + std::strerror(errno) + ".");
}

void remove_quietly(const std::filesystem::path& file)
{
    for (const char* suffix : { "", "-wal", "-shm" }) {
        std::error_code ignored;
        std::filesystem::remove(file.string() + suffix, ignored);
    }
}

// What is about to be replaced must not be a file that somebody writes to.
void require_idle(const std::filesystem::path& file)
{
    const ExperimentReader reader(file);
    for (const RunSummary& run : reader.runs())
        if (is_under_way(run.state))
            throw InputError(file.string() + " cannot be replaced: its run "
                + std::to_string(run.id.value) + " is still going on.");
}

void set_text(const std::filesystem::path& file, RunId run, const std::string& column,
    const std::string& text)
{
    ExperimentReader(file).run(run); // is there
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, "writing a run's " + column, [&] {
        SQLite::Statement update(
            database.sqlite(), "UPDATE run SET " + column + " = ? WHERE run_id = ?");
        update.bind(1, text);
        update.bind(2, run.value);
        update.exec();
    });
}

} // namespace

void create_experiment(const std::filesystem::path& file)
{
    reserve(file);
    try {
        LoomDatabase::open_for_writing(file);
    } catch (...) {
        remove_quietly(file);
        throw;
    }
}

void copy_experiment(
    const std::filesystem::path& from, const std::filesystem::path& to, bool overwrite)
{
    LoomDatabase source = LoomDatabase::open_for_reading(from);
    std::error_code error;
    const bool exists = std::filesystem::exists(to, error);
    if (exists && std::filesystem::equivalent(from, to, error))
        throw InputError(to.string() + " is the file to be copied; choose another name.");
    if (exists && !overwrite)
        throw InputError(to.string() + " exists already.");
    if (exists)
        require_idle(to);

    // Written under another name first, so that a failure leaves whatever was there.
    const UnfinishedFile part(to);
    source.begin_call();
    translating(from, "copying it to " + to.string(), [&] { back_up(source, part.name()); });
    part.share();
    // The log of the file that is replaced must not be applied to the new one.
    for (const char* suffix : { "-wal", "-shm" })
        std::filesystem::remove(to.string() + suffix, error);
    std::filesystem::rename(part.name(), to, error);
    if (error)
        throw ResourceError(to.string() + " cannot be replaced: " + error.message() + ".");
}

void rename_run(const std::filesystem::path& file, RunId run, const std::string& name)
{
    set_text(file, run, "name", name);
}

void set_run_notes(const std::filesystem::path& file, RunId run, const std::string& text)
{
    set_text(file, run, "notes", text);
}

void delete_run(const std::filesystem::path& file, RunId run)
{
    if (is_under_way(ExperimentReader(file).run(run).state))
        throw InputError("Run " + std::to_string(run.value) + " of " + file.string()
            + " is going on; stop it before deleting it.");
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, "deleting a run", [&] {
        SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement statement(database.sqlite(), "DELETE FROM run WHERE run_id = ?");
        statement.bind(1, run.value);
        statement.exec();
        drop_unused_catalogues(database.sqlite());
        transaction.commit();
    });
}

} // namespace circuitloom
