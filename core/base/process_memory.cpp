#include "core/base/process_memory.h"

#include <fstream>
#include <string>

namespace circuitloom {

namespace {

// A line of /proc such as "MemAvailable:   1234 kB", in bytes; 0 where there is none.
std::int64_t proc_bytes(const char* file, const std::string& field)
{
    std::ifstream stream(file);
    std::string name, unit;
    for (std::int64_t kilobytes = 0; stream >> name;) {
        if (name == field && stream >> kilobytes)
            return kilobytes * 1024;
        std::getline(stream, unit);
    }
    return 0;
}

} // namespace

std::int64_t total_memory()
{
    return proc_bytes("/proc/meminfo", "MemTotal:");
}

std::int64_t available_memory()
{
    return proc_bytes("/proc/meminfo", "MemAvailable:");
}

std::int64_t resident_memory()
{
    return proc_bytes("/proc/self/status", "VmRSS:");
}

std::int64_t peak_resident_memory()
{
    return proc_bytes("/proc/self/status", "VmHWM:");
}

void restart_peak_resident_memory()
{
    std::ofstream("/proc/self/clear_refs") << 5;
}

} // namespace circuitloom
