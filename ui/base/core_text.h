#pragma once

#include <QString>

#include <string_view>

namespace circuitloom::ui {

/// What a text of the core's tables (titles of measures and settings, what a setting or a method
/// does, presets) is in the user's language; the text itself where it is none of those. The core
/// knows no Qt, so resources/translations/core_texts.h lists them for lupdate.
QString core_text(std::string_view text);

} // namespace circuitloom::ui
