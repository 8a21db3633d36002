#include "core/architecture/gguf/gguf_place.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "GGUF";
constexpr std::size_t most_named = 5;

bool has_gguf_ending(const fs::path& file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return ending == ".gguf";
}

bool begins_with_magic(const fs::path& file)
{
    std::string bytes(magic.size(), '\0');
    std::ifstream stream(file, std::ios::binary);
    return stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) && bytes == magic;
}

/// Whether the name says it is a later part of a model that was split.
bool is_later_part(const fs::path& file)
{
    const std::string stem = file.stem().string(); // NAME-00002-of-00003
    constexpr std::size_t end = std::string_view("-00002-of-00003").size();
    if (stem.size() < end)
        return false;
    const std::string_view part = std::string_view(stem).substr(stem.size() - end);
    return part.starts_with('-') && part.substr(6, 4) == "-of-" && part.substr(1, 5) != "00001";
}

std::vector<fs::path> gguf_files_in(const fs::path& directory)
{
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
         entry.increment(failure))
        if (has_gguf_ending(entry->path()) && !is_later_part(entry->path()))
            files.push_back(entry->path());
    std::ranges::sort(files);
    return files;
}

} // namespace

std::optional<fs::path> gguf_file_of(const fs::path& place)
{
    std::error_code ignored;
    if (!fs::is_directory(place, ignored)) {
        // Only of a regular file the beginning is read: a pipe would wait for a writer.
        const bool is_gguf = has_gguf_ending(place)
            || (fs::is_regular_file(place, ignored) && begins_with_magic(place));
        return is_gguf ? std::optional(place) : std::nullopt;
    }
    if (fs::exists(place / "config.json", ignored))
        return std::nullopt;
    const std::vector<fs::path> files = gguf_files_in(place);
    if (files.size() > 1) {
        std::string names;
        for (std::size_t i = 0; i < files.size() && i < most_named; ++i)
            names += (i == 0 ? "" : ", ") + for_message(files[i].filename().string());
        throw InputError(place.string() + " holds " + std::to_string(files.size())
            + " GGUF models; give one of them: " + names
            + (files.size() > most_named ? ", …" : "") + ".");
    }
    return files.empty() ? std::nullopt : std::optional(files.front());
}

} // namespace circuitloom
