#pragma once

#include "core/base/precision.h"

#include <torch/types.h>

#include <string>
#include <string_view>

namespace circuitloom {

/// `auto` (CUDA where LibTorch has it and a GPU answers, else the CPU), `cpu` or `cuda`.
/// Throws InputError for anything else, and where CUDA is asked for and absent.
torch::Device pick_device(std::string_view wanted);

/// The type of numbers to compute in. Throws InputError where the device cannot compute in
/// bfloat16.
torch::Dtype compute_type(Precision precision, torch::Device device);

/// "CUDA" or "CPU · 2 threads".
std::string device_description(torch::Device device);

/// LibTorch's version, as in "1.13.1".
std::string torch_version();

} // namespace circuitloom
