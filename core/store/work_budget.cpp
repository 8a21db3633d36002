#include "core/store/work_budget.h"

#include <sqlite3.h>

namespace circuitloom {

namespace {

constexpr int instructions_per_tick = 10000;
constexpr std::uintmax_t instructions_per_byte = 16; // a row of ten bytes costs about thirty
constexpr std::uintmax_t least_instructions = 10'000'000;
constexpr std::uintmax_t memory_per_byte = 32; // a record against its row in the file
constexpr std::uintmax_t least_memory = 1 << 20;

} // namespace

WorkBudget::WorkBudget(sqlite3* connection, std::uintmax_t file_bytes)
    : connection_(connection)
{
    renew(file_bytes);
    sqlite3_progress_handler(connection_, instructions_per_tick, &WorkBudget::tick, this);
}

WorkBudget::~WorkBudget()
{
    release();
}

void WorkBudget::renew(std::uintmax_t file_bytes)
{
    ticks_left_ = (least_instructions + file_bytes * instructions_per_byte) / instructions_per_tick;
    bytes_left_ = least_memory + file_bytes * memory_per_byte;
}

bool WorkBudget::allows(std::size_t more_bytes)
{
    if (more_bytes > bytes_left_)
        return false;
    bytes_left_ -= more_bytes;
    return true;
}

void WorkBudget::release()
{
    sqlite3_progress_handler(connection_, 0, nullptr, nullptr);
}

int WorkBudget::tick(void* budget)
{
    auto& ticks = static_cast<WorkBudget*>(budget)->ticks_left_;
    if (ticks == 0)
        return 1;
    --ticks;
    return 0;
}

} // namespace circuitloom
