#pragma once

#include "core/run/worker.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace circuitloom {

/// What waits to be drained. Not synchronised.
///
/// Where nobody drains for long, a new StepDone takes the place of the one before it, so that the
/// queue does not grow with every step, and a new Answering takes the place of the one before. No
/// other message is ever dropped.
class MessageQueue
{
public:
    void push(WorkerMessage message);
    std::vector<WorkerMessage> take();

private:
    std::vector<WorkerMessage> messages_;
    std::optional<std::size_t> last_step_;
    std::optional<std::size_t> last_answering_;
};

} // namespace circuitloom
