#include "core/tuning/run_memory.h"

#include "core/base/error.h"

#include <cstdio>

namespace circuitloom {

namespace {

std::string gigabytes(std::int64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text;
}

} // namespace

std::string too_large(std::int64_t needed, std::int64_t available, const std::string& device,
    std::span<const std::string> changes)
{
    std::string text = "This run needs about " + gigabytes(needed)
        + " for weights, gradients, optimizer and passes, but " + device + " has "
        + gigabytes(available) + " free. ";
    if (changes.empty())
        return text
            + "No smaller batch makes it fit; lower task.max_tokens, or choose a smaller model.";
    text += "With ";
    for (std::size_t i = 0; i < changes.size(); ++i)
        text += (i == 0 ? "" : i + 1 == changes.size() ? " and " : ", ") + changes[i];
    return text + " it would fit.";
}

std::string may_grow(std::int64_t most, std::int64_t available, const std::string& device)
{
    return "If its circuits open all of the blocks in time, this run will need about "
        + gigabytes(most) + "; " + device + " has " + gigabytes(available)
        + " free. It then ends with its latest checkpoint.";
}

} // namespace circuitloom
