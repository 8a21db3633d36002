#include "app/gui/display.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace circuitloom {

namespace {

/// Empty where it is not set.
std::string_view environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// Whether `word` is an option by which Qt is told where to show windows; Qt takes two dashes too.
bool chooses(std::string_view word)
{
    if (word.starts_with("--"))
        word.remove_prefix(1);
    return word == "-platform" || word == "-display";
}

} // namespace

bool lacks_display(int argc, const char* const* argv)
{
    constexpr std::array names{ "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET" };
    if (std::ranges::any_of(names, [](const char* name) { return !environment(name).empty(); }))
        return false;
    // Qt looks for Wayland's usual socket in such a session, though no variable names it.
    if (environment("XDG_SESSION_TYPE") == "wayland")
        return false;
    return std::none_of(argv, argv + argc, chooses);
}

} // namespace circuitloom
