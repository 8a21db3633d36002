#pragma once

namespace circuitloom {

/// Whether Qt is left with nothing to show a window on: the environment names no display of X11 or
/// Wayland, and neither it (QT_QPA_PLATFORM) nor the command line (-platform, -display) chooses for
/// Qt. Qt would end the program by abort(). Asked before QApplication is made.
bool lacks_display(int argc, const char* const* argv);

/// The sentence of a program that ends for that reason.
inline constexpr const char* no_display
    = "circuitloom: there is no display. circuitloom export and circuitloom report need none; from "
      "your own machine: circuitloom ssh://user@host/path/FILE.loom.\n";

} // namespace circuitloom
