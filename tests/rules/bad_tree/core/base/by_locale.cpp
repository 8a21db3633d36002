#include <cstdio>
#include <string>

double half(char* text, double number)
{
    std::snprintf(text, 16, "%.2f", number);
    return std::stod(text) / 2;
}
