#pragma once

#include <QString>

#include <filesystem>
#include <string_view>

namespace circuitloom::ui {

/// The name of a file as a text, and back. Names are bytes, and not always UTF-8: a byte that is not
/// is kept as a lone surrogate, U+DC00 and the byte, as Python does it, so that nothing is lost.
QString file_text(std::string_view name);
std::filesystem::path path_of(const QString& file);

} // namespace circuitloom::ui
