#include "core/run/compute_devices.h"

#include "core/run/device_choice.h"

#include <algorithm>

namespace circuitloom {

const ComputeDevice* device_named(const Devices& devices, const std::string& device)
{
    const auto choice = device_choice(device);
    if (!choice)
        return nullptr;
    std::string name = devices.chosen;
    if (choice->kind == DeviceChoice::Kind::processor)
        name = "cpu";
    else if (choice->kind == DeviceChoice::Kind::card)
        name = "cuda:" + std::to_string(choice->card);
    const auto found = std::ranges::find(devices.all, name, &ComputeDevice::name);
    return found == devices.all.end() ? nullptr : &*found;
}

} // namespace circuitloom
