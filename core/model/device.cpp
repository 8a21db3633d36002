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

torch::Dtype compute_type(Precision precision, torch::Device device)
{
    if (precision == Precision::float64)
        return torch::kFloat64;
    if (precision == Precision::float32)
        return torch::kFloat32;
    try {
        // Tries the operations that a model needs, on tensors as small as possible.
        const auto x = torch::ones(
            { 1, 2, 2 }, torch::TensorOptions().device(device).dtype(torch::kBFloat16));
        const auto weight = torch::ones({ 2 }, x.options());
        torch::softmax(
            torch::matmul(torch::gelu(torch::layer_norm(x, { 2 }, weight, weight)), x), -1);
    } catch (const c10::Error&) {
        throw InputError("dtype is bfloat16, in which this device ("
            + std::string(device.is_cuda() ? "CUDA" : "CPU")
            + ") or this LibTorch cannot compute; choose float32.");
    }
    return torch::kBFloat16;
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
