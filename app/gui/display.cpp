#include "app/gui/display.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr const char* what_needs_none
    = " circuitloom export and circuitloom report need none; from your own machine: "
      "circuitloom ssh://user@host/path/FILE.loom.\n";

/// Empty where it is not set.
std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// What follows an option by which Qt is told where to show windows; Qt takes two dashes too.
std::string option(int argc, const char* const* argv, std::string_view name)
{
    std::string value;
    for (int i = 1; i + 1 < argc; ++i) {
        std::string_view word = argv[i];
        if (word.starts_with("--"))
            word.remove_prefix(1);
        if (word == name)
            value = argv[++i];
    }
    return value;
}

/// The kinds of display that Qt will look for.
struct Wanted
{
    bool x11 = false;
    bool wayland = false;
    bool other = false; ///< what needs no display, or is not known here
};

/// As QT_QPA_PLATFORM has them: `xcb`, `wayland;xcb`, `offscreen`, `vnc:size=800x600`.
Wanted named(std::string_view platforms)
{
    Wanted wanted;
    while (!platforms.empty()) {
        const std::string_view one = platforms.substr(0, platforms.find(';'));
        platforms.remove_prefix(std::min(one.size() + 1, platforms.size()));
        const std::string_view name = one.substr(0, one.find(':'));
        if (name == "xcb")
            wanted.x11 = true;
        else if (name.starts_with("wayland"))
            wanted.wayland = true;
        else
            wanted.other = true;
    }
    return wanted;
}

/// Asks the library that Qt's own plugin asks, which knows every way to a server, and whether it
/// takes this user's key. Without the library it is left to Qt.
bool x11_answers(const std::string& display)
{
    struct Connection;
    using Connect = Connection* (*)(const char*, int*);
    using HasError = int (*)(Connection*);
    using Disconnect = void (*)(Connection*);
    void* library = dlopen("libxcb.so.1", RTLD_NOW | RTLD_LOCAL); // not closed: Qt needs it next
    if (!library)
        return true;
    const auto connect = reinterpret_cast<Connect>(dlsym(library, "xcb_connect"));
    const auto has_error = reinterpret_cast<HasError>(dlsym(library, "xcb_connection_has_error"));
    const auto disconnect = reinterpret_cast<Disconnect>(dlsym(library, "xcb_disconnect"));
    if (!connect || !has_error || !disconnect)
        return true;
    Connection* connection = connect(display.c_str(), nullptr);
    const bool answers = has_error(connection) == 0;
    disconnect(connection);
    return answers;
}

bool wayland_answers()
{
    if (!environment("WAYLAND_SOCKET").empty()) // inherited open, and taken by who connects
        return true;
    std::string path = environment("WAYLAND_DISPLAY");
    if (path.empty())
        path = "wayland-0";
    if (!path.starts_with('/'))
        path = environment("XDG_RUNTIME_DIR") + "/" + path;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return true;
    const bool answers
        = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return answers;
}

} // namespace

std::string missing_display(int argc, const char* const* argv)
{
    std::string display = option(argc, argv, "-display");
    if (display.empty())
        display = environment("DISPLAY");
    std::string platforms = option(argc, argv, "-platform");
    if (platforms.empty())
        platforms = environment("QT_QPA_PLATFORM");
    // Qt looks for Wayland's usual socket in such a session, though no variable names it.
    const bool has_wayland = !environment("WAYLAND_DISPLAY").empty()
        || !environment("WAYLAND_SOCKET").empty() || environment("XDG_SESSION_TYPE") == "wayland";
    Wanted wanted{ .x11 = !display.empty(), .wayland = has_wayland };
    if (!platforms.empty())
        wanted = named(platforms);
    if (wanted.other || (wanted.wayland && wayland_answers()))
        return {};
    if (wanted.x11 && !display.empty()) {
        if (x11_answers(display))
            return {};
        return "circuitloom: the display " + display
            + " does not answer, or does not let this user in." + what_needs_none;
    }
    if (!wanted.wayland)
        return std::string("circuitloom: there is no display.") + what_needs_none;
    return std::string("circuitloom: no Wayland display answers.") + what_needs_none;
}

} // namespace circuitloom
