#pragma once

#include "core/base/precision.h"

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace circuitloom {

/// The device of a word that device_choice() reads: `auto` is the card with the most free memory,
/// the processor where LibTorch finds none. Throws InputError for any other word, and where a card
/// is asked for that is not there, with the reason.
torch::Device pick_device(std::string_view wanted);

/// How many cards LibTorch can compute on.
int usable_cards();
/// Why it is none, in a sentence that says what to do; the second from what is known: the CUDA that
/// LibTorch was built for and the newest one that the driver understands (13020 is 13.2; 0: none),
/// and how many cards the driver shows.
std::string why_no_card();
std::string why_no_card(int libtorch, bool driver_installed, int driver, int cards);

/// The type of numbers to compute in. Throws InputError where the device cannot compute in
/// bfloat16.
torch::Dtype compute_type(Precision precision, torch::Device device);

/// Bytes that the device could still give: of main memory what the system calls available, of a
/// card what is free.
std::int64_t free_memory(torch::Device device);

/// "cuda:0 (NVIDIA H200)" or "CPU · 2 threads".
std::string device_description(torch::Device device);

/// LibTorch's version, as in "1.13.1".
std::string torch_version();

} // namespace circuitloom
