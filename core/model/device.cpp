#include "core/model/device.h"

#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/model/cuda_driver.h"
#include "core/run/device_choice.h"

#include <ATen/Parallel.h>
#include <c10/core/DeviceGuard.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <dlfcn.h>

namespace circuitloom {

namespace {

torch::Device card(int number)
{
    return { torch::kCUDA, static_cast<torch::DeviceIndex>(number) };
}

std::string version_text(int cuda)
{
    return std::to_string(cuda / 1000) + "." + std::to_string(cuda % 1000 / 10);
}

} // namespace

int usable_cards()
{
    return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
}

torch::Device pick_device(std::string_view wanted)
{
    const auto choice = device_choice(wanted);
    if (!choice)
        throw InputError("device is \"" + std::string(wanted) + "\"; it must be "
            + std::string(device_choices) + ".");
    const int cards = choice->kind == DeviceChoice::Kind::processor ? 0 : usable_cards();
    if (choice->kind == DeviceChoice::Kind::card) {
        if (cards == 0)
            throw InputError(
                "device is \"" + std::string(wanted) + "\". " + why_no_card() + " Or choose cpu.");
        if (choice->card >= cards)
            throw InputError("device is \"" + std::string(wanted) + "\", but the last card here is cuda:"
                + std::to_string(cards - 1) + ".");
        return card(choice->card);
    }
    if (cards == 0)
        return torch::kCPU;
    torch::Device most = card(0);
    for (int number = 1; number < cards; ++number)
        if (free_memory(card(number)) > free_memory(most))
            most = card(number);
    return most;
}

std::string why_no_card(int libtorch, bool driver_installed, int driver, int cards)
{
    if (libtorch == 0)
        return "This LibTorch computes on processors alone; to use an NVIDIA card, build with "
               "packaging/bootstrap.sh run --gpu.";
    const std::string built = "This LibTorch is built for CUDA " + version_text(libtorch);
    if (!driver_installed)
        return built + ", and there is no NVIDIA driver (libcuda.so.1) on this machine.";
    // Within a major version every driver serves every runtime.
    if (driver / 1000 < libtorch / 1000)
        return built + ", and the NVIDIA driver here knows CUDA up to " + version_text(driver)
            + "; update the driver, or set CIRCUITLOOM_TORCH to a LibTorch built for CUDA "
            + std::to_string(driver / 1000) + ".";
    if (cards == 0)
        return built + ", but the NVIDIA driver shows no card to this program; "
                       "CUDA_VISIBLE_DEVICES may hide it.";
    return built + ", and the NVIDIA driver shows a card, but LibTorch cannot use it; nvidia-smi "
                   "may say why.";
}

std::string why_no_card()
{
    const CudaDriver driver;
    return why_no_card(cuda_of_libtorch(), driver.installed(), driver.version(), driver.cards());
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

std::int64_t free_memory(torch::Device device)
{
    if (device.is_cuda()) {
        // LibTorch loads the CUDA runtime; a build without CUDA has no header for it.
        using MemoryInfo = int (*)(std::size_t*, std::size_t*);
        std::size_t available = 0;
        std::size_t total = 0;
        const c10::DeviceGuard of_this_card(device);
        if (void* found = ::dlsym(RTLD_DEFAULT, "cudaMemGetInfo"))
            if (reinterpret_cast<MemoryInfo>(found)(&available, &total) == 0)
                return static_cast<std::int64_t>(available);
    }
    return available_memory();
}

std::string device_description(torch::Device device)
{
    if (device.is_cuda())
        return device.str() + " (" + CudaDriver().card(device.index()).name + ")";
    const int threads = at::get_num_threads();
    return "CPU · " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

std::string torch_version()
{
    return TORCH_VERSION;
}

} // namespace circuitloom
