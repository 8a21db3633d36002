#pragma once

#include "core/base/error.h"

#include <string_view>

namespace circuitloom {

/// Numbers of a model that are no longer finite. The same settings, files and seed come to it
/// again.
class Diverged : public Error
{
public:
    /// `what` begins the sentence, as in "The loss of step 4 is no longer finite".
    explicit Diverged(std::string_view what);
};

/// Whether what a failed run left as its message is that of a Diverged.
bool says_diverged(std::string_view message);

} // namespace circuitloom
