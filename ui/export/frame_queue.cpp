#include "ui/export/frame_queue.h"

#include <utility>

namespace circuitloom::ui {

bool FrameQueue::push(int number, QImage frame)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || number < next_ + ahead_; });
    if (closed_)
        return false;
    frames_.emplace(number, std::move(frame));
    changed_.notify_all();
    return true;
}

std::optional<QImage> FrameQueue::pop()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || frames_.contains(next_); });
    const auto next = frames_.find(next_);
    if (next == frames_.end())
        return {};
    QImage frame = std::move(next->second);
    frames_.erase(next);
    ++next_;
    changed_.notify_all();
    return frame;
}

void FrameQueue::close()
{
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

void FrameQueue::abandon()
{
    const std::lock_guard lock(mutex_);
    closed_ = true;
    frames_.clear();
    changed_.notify_all();
}

} // namespace circuitloom::ui
