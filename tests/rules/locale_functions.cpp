#include "tests/rules/locale_functions.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>
#include <stdexcept>

namespace circuitloom::rules {

namespace {

void add_calls(const std::string& name, const std::filesystem::path& file,
    std::vector<std::string>& all)
{
    static const std::regex reads("\\b(stod|stof|stold|strtod|strtof|strtold|atof|[fs]?scanf)\\s*\\(");
    static const std::regex prints("\\b([fs]?printf|v?snprintf)\\s*\\(.*%[-+ #0-9.*]*[aAeEfFgG]");
    std::ifstream stream(file);
    if (!stream)
        throw std::runtime_error(file.string() + " cannot be read.");
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        std::smatch found;
        const bool read = std::regex_search(line, found, reads);
        if (read || std::regex_search(line, found, prints))
            all.push_back(name + ":" + std::to_string(number) + ": " + found[1].str()
                + (read ? "() reads" : "() writes") + " numbers by the user's locale");
    }
}

} // namespace

std::vector<std::string> by_the_locale(const std::filesystem::path& root)
{
    std::vector<std::string> all;
    for (const char* part : std::array{ "core", "ui", "app" }) {
        if (!std::filesystem::exists(root / part))
            continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / part)) {
            const std::string suffix = entry.path().extension().string();
            if (entry.is_regular_file() && (suffix == ".cpp" || suffix == ".h"))
                add_calls(entry.path().lexically_relative(root).generic_string(), entry.path(), all);
        }
    }
    std::ranges::sort(all);
    return all;
}

} // namespace circuitloom::rules
