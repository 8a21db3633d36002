#include "core/store/creation.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/schema.h"

#include <SQLiteCpp/Transaction.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int error)
{
    throw ResourceError(file.string() + " cannot be made: " + std::strerror(error) + ".");
}

/// A new, empty file beside `file`, gone with its maker.
class UnfinishedFile
{
public:
    explicit UnfinishedFile(const std::filesystem::path& file)
        : name_(file.string() + ".XXXXXX.part")
    {
        const int descriptor = ::mkstemps(name_.data(), sizeof ".part" - 1);
        if (descriptor < 0)
            refuse(file, errno);
        ::close(descriptor);
    }
    ~UnfinishedFile()
    {
        std::error_code ignored;
        for (const char* suffix : { "", "-wal", "-shm", "-journal" })
            std::filesystem::remove(name_ + suffix, ignored);
    }
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& name() const { return name_; }

private:
    std::string name_;
};

void fill(const std::string& name)
{
    SQLite::Database database(name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::EXCLUSIVE);
    migrate(database, 0);
    transaction.commit();
    // Set here, it need not be changed while others have the file open, which can fail at once.
    database.exec("PRAGMA journal_mode = WAL");
}

// mkstemps() lets the owner alone read.
void share_as_new_files_are(const std::string& name)
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    std::error_code ignored;
    std::filesystem::permissions(name, static_cast<std::filesystem::perms>(0666 & ~mask), ignored);
}

} // namespace

void create_experiment_file(const std::filesystem::path& file)
{
    const UnfinishedFile unfinished(file);
    translating(file, "making it", [&] { fill(unfinished.name()); });
    share_as_new_files_are(unfinished.name());
    if (::link(unfinished.name().c_str(), file.c_str()) == 0 || errno == EEXIST)
        return;
    // Some file systems know no links.
    if (::access(file.c_str(), F_OK) != 0 && ::rename(unfinished.name().c_str(), file.c_str()) != 0)
        refuse(file, errno);
}

} // namespace circuitloom
