#pragma once

#include <cstddef>
#include <cstdint>

struct sqlite3;

namespace circuitloom {

/// Bounds what one call may cost by the size of the file: a crafted B-tree can lead a query round
/// the same pages for ever, and hand out the same value any number of times.
///
/// Exhausted, it makes the running statement fail with SQLITE_INTERRUPT.
class WorkBudget
{
public:
    /// Watches the statements of `connection`, which must outlive it.
    WorkBudget(sqlite3* connection, std::uintmax_t file_bytes);
    ~WorkBudget();
    WorkBudget(const WorkBudget&) = delete;
    WorkBudget& operator=(const WorkBudget&) = delete;

    /// Starts a new call on a file of this size.
    void renew(std::uintmax_t file_bytes);
    /// False once more memory was asked for than a file of this size can justify.
    bool allows(std::size_t more_bytes);
    /// Lets the connection run without bounds.
    void release();

private:
    static int tick(void* budget);

    sqlite3* connection_;
    std::uintmax_t ticks_left_ = 0;
    std::uintmax_t bytes_left_ = 0;
};

} // namespace circuitloom
