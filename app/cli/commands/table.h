#pragma once

#include "core/base/number_text.h"

#include <cstddef>
#include <string>
#include <vector>

namespace circuitloom {

/// Plain text in aligned columns, numbers to the right.
class Table
{
public:
    struct Column
    {
        std::string title;
        bool to_the_right = false;
    };

    explicit Table(std::vector<Column> columns);
    /// As many cells as there are columns.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    /// Every line, ended by a line feed.
    std::string text() const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Texts come from files: without control characters, which must not reach the terminal. A table
/// does so itself.
std::string printable(std::string text);

} // namespace circuitloom
