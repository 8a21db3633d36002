#include "core/run/divergence.h"

#include <string>

namespace circuitloom {

namespace {

constexpr std::string_view advice
    = ": the training has diverged. Lower optimizer.learning_rate or raise optimizer.warm_up.";

} // namespace

Diverged::Diverged(std::string_view what)
    : Error(std::string(what) + std::string(advice))
{
}

bool says_diverged(std::string_view message)
{
    return message.ends_with(advice);
}

} // namespace circuitloom
