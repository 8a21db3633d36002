#include "core/store/writer_identity.h"

#include <fstream>
#include <optional>
#include <sstream>

#include <unistd.h>

namespace circuitloom {

namespace {

std::string boot_id()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    file >> id;
    return id;
}

// Field 22 of /proc/PID/stat (proc(5)); empty where the process does not run. The command's name
// comes second, in parentheses, and may itself hold spaces and parentheses.
std::optional<std::int64_t> start_time(std::int64_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    if (!std::getline(file, line))
        return std::nullopt;
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos)
        return std::nullopt;
    std::istringstream fields(line.substr(name_end + 1));
    char state = 0;
    fields >> state;
    if (state == 'Z' || state == 'X') // killed, but its parent has not asked yet
        return std::nullopt;
    std::string skipped;
    for (int field = 4; field < 22; ++field)
        fields >> skipped;
    std::int64_t ticks = 0;
    return fields >> ticks ? std::optional(ticks) : std::nullopt;
}

} // namespace

WriterIdentity this_process()
{
    const auto process = static_cast<std::int64_t>(getpid());
    return { process, start_time(process).value_or(0), boot_id() };
}

bool is_alive(const WriterIdentity& writer)
{
    return writer.process > 0 && writer.boot == boot_id()
        && start_time(writer.process) == writer.started;
}

} // namespace circuitloom
