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

void require_memory(std::int64_t needed, std::int64_t available, const std::string& device)
{
    if (available == 0 || needed <= available)
        return;
    throw InputError("This run needs about " + gigabytes(needed)
        + " for weights, gradients, optimizer and passes, but " + device + " has "
        + gigabytes(available)
        + " free. Lower run.batch or task.max_tokens (run.accumulate makes up for a smaller "
          "batch), or choose a smaller model.");
}

} // namespace circuitloom
