#include "core/model/device.h"

#include "core/base/error.h"

#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/version.h>

namespace circuitloom {

torch::Device pick_device(std::string_view wanted)
{
    if (wanted == "cpu")
        return torch::kCPU;
    if (wanted != "auto" && wanted != "cuda")
        throw InputError(
            "device is \"" + std::string(wanted) + "\"; it must be auto, cpu or cuda.");
    if (torch::cuda::is_available())
        return torch::kCUDA;
    if (wanted == "cuda")
        throw InputError("device is \"cuda\", but this LibTorch finds no CUDA device; choose auto "
                         "or cpu, or build against a LibTorch with CUDA.");
    return torch::kCPU;
}

std::string device_description(torch::Device device)
{
    if (device.is_cuda())
        return "CUDA";
    const int threads = at::get_num_threads();
    return "CPU · " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

std::string torch_version()
{
    return TORCH_VERSION;
}

} // namespace circuitloom
