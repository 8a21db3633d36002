#include "core/base/date_text.h"

#include <ctime>

namespace circuitloom {

std::string date_and_time(long long seconds)
{
    const std::time_t time = seconds;
    std::tm parts{};
    char text[64];
    if (gmtime_r(&time, &parts) == nullptr
        || std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) == 0)
        return "unknown";
    return text;
}

} // namespace circuitloom
