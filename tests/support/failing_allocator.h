#pragma once

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <cstring>
#include <limits>

namespace circuitloom::testing {

/// While it lives, LibTorch's tensors on the processor come from its allocator as before, but those
/// that were asked to fail do so in the allocator's own words.
class FailingAllocator : public c10::Allocator
{
public:
    static constexpr long never = std::numeric_limits<long>::max();

    FailingAllocator()
        : real_(*c10::GetCPUAllocator())
    {
        c10::SetCPUAllocator(this, priority);
    }
    ~FailingAllocator() override { c10::SetCPUAllocator(&real_, priority); }
    FailingAllocator(const FailingAllocator&) = delete;
    FailingAllocator& operator=(const FailingAllocator&) = delete;

    /// The next allocations but `spared` fail, `failures` of them.
    void fail_after(long spared, long failures)
    {
        failures_ = 0; // another thread may be allocating
        seen_ = 0;
        failed_ = 0;
        spared_ = spared;
        failures_ = failures;
    }
    long seen() const { return seen_; } ///< allocations since fail_after()
    long failed() const { return failed_; }

    // LibTorch 1.13 asks for the first of these two, 2.x for the second and for copy_data().
    c10::DataPtr allocate(std::size_t bytes) const { return taken(bytes); }
    c10::DataPtr allocate(std::size_t bytes) { return taken(bytes); }
    void copy_data(void* to, const void* from, std::size_t bytes) const
    {
        std::memcpy(to, from, bytes);
    }
    c10::DeleterFnPtr raw_deleter() const override { return real_.raw_deleter(); }

private:
    c10::DataPtr taken(std::size_t bytes) const
    {
        if (seen_++ >= spared_ && claim_failure()) {
            ++failed_;
            TORCH_CHECK(false, "[enforce fail at alloc_cpu.cpp:75] . DefaultCPUAllocator: can't "
                               "allocate memory: you tried to allocate ", bytes, " bytes.");
        }
        return real_.allocate(bytes);
    }

    /// Whether this allocation is one of those to fail. Of two threads that ask at once for the last
    /// failure, one gets it.
    bool claim_failure() const
    {
        long left = failures_;
        while (left > 0 && !failures_.compare_exchange_weak(left, left - 1)) { }
        return left > 0;
    }

    static constexpr uint8_t priority = 255;
    c10::Allocator& real_;
    mutable std::atomic<long> seen_ = 0;
    mutable std::atomic<long> failed_ = 0;
    std::atomic<long> spared_ = never;
    mutable std::atomic<long> failures_ = 0; ///< still to come
};

} // namespace circuitloom::testing
