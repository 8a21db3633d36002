#include "app/gui/printed_text.h"

#include "app/cli/commands/whole_output.h"

#include <iostream>

namespace circuitloom {

int print_whole(const char* text)
{
    std::cout << text;
    return whole_output("circuitloom") ? 0 : 1;
}

} // namespace circuitloom
