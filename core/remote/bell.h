#pragma once

#include <chrono>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace circuitloom {

/// A descriptor that any thread can make readable.
class Bell
{
public:
    Bell()
        : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }
    ~Bell() { ::close(descriptor_); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    int descriptor() const { return descriptor_; }
    void ring() const { ::eventfd_write(descriptor_, 1); }
    void silence() const
    {
        eventfd_t rung = 0;
        ::eventfd_read(descriptor_, &rung);
    }
    /// False where it was not rung in this time.
    bool wait(std::chrono::milliseconds time) const
    {
        pollfd one{ descriptor_, POLLIN, 0 };
        return ::poll(&one, 1, static_cast<int>(time.count())) > 0;
    }

private:
    int descriptor_;
};

} // namespace circuitloom
