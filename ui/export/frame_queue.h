#pragma once

#include <QImage>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>

namespace circuitloom::ui {

/// Hands frames from the threads that paint them, in whatever order, to the one that encodes them,
/// in the film's order and few at a time.
class FrameQueue
{
public:
    /// `ahead`: how many frames may wait.
    explicit FrameQueue(int ahead)
        : ahead_(ahead)
    {
    }

    /// Waits until the frame's turn is near; false once the queue is closed.
    bool push(int number, QImage frame);
    /// Waits for the next frame; none once the queue is closed and does not have it.
    std::optional<QImage> pop();
    /// No more frames: what is in the queue is still handed on.
    void close();
    /// No more frames, and none of those in the queue.
    void abandon();

private:
    int ahead_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<int, QImage> frames_;
    int next_ = 0;
    bool closed_ = false;
};

} // namespace circuitloom::ui
