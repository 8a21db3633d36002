#pragma once

#include "core/tasks/task.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace circuitloom::testing {

/// What tiny_configuration() reads: task.jsonl, suite.jsonl and text.txt in `folder`.
inline void write_tiny_task(const std::filesystem::path& folder)
{
    std::vector<TaskExample> examples;
    for (const char* first : { "ab", "cd", "ef", "gh", "ij", "kl" })
        for (const char* second : { "mn", "op", "qr" }) {
            const std::string text = std::string(first) + second + "x";
            const int end = static_cast<int>(text.size());
            examples.push_back({ text, { { end - 1, end, "y" } }, {} });
        }
    std::ofstream(folder / "task.jsonl") << to_jsonl(examples);
    std::ofstream(folder / "suite.jsonl")
        << "{\"prompt\": \"abmn\", \"choices\": [\"x\", \"y\"], \"answer\": 0}\n";
    std::ofstream(folder / "text.txt") << "abcdefghijklmnopqrstuvwxyz";
}

} // namespace circuitloom::testing
