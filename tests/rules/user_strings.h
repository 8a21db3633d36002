#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom::rules {

/// A line for every text in ui/ under `root` that a widget, an action or an exception is given
/// without going through tr() or translate(), as in
/// "ui/panel.cpp:3: setText: \"Hello\" does not go through tr()". It sees literals that stand in
/// the call itself; texts without two letters in a row are none.
std::vector<std::string> untranslated(const std::filesystem::path& root);

} // namespace circuitloom::rules
