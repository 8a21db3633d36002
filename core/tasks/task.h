#pragma once

#include <cstdint>
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

/// What follows a text, as token ids of one tokenizer.
struct TokenAnswer
{
    std::int32_t target = 0;
    std::int32_t alternative = 0;
    bool operator==(const TokenAnswer&) const = default;
};

struct TaskExample
{
    std::string text;
    std::vector<TaskSpan> spans;
    std::optional<std::string> corrupted;
    std::optional<TokenAnswer> answer = {}; ///< after the text, in place of spans
    bool operator==(const TaskExample&) const = default;
};

/// Something that was left out of a task, and why.
struct LeftOut
{
    std::string where; ///< as in `file.jsonl:3` or `Example 3 (When Mary…), span 1`
    std::string reason;
    std::string sentence() const { return where + ": " + reason + "."; }
    bool operator==(const LeftOut&) const = default;
};

/// Records as for_each_record() finds them (records.h), in the project's own format (product.md,
/// "Files") or one of foreign_tasks.h; one format in a file. `left_out` gets every record or span
/// that makes no target, `unread`, with a question for a reason, every field of the project's own
/// format that has the name of none, but nearly that of one which is absent; other fields may be
/// there and are not read. Throws InputError naming `origin`, the line and the field.
std::vector<TaskExample> parse_task(std::string_view text, std::string_view origin,
    std::vector<LeftOut>* left_out = nullptr, std::vector<LeftOut>* unread = nullptr);
/// In the project's own format.
std::string to_jsonl(const std::vector<TaskExample>& examples);

/// A task file, a built-in `demo/NAME` (see core/demo/demo.h), or a ready-made task's name (see
/// generated_tasks()), whose examples are not checked against any tokenizer. Throws InputError,
/// also where a file is empty.
std::vector<TaskExample> load_task(std::string_view source,
    std::vector<LeftOut>* left_out = nullptr, std::vector<LeftOut>* unread = nullptr);

} // namespace circuitloom
