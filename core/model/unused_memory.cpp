#include "core/model/unused_memory.h"

#if CIRCUITLOOM_EMPTIES_DEVICE_CACHE
#include <c10/core/CachingDeviceAllocator.h>
#endif

#include <malloc.h>

namespace circuitloom {

namespace {

// A LibTorch that cannot be asked empties its cache by itself before it says that memory ran out.
void empty_cache([[maybe_unused]] torch::Device device)
{
#if CIRCUITLOOM_EMPTIES_DEVICE_CACHE
    if (device.is_cuda())
        c10::getDeviceAllocator(device.type())->emptyCache();
#endif
}

} // namespace

void release_unused_memory(torch::Device device)
{
    empty_cache(device);
    ::malloc_trim(0);
}

} // namespace circuitloom
