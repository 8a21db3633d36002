#pragma once

#include <string>

namespace circuitloom {

/// The sentence of a program that has nothing to show a window on: the environment names no display
/// of X11 or Wayland, or none of those that it (DISPLAY, WAYLAND_DISPLAY) and the command line
/// (-display) name lets a program in. Empty where one does, and where somebody chose something else
/// for Qt (QT_QPA_PLATFORM, -platform). Qt would end the program by abort(). Asked before
/// QApplication is made.
std::string missing_display(int argc, const char* const* argv);

} // namespace circuitloom
