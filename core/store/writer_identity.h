#pragma once

#include <cstdint>
#include <string>

namespace circuitloom {

/// Which process writes a run. A process id alone is used again after a while; with the process's
/// start time and the machine's boot it is unique, and nothing has to be released: after kill -9
/// there is simply no such process any more.
struct WriterIdentity
{
    std::int64_t process = 0;
    std::int64_t started = 0; ///< clock ticks from the boot to the start of the process
    std::string boot; ///< changes with every boot, and from machine to machine
};

WriterIdentity this_process();
/// True while that very process runs on this machine. A file that came from elsewhere has no
/// living writer here.
bool is_alive(const WriterIdentity& writer);

} // namespace circuitloom
