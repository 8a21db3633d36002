#pragma once

#include <string>

namespace circuitloom {

/// Without letters that Markdown takes for its own; what stands in backquotes stays.
std::string markdown_escaped(const std::string& text);

/// Paragraphs in lines of at most 100 bytes, as far as their words allow; all lines but the first
/// begin with `indent`. A line of `text` that two blanks begin stays one, as a listing.
std::string markdown_lines(const std::string& text, const std::string& indent);

} // namespace circuitloom
