#include "core/formats/table_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace circuitloom {

namespace {

using Replacements = std::span<const std::pair<std::string_view, std::string_view>>;
constexpr std::string_view minus = "−";

std::string replaced(std::string_view text, Replacements replacements)
{
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto found = std::ranges::find_if(replacements,
            [&](const auto& pair) { return text.substr(i).starts_with(pair.first); });
        result += found == replacements.end() ? text.substr(i, 1) : found->second;
        i += found == replacements.end() ? 1 : found->first.size();
    }
    return result;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> in_one_line{
    { { "\r\n", " " }, { "\n", " " }, { "\r", " " } }
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> in_markdown{
    { { "&", "&amp;" }, { "[", "\\[" }, { "]", "\\]" }, { "~", "\\~" }, { "\\", "\\\\" }, { "|", "\\|" }, { "*", "\\*" }, { "_", "\\_" }, { "`", "\\`" },
        { "<", "&lt;" } }
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> in_latex{
    { { "\\", "\\textbackslash{}" }, { "&", "\\&" }, { "%", "\\%" }, { "$", "\\$" }, { "#", "\\#" },
        { "_", "\\_" }, { "{", "\\{" }, { "}", "\\}" }, { "~", "\\textasciitilde{}" },
        { "^", "\\textasciicircum{}" }, { "<", "\\textless{}" }, { ">", "\\textgreater{}" },
        { "±", "$\\pm$" }, { minus, "$-$" }, { "–", "--" }, { "…", "\\ldots{}" }, { "Δ", "$\\Delta$" } }
};

bool is_number(std::string text)
{
    std::erase(text, '%');
    text.erase(0, text.find_first_not_of(' ') == std::string::npos ? text.size()
                                                                   : text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    if (text.starts_with('+'))
        text.erase(0, 1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

std::string separated(const TextColumn& column, std::string_view cell, char separator)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 1> plain_minus{
        { { minus, "-" } }
    };
    std::string text
        = spreadsheet_cell(column.number ? replaced(cell, plain_minus) : std::string(cell));
    if (separator == '\t') {
        std::ranges::replace(text, '\t', ' ');
        return text;
    }
    if (text.find_first_of(",\"") == std::string::npos)
        return text;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 1> doubled{
        { { "\"", "\"\"" } }
    };
    return '"' + replaced(text, doubled) + '"';
}

std::string cell_text(const TextColumn& column, std::string_view cell, TableLayout layout)
{
    const std::string text = replaced(cell, in_one_line);
    switch (layout) {
    case TableLayout::markdown:
        return replaced(text, in_markdown);
    case TableLayout::latex:
        return replaced(text, in_latex);
    case TableLayout::tsv:
        return separated(column, text, '\t');
    case TableLayout::csv:
        break;
    }
    return separated(column, text, ',');
}

struct Frame
{
    std::string_view before;
    std::string_view between;
    std::string_view after;
};

Frame frame_of(TableLayout layout)
{
    switch (layout) {
    case TableLayout::markdown:
        return { "| ", " | ", " |\n" };
    case TableLayout::latex:
        return { "", " & ", " \\\\\n" };
    case TableLayout::tsv:
        return { "", "\t", "\n" };
    case TableLayout::csv:
        break;
    }
    return { "", ",", "\n" };
}

} // namespace

std::string spreadsheet_cell(std::string_view text)
{
    const bool harmless = text.empty()
        || std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos
        || is_number(std::string(text));
    return harmless ? std::string(text) : "'" + std::string(text);
}

std::string table_text(std::span<const TextColumn> columns,
    std::span<const std::vector<std::string>> rows, TableLayout layout)
{
    const Frame frame = frame_of(layout);
    const auto line = [&](auto cell_of) {
        std::string text(frame.before);
        for (std::size_t i = 0; i < columns.size(); ++i)
            text.append(i == 0 ? std::string_view() : frame.between).append(cell_of(i));
        return text + std::string(frame.after);
    };
    const auto title = [&](std::size_t i) {
        return cell_text({ columns[i].title, false }, columns[i].title, layout);
    };
    std::string text;
    if (layout == TableLayout::latex) {
        text = "\\begin{tabular}{";
        for (const TextColumn& column : columns)
            text += column.number ? 'r' : 'l';
        text += "}\n\\toprule\n" + line(title) + "\\midrule\n";
    } else {
        text = line(title);
    }
    if (layout == TableLayout::markdown)
        text += line([&](std::size_t i) { return columns[i].number ? "---:" : "---"; });
    for (const std::vector<std::string>& row : rows)
        text += line([&](std::size_t i) {
            return i < row.size() ? cell_text(columns[i], row[i], layout) : std::string();
        });
    return layout == TableLayout::latex ? text + "\\bottomrule\n\\end{tabular}\n" : text;
}

} // namespace circuitloom
