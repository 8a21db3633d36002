#pragma once

#include <QString>

#include <string_view>

namespace circuitloom::ui {

/// What a text of the core's tables (titles of measures and settings, what a setting or a method
/// does, presets) is in the user's language; the text itself where it is none of those. The core
/// knows no Qt, so resources/translations/core_texts.h lists them for lupdate.
QString core_text(std::string_view text);
/// The same for a text whose end varies: "rebuilding the model of step 120" stands in the table as
/// "rebuilding the model of step %1".
QString core_text_with_end(std::string_view text);
/// The same for what an answer says that it is doing, perhaps with how far that is, as in "running
/// circuits (4 of 9)".
QString progress_text(std::string_view text);

} // namespace circuitloom::ui
