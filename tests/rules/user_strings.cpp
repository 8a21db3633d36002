#include "tests/rules/user_strings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>

namespace circuitloom::rules {

namespace {

/// Calls whose first argument users read.
constexpr std::array shown{ "setText", "setToolTip", "addButton", "setSuffix", "setPrefix",
    "setSpecialValueText", "setTabText", "setTabToolTip", "setDetailedText", "setOkButtonText",
    "setCancelButtonText", "addSection", "setStatusTip", "setWhatsThis", "setWindowTitle",
    "setTitle", "setLabelText", "setInformativeText", "setAccessibleName",
    "setAccessibleDescription", "setPlaceholderText", "setItemText", "addAction", "addMenu",
    "addItem", "addRow", "addTab", "show_error", "show_notice", "set_placeholder", "new QLabel",
    "new QPushButton", "new QCheckBox", "new QAction", "new QGroupBox", "InputError",
    "ResourceError" };

/// Names that are the same in every language.
const std::set<std::string_view> names{ "Circuitloom", "a2.h5" };

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

std::size_t skip_blanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])))
        ++at;
    return at;
}

bool skip_word(std::string_view text, std::size_t& at, std::string_view word)
{
    if (text.substr(at, word.size()) != word)
        return false;
    at = skip_blanks(text, at + word.size());
    return true;
}

/// The literal that begins at `at`, be it wrapped in a QString of some kind.
std::optional<std::string_view> literal_at(std::string_view text, std::size_t at)
{
    at = skip_blanks(text, at);
    for (const std::string_view wrapper : { "QStringLiteral(", "QLatin1String(",
             "QLatin1StringView(", "QString::fromUtf8(", "QString::fromLatin1(", "QString(" })
        skip_word(text, at, wrapper);
    skip_word(text, at, "u8") || skip_word(text, at, "u");
    if (at >= text.size() || text[at] != '"')
        return std::nullopt;
    const std::size_t end = text.find('"', at + 1);
    return text.substr(at + 1, end - at - 1);
}

bool is_read(std::string_view literal)
{
    const auto both = [](char a, char b) {
        return std::isalpha(static_cast<unsigned char>(a))
            && std::isalpha(static_cast<unsigned char>(b));
    };
    return !names.contains(literal)
        && std::adjacent_find(literal.begin(), literal.end(), both) != literal.end();
}

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    if (!stream)
        throw std::runtime_error(file.string() + " cannot be read.");
    return { std::istreambuf_iterator<char>(stream), {} };
}

void add_untranslated(const std::string& name, std::string_view text, std::vector<std::string>& all)
{
    for (const std::string_view call : shown)
        for (std::size_t at = text.find(call); at != text.npos; at = text.find(call, at + 1)) {
            const std::size_t open = skip_blanks(text, at + call.size());
            if ((at > 0 && is_word(text[at - 1])) || open >= text.size() || text[open] != '(')
                continue;
            const auto literal = literal_at(text, open + 1);
            if (!literal || !is_read(*literal))
                continue;
            const auto line
                = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')
                + 1;
            all.push_back(name + ":" + std::to_string(line) + ": " + std::string(call) + ": \""
                + std::string(*literal) + "\" does not go through tr()");
        }
}

} // namespace

std::vector<std::string> untranslated(const std::filesystem::path& root)
{
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "ui")) {
        const std::string suffix = entry.path().extension().string();
        if (entry.is_regular_file() && (suffix == ".cpp" || suffix == ".h"))
            add_untranslated(entry.path().lexically_relative(root).generic_string(),
                content_of(entry.path()), all);
    }
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace circuitloom::rules
