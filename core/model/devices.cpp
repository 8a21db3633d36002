#include "core/model/devices.h"

#include "core/base/process_memory.h"
#include "core/model/cuda_driver.h"
#include "core/model/device.h"

#include <ATen/Parallel.h>

#include <fstream>

namespace circuitloom {

namespace {

// Of the first of /proc/cpuinfo's lines that names it.
std::string processor_name()
{
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return "processor";
}

ComputeDevice card(const CudaDriver& driver, int number)
{
    const CudaDriver::Card found = driver.card(number);
    ComputeDevice device;
    device.name = "cuda:" + std::to_string(number);
    device.what = found.name;
    device.bytes = found.bytes;
    device.free = free_memory({ torch::kCUDA, static_cast<torch::DeviceIndex>(number) });
    device.capability = std::to_string(found.major) + "." + std::to_string(found.minor);
    return device;
}

} // namespace

Devices devices()
{
    ComputeDevice processor;
    processor.name = "cpu";
    processor.what = processor_name();
    processor.threads = at::get_num_threads();
    processor.bytes = total_memory();
    processor.free = available_memory();

    Devices found;
    found.all.push_back(std::move(processor));
    const CudaDriver driver;
    const int cards = usable_cards();
    for (int number = 0; number < cards; ++number)
        found.all.push_back(card(driver, number));
    found.chosen = pick_device("auto").str();
    if (cards == 0)
        found.why = why_no_card();
    else if (cards == 1)
        found.why = "It is the card that LibTorch can use.";
    else
        found.why = "It is the card with the most free memory.";
    return found;
}

} // namespace circuitloom
