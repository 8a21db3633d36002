#include "core/model/cuda_driver.h"

#include <array>
#include <dlfcn.h>

namespace circuitloom {

namespace {

// The driver's functions return 0 where all is well; the numbers are those of its public header.
constexpr int capability_major = 75;
constexpr int capability_minor = 76;

template <class... Arguments>
bool call(void* library, const char* name, Arguments... arguments)
{
    void* found = ::dlsym(library, name);
    return found != nullptr && reinterpret_cast<int (*)(Arguments...)>(found)(arguments...) == 0;
}

} // namespace

CudaDriver::CudaDriver()
    : library_(::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL))
{
    if (library_ == nullptr)
        return;
    call(library_, "cuDriverGetVersion", &version_);
    if (!call(library_, "cuInit", 0U) || !call(library_, "cuDeviceGetCount", &cards_))
        cards_ = 0;
}

CudaDriver::Card CudaDriver::card(int number) const
{
    Card card;
    int handle = 0;
    if (library_ == nullptr || !call(library_, "cuDeviceGet", &handle, number))
        return card;
    std::array<char, 256> name{};
    if (call(library_, "cuDeviceGetName", name.data(), static_cast<int>(name.size() - 1), handle))
        card.name = name.data();
    std::size_t bytes = 0;
    if (call(library_, "cuDeviceTotalMem_v2", &bytes, handle))
        card.bytes = static_cast<std::int64_t>(bytes);
    call(library_, "cuDeviceGetAttribute", &card.major, capability_major, handle);
    call(library_, "cuDeviceGetAttribute", &card.minor, capability_minor, handle);
    return card;
}

int cuda_of_libtorch()
{
    // LibTorch loads the CUDA runtime; a build without CUDA has no header for it.
    int version = 0;
    call(RTLD_DEFAULT, "cudaRuntimeGetVersion", &version);
    return version;
}

} // namespace circuitloom
