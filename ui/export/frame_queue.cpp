#include "ui/export/frame_queue.h"

#include <utility>

namespace circuitloom::ui {

bool FrameQueue::push(QImage frame)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || frames_.size() < most; });
    if (closed_)
        return false;
    frames_.push_back(std::move(frame));
    changed_.notify_all();
    return true;
}

std::optional<QImage> FrameQueue::pop()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !frames_.empty(); });
    if (frames_.empty())
        return {};
    QImage frame = std::move(frames_.front());
    frames_.pop_front();
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
