#pragma once

#include "core/formats/file_content.h"

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The file that a command's result goes into. It is checked as soon as it is named, before
/// anything is computed, and written under another name that it then takes: at no moment is there
/// half of it.
///
/// A file that is there is replaced only where it holds the same kind of thing, or by `force`; what
/// the command reads is never replaced. What is no regular file (a pipe, /dev/stdout) is written to.
class ResultFile
{
public:
    struct Rules
    {
        FileContent content = FileContent::other; ///< of the result
        bool force = false;
        std::vector<std::filesystem::path> inputs = {}; ///< files and models' folders that the command reads
    };

    /// Throws InputError where the file may not be replaced, ResourceError where its folder is
    /// missing or cannot be written to.
    ResultFile(std::filesystem::path file, const Rules& rules);
    /// Throws ResourceError where the disk refuses; what was there before is then untouched.
    void write(std::string_view bytes) const;
    /// The same of a result that comes in pieces: `content` gives them, one after another. What it
    /// throws goes through, and nothing is replaced.
    void write_pieces(
        const std::function<void(const std::function<void(std::string_view)>&)>& content) const;

private:
    std::filesystem::path file_;
};

/// For a result that is a folder: throws InputError where it holds a model already and `force` is
/// false, ResourceError where it cannot be made or written to.
void require_no_model(const std::filesystem::path& directory, bool force);
/// Throws InputError where `directory` is one of `places`, which hold the model that is to be written
/// there.
void require_elsewhere(
    const std::vector<std::filesystem::path>& places, const std::filesystem::path& directory);

} // namespace circuitloom
