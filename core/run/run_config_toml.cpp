#include "core/base/error.h"
#include "core/base/nearest.h"
#include "core/base/number_text.h"
#include "core/base/utf8.h"
#include "core/formats/text_file.h"
#include "core/run/run_config.h"
#include "core/run/run_options.h"
#include "core/run/shallow_toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>

namespace circuitloom {

namespace {

constexpr std::size_t largest_file = 1 << 20;

/// Reads one file's tables into a RunConfig; errors say where they are.
class ConfigReader
{
public:
    ConfigReader(RunConfig& config, std::string_view origin)
        : config_(config)
        , options_(options_of(config))
        , origin_(origin)
    {
    }

    void read(const toml::table& table)
    {
        for (const auto& [key, node] : table) {
            if (key == "capabilities")
                read_capabilities(node);
            else if (const toml::table* section = node.as_table())
                read_section(key.str(), *section);
            else
                assign("", key.str(), node);
        }
    }

private:
    std::string at(const toml::node& node) const
    {
        return origin_ + ", line " + std::to_string(node.source().begin.line) + ": ";
    }

    void read_section(std::string_view name, const toml::table& section)
    {
        std::vector<std::string> sections{ "capabilities" };
        for (const RunOption& option : options_)
            if (!option.section.empty() && sections.back() != option.section)
                sections.emplace_back(option.section);
        if (std::find(sections.begin(), sections.end(), name) == sections.end())
            throw InputError(at(section) + "there is no section [" + for_message(name) + "]; "
                + suggestion(name, std::move(sections)));
        for (const auto& [key, node] : section)
            assign(name, key.str(), node);
    }

    void assign(std::string_view section, std::string_view key, const toml::node& node)
    {
        const std::string full
            = section.empty() ? std::string(key) : std::string(section) + "." + std::string(key);
        std::vector<std::string> keys;
        for (const RunOption& option : options_) {
            if (option.name() == current_name(full))
                return assign(option, node);
            if (option.section == section)
                keys.emplace_back(option.key);
        }
        const std::string place
            = section.empty() ? "at the top" : "in [" + std::string(section) + "]";
        throw InputError(at(node) + "there is no key \"" + for_message(key) + "\" " + place + "; "
            + suggestion(key, std::move(keys)));
    }

    void assign(const RunOption& option, const toml::node& node)
    {
        const bool wants_text = std::holds_alternative<std::string*>(option.value)
            || std::holds_alternative<Choice>(option.value);
        const bool wants_bool = std::holds_alternative<bool*>(option.value);
        const bool wants_number = !wants_text && !wants_bool;
        std::string text;
        if (wants_text && node.is_string())
            text = **node.as_string();
        else if (wants_bool && node.is_boolean())
            text = **node.as_boolean() ? "true" : "false";
        else if (wants_number && node.is_integer())
            text = std::to_string(**node.as_integer());
        else if (wants_number && node.is_floating_point())
            text = shortest(**node.as_floating_point());
        else
            throw InputError(at(node) + option.name() + " must be " + option.allowed() + ".");
        try {
            set_run_option(config_, option.name() + "=" + text);
        } catch (const InputError& cause) {
            throw InputError(at(node) + cause.what());
        }
    }

    void read_capabilities(const toml::node& node)
    {
        const toml::array* suites = node.as_array();
        if (suites == nullptr)
            throw InputError(at(node)
                + "capabilities must be tables, each under "
                  "[[capabilities]], with a name and a source.");
        for (const toml::node& entry : *suites)
            config_.capabilities.push_back(suite(entry));
    }

    SuiteReference suite(const toml::node& entry) const
    {
        SuiteReference reference;
        const toml::table* table = entry.as_table();
        if (table == nullptr)
            throw InputError(at(entry) + "a capability must be a table with a name and a source.");
        for (const auto& [key, node] : *table) {
            std::string* field = key == "name" ? &reference.name
                : key == "source"              ? &reference.source
                                               : nullptr;
            if (field == nullptr)
                throw InputError(at(node) + "there is no key \"" + for_message(key.str())
                    + "\" in [[capabilities]]; there are name and source.");
            if (!node.is_string())
                throw InputError(
                    at(node) + "a capability's " + std::string(key.str()) + " must be a text.");
            *field = **node.as_string();
        }
        if (reference.name.empty() || reference.source.empty())
            throw InputError(at(entry) + "a capability needs both a name and a source.");
        return reference;
    }

    static std::string suggestion(std::string_view text, std::vector<std::string> candidates)
    {
        std::string list;
        for (const std::string& one : nearest(text, std::move(candidates)))
            list += (list.empty() ? "" : ", ") + one;
        return "the nearest are " + list + ".";
    }

    RunConfig& config_;
    std::vector<RunOption> options_;
    std::string origin_;
};

std::string_view line_of(std::string_view text, std::size_t number)
{
    for (std::size_t at = 1; at < number && text.find('\n') != std::string_view::npos; ++at)
        text.remove_prefix(text.find('\n') + 1);
    return text.substr(0, text.find_first_of("\r\n"));
}

/// The parser's own sentence is about the grammar; a person needs the place, and how it is written.
[[noreturn]] void refuse_syntax(
    const toml::parse_error& cause, std::string_view toml, std::string_view origin)
{
    constexpr std::size_t longest_shown = 60;
    const toml::source_position at = cause.source().begin;
    const std::string where = std::string(origin) + ", line " + std::to_string(at.line)
        + ", column " + std::to_string(at.column) + ": ";
    const std::string line = for_message(line_of(toml, at.line), longest_shown);
    if (cause.description().find("redefine") != std::string_view::npos)
        throw InputError(where + "\"" + line
            + "\" sets again what is set above; each key and each section may be there once.");
    throw InputError(where + (line.empty() ? "the file ends too early" : "\"" + line + "\"")
        + (line.empty() ? "" : " is not TOML")
        + "; a setting is written key = value, a text in quotation marks, a section [name].");
}

std::string toml_text(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            result += "\\u00";
            result += digits[byte >> 4];
            result += digits[byte & 15];
        } else {
            result += c;
        }
    }
    return result + '"';
}

struct WriteValue
{
    std::string operator()(const std::string* value) const { return toml_text(*value); }
    std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
    std::string operator()(const Choice& choice) const
    {
        return toml_text(choice.names[choice.get()]);
    }
    template <class Number>
    std::string operator()(const Bounded<Number>& bounded) const
    {
        char text[32];
        const auto result = std::to_chars(text, text + sizeof text, *bounded.value);
        return { text, result.ptr };
    }
};

} // namespace

RunConfig parse_run_config(std::string_view toml, std::string_view origin)
{
    require_shallow(toml, origin);
    RunConfig config;
    try {
        ConfigReader(config, origin).read(toml::parse(toml));
    } catch (const toml::parse_error& cause) {
        refuse_syntax(cause, toml, origin);
    }
    return config;
}

RunConfig read_run_config(const std::filesystem::path& file)
{
    return parse_run_config(read_text_file(file, largest_file), file.string());
}

std::string to_toml(const RunConfig& config)
{
    RunConfig copy = config;
    std::string text;
    std::string_view section;
    for (const RunOption& option : options_of(copy)) {
        if (option.section != section) {
            section = option.section;
            text += "\n[" + std::string(section) + "]\n";
        }
        text += std::string(option.key) + " = " + std::visit(WriteValue{}, option.value) + "\n";
    }
    for (const SuiteReference& suite : config.capabilities)
        text += "\n[[capabilities]]\nname = " + toml_text(suite.name)
            + "\nsource = " + toml_text(suite.source) + "\n";
    return text;
}

} // namespace circuitloom
