#include "core/tasks/jsonl.h"

#include "core/base/error.h"
#include "core/formats/text_file.h"

namespace circuitloom {

namespace {

constexpr std::size_t max_line = std::size_t{ 16 } << 20;
constexpr std::size_t max_file = std::size_t{ 1 } << 30;

// What many tools write where this project wants one object a line: a list of them.
void for_each_in_list(const nlohmann::json& list, std::string_view origin,
    const std::function<void(const JsonObject&)>& use)
{
    for (std::size_t i = 0; i < list.size(); ++i)
        use(JsonObject(list[i], std::string(origin) + "[" + std::to_string(i) + "]"));
}

} // namespace

void for_each_json_line(std::string_view jsonl, std::string_view origin,
    const std::function<void(const JsonObject&)>& use)
{
    const std::size_t first = jsonl.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && jsonl[first] == '[') {
        for_each_in_list(parse_json(jsonl, origin), origin, use);
        return;
    }
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < jsonl.size();) {
        const std::size_t end = std::min(jsonl.find('\n', begin), jsonl.size());
        const std::string_view line = jsonl.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const std::string where = std::string(origin) + ":" + std::to_string(number);
        if (line.size() > max_line)
            throw InputError(where + ": the line has " + std::to_string(line.size())
                + " bytes; at most " + std::to_string(max_line) + " are read.");
        const nlohmann::json json = parse_json(line, where);
        use(JsonObject(json, where));
    }
}

std::string read_text_source(const std::filesystem::path& file)
{
    return read_text_file(file, max_file);
}

std::string json_line(const nlohmann::ordered_json& object)
{
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace circuitloom
