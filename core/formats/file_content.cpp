#include "core/formats/file_content.h"

#include "core/base/letter_case.h"
#include "core/base/trimmed.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t looked_at = 1 << 16; // bytes
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view in_words
    = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

std::string beginning_of(const std::filesystem::path& file)
{
    std::string bytes(looked_at, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

// What was read may end within a character.
std::string_view whole_characters(std::string_view bytes, bool whole)
{
    while (!whole && !bytes.empty() && static_cast<unsigned char>(bytes.back()) >= 0x80)
        bytes.remove_suffix(1);
    return bytes;
}

// Eight bytes of length, then a JSON object.
bool is_safetensors(std::string_view bytes)
{
    return bytes.size() > 8 && bytes[8] == '{' && bytes[6] == '\0' && bytes[7] == '\0';
}

using Keys = std::set<std::string, std::less<>>;

/// The keys of the first JSON object in `text` whose values are not numbers, as far as they are
/// there: a vocabulary has any word as a key, and numbers as values.
Keys keys_of(std::string_view text)
{
    Keys keys;
    int depth = 0;
    for (std::size_t i = std::min(text.find('{'), text.size()); i < text.size(); ++i) {
        if (text[i] == '{' || text[i] == '[') {
            ++depth;
        } else if (text[i] == '}' || text[i] == ']') {
            if (--depth == 0)
                break;
        } else if (text[i] == '"') {
            const std::size_t first = i + 1;
            for (++i; i < text.size() && text[i] != '"'; ++i)
                i += text[i] == '\\' ? 1 : 0;
            const std::size_t colon = text.find_first_not_of(blanks, i + 1);
            if (depth != 1 || colon >= text.size() || text[colon] != ':')
                continue;
            const std::size_t value = text.find_first_not_of(blanks, colon + 1);
            if (value < text.size() && text[value] != '-'
                && !std::isdigit(static_cast<unsigned char>(text[value])))
                keys.emplace(text.substr(first, i - first));
        }
    }
    return keys;
}

bool has_any(const Keys& keys, std::initializer_list<std::string_view> wanted)
{
    return std::ranges::any_of(wanted, [&keys](std::string_view key) { return keys.contains(key); });
}

FileContent content_of_json(std::string_view text)
{
    const Keys keys = keys_of(text);
    if (has_any(keys, { "architectures", "model_type", "added_tokens", "tokenizer_class",
                          "weight_map", "transformers_version", "base_model_name_or_path" }))
        return FileContent::model;
    if (keys.contains("edges")) {
        const bool of_iteration = keys.contains("name") || keys.size() == 1;
        return of_iteration                       ? FileContent::circuit
            : has_any(keys, { "cfg", "graph" }) ? FileContent::scores
                                                  : FileContent::json;
    }
    if (keys.contains("cfg") && keys.contains("nodes")) // of EAP-IG, whose edges may come later
        return FileContent::scores;
    if (keys.contains("qParams") && keys.contains("metadata"))
        return FileContent::attribution;
    if (keys.contains("task_figures"))
        return FileContent::figures;
    if (keys.contains("choices") && keys.contains("suite"))
        return FileContent::items;
    if (has_any(keys, { "spans", "clean", "clean_text", "requested_rewrite" }))
        return FileContent::task;
    if (has_any(keys, { "choices", "sentence_good", "question" }))
        return FileContent::suite;
    return FileContent::json;
}

bool is_bare(std::string_view word)
{
    return !word.empty() && word.find_first_not_of(in_words) == std::string_view::npos
        && std::isalpha(static_cast<unsigned char>(word.front()));
}

// `[section]` or `key = value` in the first line that says something.
bool is_toml(std::string_view text)
{
    while (text.starts_with('#') && text.find('\n') < text.size())
        text = text.substr(std::min(
            text.find_first_not_of(blanks, text.find('\n')), text.size()));
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    if (line.starts_with('[') && line.ends_with(']'))
        return is_bare(trimmed(line.substr(1, line.size() - 2)));
    const std::size_t sign = line.find('=');
    return sign != std::string_view::npos && is_bare(trimmed(line.substr(0, sign)));
}

// Suites and tasks may be tables too, so only those that Circuitloom writes count.
bool is_written_table(std::string_view text)
{
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    return line == "source,target,score" || line == "iteration,step,rank,source,target,score"
        || line == "run,curve,measure,step,value"
        || (line.find(": mean,") != std::string_view::npos
            || line.find(": mean\",") != std::string_view::npos);
}

FileContent content_of_text(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (begins_in_any_case(text, "<!doctype html"))
        return FileContent::page;
    if (text.starts_with("<?xml") || text.starts_with("<svg"))
        return text.find("<svg") != std::string_view::npos ? FileContent::picture
            : text.find("<graphml") != std::string_view::npos ? FileContent::graphml
            : text.find("<gexf") != std::string_view::npos    ? FileContent::gexf
                                                               : FileContent::text;
    if (is_toml(text))
        return FileContent::toml;
    if (text.starts_with('{') || text.starts_with('['))
        return content_of_json(text);
    if (text.starts_with("digraph"))
        return FileContent::dot;
    return is_written_table(text) ? FileContent::csv : FileContent::text;
}

FileContent content_of_bytes(std::string_view bytes, bool whole)
{
    if (bytes.empty())
        return FileContent::nothing;
    if (bytes.starts_with("SQLite format 3\0"sv))
        return FileContent::experiment;
    if (bytes.starts_with("GGUF") || bytes.starts_with("PK\x03\x04") || is_safetensors(bytes))
        return FileContent::model;
    if (bytes.starts_with("PAR1"))
        return FileContent::parquet;
    if (bytes.starts_with("\x89PNG") || bytes.starts_with("%PDF"))
        return FileContent::picture;
    if (bytes.starts_with("GIF8") || bytes.starts_with("\x1A\x45\xDF\xA3")
        || (bytes.size() > 8 && bytes.substr(4, 4) == "ftyp"))
        return FileContent::film;
    if (bytes.find('\0') != std::string::npos || !is_valid_utf8(whole_characters(bytes, whole)))
        return FileContent::other;
    return content_of_text(bytes);
}

/// Whether the file has a name that tools look for in a model's folder, and lies in one.
bool belongs_to_model(const std::filesystem::path& file)
{
    static constexpr std::array names{ "config.json"sv, "generation_config.json"sv,
        "tokenizer.json"sv, "tokenizer_config.json"sv, "special_tokens_map.json"sv,
        "added_tokens.json"sv, "vocab.json"sv, "vocab.txt"sv, "merges.txt"sv, "chat_template.json"sv,
        "chat_template.jinja"sv, "preprocessor_config.json"sv, "tokenizer.model"sv };
    const std::string name = file.filename().string();
    if (std::ranges::find(names, name) == names.end() && !name.ends_with(".index.json"))
        return false;
    const std::filesystem::path configuration = file.parent_path() / "config.json";
    std::error_code ignored;
    return std::filesystem::is_regular_file(configuration, ignored)
        && content_of_text(beginning_of(configuration)) == FileContent::model;
}

} // namespace

FileContent content_of(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return FileContent::nothing;
    const std::string bytes = beginning_of(file);
    const FileContent content = content_of_bytes(bytes, bytes.size() < looked_at);
    return content != FileContent::nothing && belongs_to_model(file) ? FileContent::model : content;
}

FileContent content_by_ending(std::string_view ending)
{
    using Pair = std::pair<std::string_view, FileContent>;
    static constexpr std::array endings{ Pair("csv", FileContent::csv),
        Pair("json", FileContent::circuit), Pair("dot", FileContent::dot),
        Pair("graphml", FileContent::graphml), Pair("gexf", FileContent::gexf),
        Pair("parquet", FileContent::parquet),
        Pair("circuit-tracer", FileContent::attribution), Pair("png", FileContent::picture),
        Pair("svg", FileContent::picture), Pair("pdf", FileContent::picture) };
    const auto found = std::ranges::find(endings, ending, &Pair::first);
    return found == endings.end() ? FileContent::other : found->second;
}

std::string name_of(FileContent content)
{
    switch (content) {
    case FileContent::experiment:
        return "an experiment";
    case FileContent::model:
        return "a part of a model";
    case FileContent::scores:
        return "the scores of edges";
    case FileContent::circuit:
        return "the circuit of an iteration";
    case FileContent::figures:
        return "the figures of an evaluation";
    case FileContent::items:
        return "the answers to a suite's items";
    case FileContent::task:
        return "a task";
    case FileContent::suite:
        return "a suite";
    case FileContent::json:
        return "other JSON";
    case FileContent::csv:
        return "a table of results";
    case FileContent::dot:
        return "a graph of Graphviz";
    case FileContent::graphml:
        return "GraphML";
    case FileContent::parquet:
        return "a table in Parquet's format";
    case FileContent::gexf:
        return "GEXF";
    case FileContent::attribution:
        return "an attribution graph";
    case FileContent::toml:
        return "a configuration";
    case FileContent::text:
        return "a text";
    case FileContent::page:
        return "a web page";
    case FileContent::picture:
        return "a picture";
    case FileContent::film:
        return "a film";
    default:
        return "something else";
    }
}

} // namespace circuitloom
