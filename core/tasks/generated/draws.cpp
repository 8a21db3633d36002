#include "core/tasks/generated/draws.h"

namespace circuitloom::generated {

TaskExample question(const std::string& prompt, const std::string& target,
    const std::string& alternative, const std::string& corrupted_prompt)
{
    const auto start = static_cast<int>(prompt.size());
    const auto end = start + static_cast<int>(target.size());
    return { prompt + target, { { start, end, alternative } }, corrupted_prompt + target };
}

std::string fill(std::string_view pattern,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values)
{
    std::string text(pattern);
    for (const auto& [key, value] : values) {
        const std::string place = "{" + std::string(key) + "}";
        for (std::size_t at = text.find(place); at != std::string::npos;
             at = text.find(place, at + value.size()))
            text.replace(at, place.size(), value);
    }
    return text;
}

std::string capitalised(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

} // namespace circuitloom::generated
