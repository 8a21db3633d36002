#define PCRE2_CODE_UNIT_WIDTH 8

#include "core/tokenizer/pattern_properties.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <pcre2.h>

namespace circuitloom {

namespace {

struct Members
{
    std::string_view name;
    std::string_view members;
};

constexpr std::string_view words = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
constexpr std::string_view punctuation_and_symbols = "\\p{P}\\p{S}";

/// Names of POSIX, which PCRE2 takes for fewer or other characters.
constexpr Members posix_classes[] = {
    { "alnum", "\\p{Alphabetic}\\p{Nd}" },
    { "alpha", "\\p{Alphabetic}" },
    { "ascii", "\\x00-\\x7F" },
    { "blank", "\\p{Zs}\\t" },
    { "cntrl", "\\p{Cc}" },
    { "digit", "\\p{Nd}" },
    { "graph", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}" },
    { "lower", "\\p{Lowercase}" },
    { "print", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}\\p{Zs}" },
    { "punct", punctuation_and_symbols },
    { "space", "\\p{White_Space}" },
    { "upper", "\\p{Uppercase}" },
    { "word", words },
    { "xdigit", "0-9A-Fa-f" },
};

/// Other names of properties that PCRE2 lacks, and one that means more in [: :].
constexpr Members properties[] = {
    { "punct", "\\p{P}" },
    { "posixpunct", punctuation_and_symbols },
    { "casedletter", "\\p{L&}" },
    { "closepunctuation", "\\p{Pe}" },
    { "connectorpunctuation", "\\p{Pc}" },
    { "control", "\\p{Cc}" },
    { "currencysymbol", "\\p{Sc}" },
    { "dashpunctuation", "\\p{Pd}" },
    { "decimalnumber", "\\p{Nd}" },
    { "enclosingmark", "\\p{Me}" },
    { "finalpunctuation", "\\p{Pf}" },
    { "format", "\\p{Cf}" },
    { "initialpunctuation", "\\p{Pi}" },
    { "letter", "\\p{L}" },
    { "letternumber", "\\p{Nl}" },
    { "lineseparator", "\\p{Zl}" },
    { "lowercaseletter", "\\p{Ll}" },
    { "mark", "\\p{M}" },
    { "mathsymbol", "\\p{Sm}" },
    { "modifierletter", "\\p{Lm}" },
    { "modifiersymbol", "\\p{Sk}" },
    { "nonspacingmark", "\\p{Mn}" },
    { "number", "\\p{N}" },
    { "openpunctuation", "\\p{Ps}" },
    { "other", "\\p{C}" },
    { "otherletter", "\\p{Lo}" },
    { "othernumber", "\\p{No}" },
    { "otherpunctuation", "\\p{Po}" },
    { "othersymbol", "\\p{So}" },
    { "paragraphseparator", "\\p{Zp}" },
    { "privateuse", "\\p{Co}" },
    { "punctuation", "\\p{P}" },
    { "separator", "\\p{Z}" },
    { "spaceseparator", "\\p{Zs}" },
    { "spacingmark", "\\p{Mc}" },
    { "surrogate", "\\p{Cs}" },
    { "symbol", "\\p{S}" },
    { "titlecaseletter", "\\p{Lt}" },
    { "unassigned", "\\p{Cn}" },
    { "uppercaseletter", "\\p{Lu}" },
};

template <class Table>
const Members* find(const Table& table, std::string_view name)
{
    const auto* const found = std::ranges::find(table, name, &Members::name);
    return found == std::end(table) ? nullptr : found;
}

/// Without what the names of properties may have in between.
std::string plain(std::string_view name)
{
    std::string plain;
    for (const char c : name)
        if (c != ' ' && c != '-' && c != '_')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return plain;
}

/// A script's name alone stands in PCRE2 also for what the script shares with others, such as the
/// full stop of Chinese.
bool is_script(std::string_view name)
{
    const std::string pattern = "\\p{sc:" + std::string(name) + "}";
    int error = 0;
    PCRE2_SIZE position = 0;
    const std::unique_ptr<pcre2_code, void (*)(pcre2_code*)> code(
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_UTF,
            &error, &position, nullptr),
        pcre2_code_free);
    return code != nullptr;
}

} // namespace

std::string property_members(std::string_view name, bool in_class)
{
    const std::string known = plain(name);
    if (known == "word" && !in_class)
        return std::string(words) + "²³¹¼½¾";
    const Members* found = find(properties, known);
    if (!found)
        found = find(posix_classes, known);
    if (found)
        return std::string(found->members);
    return (is_script(name) ? "\\p{sc:" : "\\p{") + std::string(name) + "}";
}

std::optional<std::string> posix_members(std::string_view name)
{
    if (const Members* found = find(posix_classes, name))
        return std::string(found->members);
    return {};
}

std::optional<std::string> all_but(std::string_view members)
{
    if (!members.starts_with("\\p{") || members.find('}') + 1 != members.size())
        return {};
    return "\\P" + std::string(members.substr(2));
}

} // namespace circuitloom
