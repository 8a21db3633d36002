#include "core/formats/temporary_name.h"

#include <climits>

namespace circuitloom {

std::string temporary_stem(const std::filesystem::path& file, std::size_t added)
{
    std::string name = file.filename().string();
    if (name.size() + added <= NAME_MAX)
        return name;
    std::size_t end = NAME_MAX - added;
    while (end > 1 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80) // within a character
        --end;
    name.resize(end);
    return name;
}

std::string temporary_pattern(
    const std::filesystem::path& file, std::string_view ending, std::size_t added)
{
    const std::string stem
        = temporary_stem(file, random_part.size() + ending.size() + added);
    return (file.parent_path() / stem).string() + std::string(random_part) + std::string(ending);
}

} // namespace circuitloom
