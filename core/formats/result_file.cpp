#include "core/formats/result_file.h"

#include "core/base/error.h"
#include "core/formats/replacement_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>

namespace circuitloom {

namespace {

bool is_regular(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(file, ignored);
}

/// Whether `file` is what `input` names, or a part of the model that lies in the folder `input`.
bool is_read(const std::filesystem::path& file, const std::filesystem::path& input)
{
    std::error_code ignored;
    if (std::filesystem::equivalent(input, file, ignored))
        return true;
    const std::filesystem::path folder = std::filesystem::weakly_canonical(file, ignored).parent_path();
    const std::filesystem::path named
        = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    return std::filesystem::is_directory(input, ignored)
        && (std::filesystem::equivalent(input, folder, ignored)
            || std::filesystem::equivalent(input, named, ignored))
        && content_of(file) == FileContent::model;
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

ResultFile::ResultFile(std::filesystem::path file, const Rules& rules)
    : file_(std::move(file))
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file_, ignored))
        throw InputError(file_.string() + " is a folder; name a file in it.");
    if (ignored == std::errc::filename_too_long || file_.filename().native().size() > NAME_MAX)
        throw InputError("The name " + file_.string() + " is too long for a file.");
    for (const std::filesystem::path& input : rules.inputs)
        if (is_read(file_, input))
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
    write_pieces([bytes](const auto& take) { take(bytes); });
}

void ResultFile::write_pieces(
    const std::function<void(const std::function<void(std::string_view)>&)>& content) const
{
    std::error_code ignored;
    if (std::filesystem::exists(file_, ignored) && !is_regular(file_)) {
        std::ofstream out(file_, std::ios::binary);
        content([&out](std::string_view bytes) { out << bytes; });
        if (!out.flush())
            throw ResourceError(
                file_.string() + " cannot be written to: " + std::strerror(errno) + ".");
        return;
    }
    // A link stays one: what it leads to is replaced.
    const auto target = std::filesystem::weakly_canonical(file_, ignored);
    ReplacementFile out(target.empty() ? file_ : target);
    content([&out](std::string_view bytes) { out.write(bytes.data(), bytes.size()); });
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

void require_elsewhere(
    const std::vector<std::filesystem::path>& places, const std::filesystem::path& directory)
{
    std::error_code ignored;
    for (const std::filesystem::path& place : places)
        if (std::filesystem::equivalent(place, directory, ignored))
            throw InputError("The model lies in " + directory.string()
                + "; give another directory to write it to.");
}

} // namespace circuitloom
