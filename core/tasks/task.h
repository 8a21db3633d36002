#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The characters [start, end) of an example's text are the target; `alternative` competes.
struct TaskSpan
{
    int start = 0; ///< in Unicode characters
    int end = 0;
    std::optional<std::string> alternative;
    bool operator==(const TaskSpan&) const = default;
};

struct TaskExample
{
    std::string text;
    std::vector<TaskSpan> spans;
    std::optional<std::string> corrupted;
    bool operator==(const TaskExample&) const = default;
};

/// One JSON object a line (product.md, "Files"). Throws InputError naming `origin`, the line and
/// the field. Blank lines are skipped.
std::vector<TaskExample> parse_task(std::string_view jsonl, std::string_view origin);
std::string to_jsonl(const std::vector<TaskExample>& examples);

/// A task file, or a built-in `demo/NAME` (see demo::task_names()). Throws InputError.
std::vector<TaskExample> load_task(std::string_view source);

} // namespace circuitloom
