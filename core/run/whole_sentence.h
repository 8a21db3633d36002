#pragma once

#include <string_view>

namespace circuitloom {

/// Whether what RunObserver::preparing() was told is a sentence on the run, and no work that goes on.
inline bool is_whole_sentence(std::string_view text)
{
    return text.ends_with('.') || text.ends_with('?');
}

} // namespace circuitloom
