#include "core/base/counted.h"

namespace circuitloom {

std::string counted(std::size_t count, std::string_view one)
{
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

} // namespace circuitloom
