#include "core/base/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace circuitloom {

namespace {

constexpr int most_decimals = 24;

template <class Number>
std::string read_back(Number number)
{
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, number);
    return { text, result.ptr };
}

} // namespace

std::string fixed(double number, int decimals)
{
    if (!std::isfinite(number))
        return std::isnan(number) ? "not a number" : "infinite";
    constexpr double most = 1e30;
    char room[64];
    const auto result = std::to_chars(room, room + sizeof room, std::clamp(number, -most, most),
        std::chars_format::fixed, std::min(decimals, most_decimals));
    const std::string text(room, result.ptr);
    // What rounds to zero has no sign.
    const bool all_zero = text.find_first_not_of("-0.") == std::string::npos;
    return text.front() == '-' && all_zero ? text.substr(1) : text;
}

std::string significant(double number, int digits)
{
    char room[64];
    const auto result = std::to_chars(room, room + sizeof room, number, std::chars_format::general,
        std::min(digits, most_decimals));
    return { room, result.ptr };
}

std::string signed_significant(double number, int digits)
{
    return (std::signbit(number) ? "" : "+") + significant(number, digits);
}

std::string percent(double share, int decimals)
{
    const std::string number = fixed(100 * share, decimals);
    return std::isfinite(share) ? number + " %" : number;
}

std::string short_percent(double share)
{
    const bool small = share > 0 && share < 0.0995;
    return percent(share, !small ? 0 : share < 0.001 ? 2 : 1);
}

std::string duration(double seconds)
{
    const auto whole = std::llround(std::clamp(seconds, 0.0, 1e9));
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

std::string short_duration(double seconds)
{
    return seconds < 1 ? fixed(1000 * seconds, 1) + " ms" : fixed(seconds, 2) + " s";
}

std::string shortest(double number)
{
    return read_back(number);
}

std::string shortest(float number)
{
    return read_back(number);
}

} // namespace circuitloom
