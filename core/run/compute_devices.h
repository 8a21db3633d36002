#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom {

/// Something this program can compute on.
struct ComputeDevice
{
    std::string name; ///< as `device` names it: "cpu", "cuda:0"
    std::string what; ///< "NVIDIA H200", or the processor's own name
    int threads = 0; ///< of the processor; 0 of a card
    std::int64_t bytes = 0; ///< of memory in all
    std::int64_t free = 0; ///< of memory now
    std::string capability; ///< of a card, as in "9.0"; empty of the processor
};

/// What can be computed on? Asks of no model.
struct DevicesQuestion
{
};

struct Devices
{
    std::vector<ComputeDevice> all; ///< the processor first
    std::string chosen; ///< the name of the one that `auto` takes
    std::string why; ///< it is that one, in a sentence
};

/// The one that `device` (as device_choice() reads it) stands for; null where it is not there.
const ComputeDevice* device_named(const Devices& devices, const std::string& device);

} // namespace circuitloom
