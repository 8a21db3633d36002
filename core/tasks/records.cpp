#include "core/tasks/records.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/csv.h"
#include "core/formats/text_file.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace circuitloom {

namespace {

using Use = std::function<void(const nlohmann::json& value, const std::string& where)>;

constexpr std::size_t max_line = std::size_t{ 16 } << 20;
constexpr std::size_t max_file = std::size_t{ 1 } << 30;
constexpr const char* list_field = "prompts";

void for_each_in_list(const nlohmann::json& list, const std::string& where, const Use& use)
{
    for (std::size_t i = 0; i < list.size(); ++i)
        use(list[i], where + "[" + std::to_string(i) + "]");
}

// What an object of the text stands for: itself, or the list of records in it.
void use_object(const nlohmann::json& value, const std::string& where, const Use& use)
{
    const JsonObject json(value, where);
    if (json.has(list_field)) {
        json.array(list_field);
        for_each_in_list(json.at(list_field), json.where() + ": " + list_field, use);
        return;
    }
    if (json.has("nodes") && json.has("edges"))
        throw InputError(json.where()
            + ": this is a circuit's graph, not a task or a suite; give it with --circuit.");
    use(value, where);
}

void for_each_line(std::string_view text, std::string_view origin, const Use& use)
{
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const std::string where = std::string(origin) + ":" + std::to_string(number);
        if (line.size() > max_line)
            throw InputError(where + ": the line has " + std::to_string(line.size())
                + " bytes; at most " + std::to_string(max_line) + " are read.");
        const nlohmann::json json = parse_json(line, where);
        use_object(json, where, use);
    }
}

/// The text as one value; a fault in it is told with the line, as of a text in lines.
nlohmann::json parse_whole(std::string_view text, std::string_view origin)
{
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    const bool one_line = text.substr(0, last).find('\n') == std::string_view::npos;
    return parse_json(text, std::string(origin) + (one_line ? ":1" : ""));
}

/// Whether the text is one object that is written over several lines, as programs indent it.
bool is_one_object(std::string_view text, std::size_t first)
{
    // SQuAD's files are one object of tens of megabytes on a single line.
    if (text.substr(first, 4096).find("\"data\"") != text.npos
        && text.find('\n', first) >= text.size() - 1)
        return true;
    const std::string_view line = text.substr(first, text.find('\n', first) - first);
    const std::size_t last = line.find_last_not_of(" \t\r");
    return line[last] == '{' || line[last] == '[' || line[last] == ',';
}

// MMLU's columns: a question, four answers and the letter of the right one.
bool is_mmlu_row(const CsvRecord& record)
{
    const std::string& last = record.fields.back();
    return record.fields.size() == 6 && last.size() == 1 && last[0] >= 'A' && last[0] <= 'D';
}

void for_each_row(std::string_view text, std::string_view origin, const Use& use)
{
    const char separator = csv_separator(text.substr(0, text.find('\n')));
    const std::vector<CsvRecord> records = parse_csv(text, separator, origin);
    if (records.empty())
        throw InputError(std::string(origin) + " has no records.");
    const bool is_mmlu = is_mmlu_row(records.front());
    const std::vector<std::string> columns = is_mmlu
        ? std::vector<std::string>{ "question", "A", "B", "C", "D", "answer" }
        : records.front().fields;
    if (columns.size() < 2)
        throw InputError(std::string(origin)
            + " is neither JSON, one object a line, nor a table whose first line names its columns.");
    if (!is_mmlu && records.size() == 1)
        throw InputError(std::string(origin)
            + " has one line, which is not JSON; were it the names of a table's columns, rows "
              "would follow.");
    std::set<std::string_view> names;
    for (const std::string& column : columns)
        if (!column.empty() && !names.insert(column).second)
            throw InputError(
                std::string(origin) + ": the column " + for_message(column) + " comes twice.");
    for (std::size_t row = is_mmlu ? 0 : 1; row < records.size(); ++row) {
        const CsvRecord& record = records[row];
        const std::string where = std::string(origin) + ":" + std::to_string(record.line);
        if (record.fields.size() != columns.size())
            throw InputError(where + ": the row has " + std::to_string(record.fields.size())
                + " values, but there are " + std::to_string(columns.size()) + " columns.");
        nlohmann::json object = nlohmann::json::object();
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!columns[i].empty() && !record.fields[i].empty())
                object[columns[i]] = record.fields[i];
        use(object, where);
    }
}

} // namespace

void for_each_record(std::string_view text, std::string_view origin, const Use& use)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return;
    if (text[first] == '[') {
        for_each_in_list(parse_whole(text, origin), std::string(origin), use);
    } else if (text[first] != '{') {
        for_each_row(text, origin, use);
    } else if (is_one_object(text, first)) {
        const nlohmann::json json = parse_whole(text, origin);
        use_object(json, std::string(origin), use);
    } else {
        for_each_line(text, origin, use);
    }
}

std::int64_t record_integer(
    const JsonObject& record, const char* field, std::int64_t least, std::int64_t most)
{
    const nlohmann::json& value = record.at(field);
    if (!value.is_string())
        return record.integer(field, least, most);
    std::string_view text = value.get_ref<const std::string&>();
    if (text.ends_with(".0")) // as pandas writes it in a column with gaps
        text.remove_suffix(2);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
        record.fail(field,
            "is " + std::string(text) + "; it must be a whole number from " + std::to_string(least) + " to "
                + std::to_string(most));
    return number;
}

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
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
