#include "core/formats/result_file.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/replacement_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>

namespace circuitloom {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t looked_at = 1 << 16; // bytes

bool is_regular(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(file, ignored);
}

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

bool is_object(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    return line.starts_with('{') && line.ends_with('}');
}

bool is_page(std::string_view text)
{
    constexpr std::string_view beginning = "<!doctype html";
    return text.size() >= beginning.size()
        && std::equal(beginning.begin(), beginning.end(), text.begin(), [](char wanted, char found) {
               return wanted == std::tolower(static_cast<unsigned char>(found));
           });
}

// A value of this project that is written as JSON goes over many lines, or is one whole line.
FileContent content_of_text(std::string_view text, bool whole)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return FileContent::text;
    text.remove_prefix(first);
    if (is_page(text))
        return FileContent::page;
    if (text.front() != '{' && text.front() != '[')
        return FileContent::text;
    const std::size_t end = text.find('\n');
    const std::size_t next
        = end == std::string_view::npos ? end : text.find_first_not_of(" \t\r\n", end);
    if (is_object(text.substr(0, end)) && next != std::string_view::npos && text[next] == '{')
        return FileContent::json_lines;
    if (is_object(text.substr(0, end)) && next == std::string_view::npos && whole)
        return text.find("\"spans\"") != std::string_view::npos
                || text.find("\"choices\"") != std::string_view::npos
            ? FileContent::json_lines
            : FileContent::json;
    return FileContent::json;
}

const char* name_of(FileContent content)
{
    switch (content) {
    case FileContent::experiment:
        return "an experiment";
    case FileContent::model:
        return "a model's weights";
    case FileContent::json:
        return "JSON";
    case FileContent::json_lines:
        return "a task or a suite";
    case FileContent::text:
        return "a text";
    case FileContent::page:
        return "a web page";
    default:
        return "something else";
    }
}

void require_folder(const std::filesystem::path& file)
{
    const std::filesystem::path folder
        = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored))
        throw ResourceError("There is no folder " + folder.string() + " for " + file.string() + ".");
    if (::access(folder.c_str(), W_OK) != 0)
        throw ResourceError(
            "The folder " + folder.string() + " cannot be written to: " + std::strerror(errno) + ".");
}

} // namespace

FileContent content_of(const std::filesystem::path& file)
{
    if (!is_regular(file))
        return FileContent::nothing;
    const std::string bytes = beginning_of(file);
    const bool whole = bytes.size() < looked_at;
    if (bytes.empty())
        return FileContent::nothing;
    if (bytes.starts_with("SQLite format 3\0"sv))
        return FileContent::experiment;
    if (bytes.starts_with("GGUF") || bytes.starts_with("PK\x03\x04") || is_safetensors(bytes))
        return FileContent::model;
    if (bytes.find('\0') != std::string::npos || !is_valid_utf8(whole_characters(bytes, whole)))
        return FileContent::other;
    return content_of_text(bytes, whole);
}

ResultFile::ResultFile(std::filesystem::path file, const Rules& rules)
    : file_(std::move(file))
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file_, ignored))
        throw InputError(file_.string() + " is a folder; name a file in it.");
    if (ignored == std::errc::filename_too_long || file_.filename().native().size() > NAME_MAX)
        throw InputError("The name " + file_.string() + " is too long for a file.");
    for (const std::filesystem::path& input : rules.inputs)
        if (std::filesystem::equivalent(input, file_, ignored))
            throw InputError(
                file_.string() + " is what is read here; give the result another name.");
    if (std::filesystem::exists(file_, ignored) && !is_regular(file_))
        return;
    require_folder(file_);
    const FileContent there = content_of(file_);
    if (there != FileContent::nothing && there != rules.content && !rules.force)
        throw InputError(file_.string() + " is there already and holds " + name_of(there)
            + "; give the result another name, or --force to replace it.");
}

void ResultFile::write(std::string_view bytes) const
{
    std::error_code ignored;
    if (std::filesystem::exists(file_, ignored) && !is_regular(file_)) {
        std::ofstream out(file_, std::ios::binary);
        out << bytes;
        if (!out.flush())
            throw ResourceError(
                file_.string() + " cannot be written to: " + std::strerror(errno) + ".");
        return;
    }
    // A link stays one: what it leads to is replaced.
    const auto target = std::filesystem::weakly_canonical(file_, ignored);
    ReplacementFile out(target.empty() ? file_ : target);
    out.write(bytes.data(), bytes.size());
    out.commit();
}

void require_no_model(const std::filesystem::path& directory, bool force)
{
    std::error_code ignored;
    if (std::filesystem::exists(directory, ignored)
        && !std::filesystem::is_directory(directory, ignored))
        throw InputError(directory.string() + " is a file; name a folder.");
    if (!std::filesystem::exists(directory, ignored)) {
        // It is made with those that lead to it.
        std::filesystem::path made = std::filesystem::absolute(directory);
        while (made.has_relative_path() && !std::filesystem::exists(made.parent_path(), ignored))
            made = made.parent_path();
        require_folder(made);
        return;
    }
    require_folder(directory / "config.json");
    if (force)
        return;
    static constexpr std::array endings{ ".safetensors", ".bin", ".gguf", ".loom" };
    for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
        const std::string ending = entry.path().extension().string();
        if (entry.path().filename() == "config.json"
            || std::find(endings.begin(), endings.end(), ending) != endings.end())
            throw InputError(directory.string() + " holds " + entry.path().filename().string()
                + " already; give another folder, or --force to write into this one.");
    }
}

} // namespace circuitloom
