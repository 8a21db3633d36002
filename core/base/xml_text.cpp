#include "core/base/xml_text.h"

#include "core/base/utf8.h"

namespace circuitloom {

namespace {

bool is_left_out(std::string_view character)
{
    return static_cast<unsigned char>(character.front()) < 0x20 || character == "\uFFFE"
        || character == "\uFFFF";
}

} // namespace

std::string xml_text(std::string_view bytes)
{
    std::string text;
    const std::string valid = valid_utf8(bytes);
    for (std::size_t at = 0; at < valid.size(); at += character_bytes(valid[at])) {
        const std::string_view character
            = std::string_view(valid).substr(at, character_bytes(valid[at]));
        if (character == "&")
            text += "&amp;";
        else if (character == "<")
            text += "&lt;";
        else if (character == ">")
            text += "&gt;";
        else if (character == "\"")
            text += "&quot;";
        else if (!is_left_out(character))
            text += character;
    }
    return text;
}

} // namespace circuitloom
