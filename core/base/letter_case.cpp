#include "core/base/letter_case.h"

#include <algorithm>
#include <cctype>

namespace circuitloom {

bool begins_in_any_case(std::string_view text, std::string_view part)
{
    return text.size() >= part.size()
        && std::equal(part.begin(), part.end(), text.begin(), [](char wanted, char found) {
               return wanted == std::tolower(static_cast<unsigned char>(found));
           });
}

bool ends_in_any_case(std::string_view text, std::string_view part)
{
    return text.size() >= part.size()
        && begins_in_any_case(text.substr(text.size() - part.size()), part);
}

} // namespace circuitloom
