#include "core/base/thread_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace circuitloom {

void yield_to_window()
{
#ifdef __linux__
    constexpr int steps_below = 10;
    // Linux keeps a priority for each thread; 0 stands for the calling one.
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + steps_below);
#endif
}

} // namespace circuitloom
