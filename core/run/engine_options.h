#pragma once

#include <cstdint>

namespace circuitloom {

/// What an engine may use of the machine, as the user of the program wants it.
struct EngineOptions
{
    /// Bytes that the weights of models kept for further questions may take together; the model that
    /// was asked last is kept whatever it takes.
    std::int64_t model_cache_bytes = std::int64_t{ 1 } << 30;
};

} // namespace circuitloom
