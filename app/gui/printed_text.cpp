#include "app/gui/printed_text.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace circuitloom {

int print_whole(const char* text)
{
    if (std::fputs(text, stdout) >= 0 && std::fflush(stdout) == 0)
        return 0;
    std::fprintf(stderr, "circuitloom: The standard output could not be written to: %s.\n",
        std::strerror(errno));
    return 1;
}

} // namespace circuitloom
