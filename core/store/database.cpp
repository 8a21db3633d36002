#include "core/store/database.h"

#include "core/base/error.h"
#include "core/base/file_presence.h"
#include "core/store/creation.h"
#include "core/store/journal.h"
#include "core/store/log_cleanup.h"
#include "core/store/schema.h"
#include "core/store/sqlite_name.h"
#include "core/store/upgrade.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace circuitloom {

namespace {

constexpr int reader_waits_ms = 1000;
constexpr std::uintmax_t largest_checked = 32 << 20;
constexpr int longest_value = 16 << 20;
constexpr int longest_log = 64 << 20; // that stays on disk; a large checkpoint makes it longer

void harden(SQLite::Database& database)
{
    sqlite3* handle = database.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, longest_value);
    database.exec("PRAGMA cell_size_check = ON");
    database.exec("PRAGMA foreign_keys = ON");
}

bool is_no_database(const SQLite::Exception& cause)
{
    return cause.getErrorCode() == SQLITE_NOTADB;
}

[[noreturn]] void refuse_foreign_file(const std::filesystem::path& file)
{
    throw InputError(file.string() + " is not a .loom file.");
}

bool holds_something(const std::filesystem::path& log)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(log, error);
    return !error && size > 0;
}

FileIdentity identity_of(const std::filesystem::path& file)
{
    struct stat status
    {
    };
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return { status.st_dev, status.st_ino };
}

// With the write-ahead log, which holds the newest commits.
std::uintmax_t bytes_on_disk(const std::filesystem::path& file)
{
    std::uintmax_t sum = 0;
    for (const std::filesystem::path& part : { file, std::filesystem::path(log_of(file)) }) {
        std::error_code error;
        const auto size = std::filesystem::file_size(part, error);
        if (!error)
            sum += size;
    }
    return sum;
}

// SQLite's check names the page of its first finding, as in "Tree 3 page 7: ..." or "Page 7: ...".
std::string damaged_page(std::string_view found)
{
    constexpr std::string_view word = "age ";
    const std::size_t at = found.find(word);
    if (at == std::string_view::npos)
        return {};
    std::string_view number = found.substr(at + word.size());
    number = number.substr(0, std::min(number.find_first_not_of("0123456789"), number.size()));
    return number.empty() || number.size() > 10 ? std::string()
                                                : " (first in its page " + std::string(number) + ")";
}

// A path as SQLite's URI syntax wants it.
std::string uri(const std::filesystem::path& file)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string escaped = "file://"; // of this machine, whatever the path begins with
    for (const char c : sqlite_name(file)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#') {
            escaped += '%';
            escaped += digits[byte >> 4];
            escaped += digits[byte & 15];
        } else {
            escaped += c;
        }
    }
    return escaped;
}

void require_regular_file(const std::filesystem::path& file)
{
    std::error_code error;
    if (!is_there(file))
        throw InputError("There is no file " + file.string() + ".");
    if (!std::filesystem::is_regular_file(file, error))
        throw InputError(file.string() + " is not a file.");
    if (::access(file.c_str(), R_OK) != 0)
        throw InputError(file.string() + " cannot be read: " + std::strerror(errno) + ".");
}

} // namespace

LoomDatabase::LoomDatabase(
    const std::filesystem::path& file, const std::string& name, int flags, int lock_wait_ms,
    std::unique_ptr<LogCleanup> cleanup)
    : file_(file)
    , cleanup_(std::move(cleanup))
    , sqlite_(name, flags, lock_wait_ms)
    , budget_(std::make_unique<WorkBudget>(sqlite_.getHandle(), bytes_on_disk(file)))
{
    harden(sqlite_);
    identity_ = identity_of(file);
}

bool LoomDatabase::is_in_place() const
{
    return identity_of(file_) == identity_;
}

LoomDatabase::LoomDatabase(LoomDatabase&&) = default;
LoomDatabase::~LoomDatabase() = default;

void LoomDatabase::withdraw_log()
{
    const std::filesystem::path log = log_of(file_);
    if (identity_of(log) != log_identity_)
        return;
    std::error_code ignored;
    std::filesystem::remove(log, ignored);
    std::filesystem::remove(shared_memory_of(file_), ignored);
}

void LoomDatabase::require_sound()
{
    // SQLite checks some hundred megabytes a second and cannot be interrupted.
    if (bytes_on_disk(file_) > largest_checked)
        return;
    const std::string found = translating(file_, "checking it",
        [&] { return sqlite_.execAndGet("PRAGMA quick_check(1)").getString(); });
    if (found != "ok")
        throw ResourceError(file_.string() + " is damaged: parts of it are missing or were overwritten"
            + damaged_page(found)
            + ". It stays as it is; open a whole copy of it, if there is one, or export what can still "
              "be read.");
}

void LoomDatabase::begin_call()
{
    if (!is_in_place())
        throw ResourceError(
            file_.string() + " was deleted or replaced since it was opened; open it again.");
    budget_->renew(bytes_on_disk(file_));
}

void LoomDatabase::charge(std::size_t bytes)
{
    if (!budget_->allows(bytes))
        throw ResourceError(file_.string() + " is damaged: it repeats itself without end.");
}

LoomDatabase LoomDatabase::open_for_reading(const std::filesystem::path& file)
{
    require_regular_file(file);
    const auto open = [&](const std::string& name, int flags) {
        LoomDatabase database(file, name, SQLite::OPEN_READONLY | flags, reader_waits_ms,
            flags == 0 ? std::make_unique<LogCleanup>(file) : nullptr);
        check_identity(database.sqlite_, file);
        check_schema(database.sqlite_, file);
        return database;
    };
    try {
        return open(sqlite_name(file), 0);
    } catch (const SQLite::Exception& cause) {
        if (is_no_database(cause))
            refuse_foreign_file(file);
        // Where the folder is read-only, SQLite cannot make its shared-memory file. Without a
        // write-ahead log beside it nobody is writing, so the file can be read as it is.
        const std::string log = log_of(file).string();
        const int code = cause.getErrorCode();
        const bool is_read_only = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
        if (is_read_only && !holds_something(log))
            return translating(file, "opening it",
                [&] { return open(uri(file) + "?immutable=1", SQLite::OPEN_URI); });
        if (is_read_only && ::access(log.c_str(), F_OK) == 0
            && ::access(file.parent_path().empty() ? "." : file.parent_path().c_str(), W_OK) != 0)
            throw ResourceError(file.string() + " was not closed in order: its newest data are in "
                + log + ", and to read them its folder must be writable. Copy both files to a folder "
                        "of your own and open the copy.");
        rethrow_as_resource_error(cause, file, "opening it");
    }
}

void LoomDatabase::check_for_writing(const std::filesystem::path& file)
{
    require_regular_file(file);
    if (::access(file.c_str(), W_OK) != 0)
        throw ResourceError(
            file.string() + " cannot be written to: " + std::strerror(errno) + ".");
    try {
        LoomDatabase database(file, sqlite_name(file), SQLite::OPEN_READONLY, reader_waits_ms,
            std::make_unique<LogCleanup>(file));
        if (is_blank(database.sqlite_))
            return;
        check_identity(database.sqlite_, file);
        check_schema(database.sqlite_, file);
    } catch (const SQLite::Exception& cause) {
        if (is_no_database(cause))
            refuse_foreign_file(file);
        rethrow_as_resource_error(cause, file, "opening it");
    }
}

LoomDatabase LoomDatabase::open_for_writing(const std::filesystem::path& file)
{
    if (is_there(file))
        require_regular_file(file);
    else
        create_experiment_file(file);
    try {
        LoomDatabase database(file, sqlite_name(file), SQLite::OPEN_READWRITE, writer_waits_ms);
        SQLite::Database& sqlite = database.sqlite_;
        if (!is_blank(sqlite)) {
            check_identity(sqlite, file);
            database.require_sound(); // writing to a damaged file could make it worse
        }
        set_journal(sqlite, file);
        sqlite.exec("PRAGMA journal_size_limit = " + std::to_string(longest_log));
        bring_up_to_date(sqlite, file);
        check_schema(sqlite, file);
        database.log_identity_ = identity_of(log_of(file));
        database.budget_->release();
        return database;
    } catch (const SQLite::Exception& cause) {
        if (is_no_database(cause))
            refuse_foreign_file(file);
        rethrow_as_resource_error(cause, file, "opening it for writing");
    }
}

void rethrow_as_resource_error(
    const SQLite::Exception& cause, const std::filesystem::path& file, const std::string& doing)
{
    const std::string where = " (while " + doing + ")";
    const int code = cause.getErrorCode();
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        if (const std::filesystem::path foreign = foreign_companion(file); !foreign.empty())
            throw ResourceError(file.string() + " cannot be written to" + where + ": "
                + foreign.string() + " beside it is another user's. It goes when that user closes "
                "the file; where nobody has it open, remove it.");
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw ResourceError(file.string() + " is locked by another program" + where
            + "; wait until that one has finished writing.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_INTERRUPT: // by the work budget
        throw ResourceError(file.string() + " is damaged" + where
            + ": parts of it are missing or were overwritten. Open a whole copy of it, if there is "
              "one.");
    case SQLITE_FULL:
        throw ResourceError("The disk is full: " + file.string() + " cannot grow" + where + ".");
    case SQLITE_READONLY:
        throw ResourceError(file.string() + " cannot be written to" + where + ".");
    case SQLITE_CONSTRAINT:
        throw ResourceError(
            file.string() + " is damaged" + where + ": what is in its tables does not fit together.");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        throw ResourceError(file.string() + " cannot be opened" + where
            + ": you may not read it, or its folder cannot be written to.");
    case SQLITE_IOERR:
        throw ResourceError("The disk failed to read or write " + file.string() + where + ".");
    case SQLITE_NOMEM:
        throw ResourceError("There is too little memory for " + file.string() + where + ".");
    case SQLITE_TOOBIG:
        throw ResourceError(file.string() + " has a value that is larger than "
            + std::to_string(longest_value >> 20) + " MB" + where + ".");
    default: // what the statements of this program cannot lead to in a sound file
        throw ResourceError(file.string() + " is no whole .loom file" + where
            + ": SQLite refuses it with the code " + std::to_string(cause.getExtendedErrorCode())
            + ".");
    }
}

} // namespace circuitloom
