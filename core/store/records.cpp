#include "core/store/records.h"

namespace circuitloom {

std::string_view run_state_name(RunState state)
{
    switch (state) {
    case RunState::running:
        return "running";
    case RunState::paused:
        return "paused";
    case RunState::finished:
        return "finished";
    case RunState::stopped:
        return "stopped";
    case RunState::failed:
        return "failed";
    case RunState::interrupted:
        return "interrupted";
    }
    return {};
}

} // namespace circuitloom
