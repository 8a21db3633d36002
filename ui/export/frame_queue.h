#pragma once

#include <QImage>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace circuitloom::ui {

/// Hands frames from the thread that paints them to the one that encodes them, few at a time.
class FrameQueue
{
public:
    /// Waits while the queue is full; false once it is closed.
    bool push(QImage frame);
    /// Waits while the queue is empty; none once it is closed and empty.
    std::optional<QImage> pop();
    /// No more frames: what is in the queue is still handed on.
    void close();
    /// No more frames, and none of those in the queue.
    void abandon();

private:
    static constexpr std::size_t most = 4;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<QImage> frames_;
    bool closed_ = false;
};

} // namespace circuitloom::ui
