#include "core/base/xml_text.h"

#include "core/base/utf8.h"

namespace circuitloom {

std::string xml_text(std::string_view bytes)
{
    std::string text;
    for (const char letter : valid_utf8(bytes)) {
        switch (letter) {
        case '&':
            text += "&amp;";
            break;
        case '<':
            text += "&lt;";
            break;
        case '>':
            text += "&gt;";
            break;
        case '"':
            text += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(letter) >= 0x20)
                text += letter;
        }
    }
    return text;
}

} // namespace circuitloom
