#include "core/run/message_queue.h"

#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t most_with_every_step = 4096; // messages; minutes of an ordinary run

} // namespace

void MessageQueue::push(WorkerMessage message)
{
    if (std::holds_alternative<message::StepDone>(message)) {
        if (last_step_ && messages_.size() >= most_with_every_step) {
            messages_.erase(messages_.begin() + static_cast<std::ptrdiff_t>(*last_step_));
            if (last_answering_ && *last_answering_ > *last_step_)
                --*last_answering_;
        }
        last_step_ = messages_.size();
    }
    if (std::holds_alternative<message::Answering>(message)) {
        if (last_answering_) {
            messages_[*last_answering_] = std::move(message);
            return;
        }
        last_answering_ = messages_.size();
    }
    messages_.push_back(std::move(message));
}

std::vector<WorkerMessage> MessageQueue::take()
{
    last_step_.reset();
    last_answering_.reset();
    return std::exchange(messages_, {});
}

} // namespace circuitloom
