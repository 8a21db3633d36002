#pragma once

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

/// Numbers and times as the tables write them.
std::string fixed(double number, int digits);
/// As in "97.5 %" of 0.975.
std::string percent(double share);
/// As in "4 s", "3 min 20 s", "2 h 5 min".
std::string duration(double seconds);
/// As in "2026-11-23 14:05" (UTC) of seconds since 1970.
std::string date_and_time(long long seconds);

} // namespace circuitloom
