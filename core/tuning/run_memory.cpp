#include "core/tuning/run_memory.h"

#include "core/base/number_text.h"

namespace circuitloom {

namespace {

std::string gigabytes(std::int64_t bytes)
{
    return fixed(static_cast<double>(bytes) / 1e9, 1) + " GB";
}

// As in "the CPU has 8.0 GB free for each of the 2 processes there".
std::string free_of(std::int64_t available, const std::string& device, int sharers)
{
    return device + " has " + gigabytes(available) + " free"
        + (sharers > 1 ? " for each of the " + std::to_string(sharers) + " processes there"
                       : std::string());
}

// As in "run.batch=4, run.accumulate=2 and optimizer.kind=sgd".
std::string listed(std::span<const std::string> changes)
{
    std::string text;
    for (std::size_t i = 0; i < changes.size(); ++i)
        text += (i == 0 ? "" : i + 1 == changes.size() ? " and " : ", ") + changes[i];
    return text;
}

} // namespace

std::string too_large(std::int64_t needed, std::int64_t available, const std::string& device,
    int sharers, std::span<const std::string> changes)
{
    std::string text = "This run needs about " + gigabytes(needed)
        + " for weights, gradients, optimizer and passes, but "
        + free_of(available, device, sharers) + ". ";
    if (changes.empty())
        return text
            + "No smaller batch makes it fit; lower task.max_tokens, or choose a smaller model.";
    return text + "With " + listed(changes) + " it would fit.";
}

std::string needs_less_with(std::span<const std::string> changes)
{
    if (changes.empty())
        return "Lower task.max_tokens, or choose a smaller model; what the run stored is kept.";
    return "With " + listed(changes) + " a new run needs less; what this one stored is kept.";
}

std::string may_grow(
    std::int64_t most, std::int64_t available, const std::string& device, int sharers)
{
    return "If its circuits open all of the blocks in time, this run will need about "
        + gigabytes(most) + "; " + free_of(available, device, sharers)
        + ". It then ends with its latest checkpoint.";
}

} // namespace circuitloom
