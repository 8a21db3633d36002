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

bool is_under_way(RunState state)
{
    return state == RunState::running || state == RunState::paused;
}

std::string_view checkpoint_reason_name(CheckpointReason reason)
{
    switch (reason) {
    case CheckpointReason::every:
        return "every";
    case CheckpointReason::pause:
        return "pause";
    case CheckpointReason::stop:
        return "stop";
    case CheckpointReason::end:
        return "end";
    case CheckpointReason::best:
        return "best";
    case CheckpointReason::recent:
        return "recent";
    }
    return {};
}

} // namespace circuitloom
