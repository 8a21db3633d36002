#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What lies under a name, as far as it matters for whether a result may take its place.
enum class FileContent
{
    nothing, ///< no file, or an empty one
    experiment,
    model, ///< safetensors, GGUF, or what PyTorch saves
    json, ///< one value
    json_lines, ///< one value a line: a task or a suite
    text,
    page, ///< HTML: a report
    other
};
FileContent content_of(const std::filesystem::path& file);

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
        FileContent content = FileContent::text; ///< of the result
        bool force = false;
        std::vector<std::filesystem::path> inputs = {}; ///< files that the command reads
    };

    /// Throws InputError where the file may not be replaced, ResourceError where its folder is
    /// missing or cannot be written to.
    ResultFile(std::filesystem::path file, const Rules& rules);
    /// Throws ResourceError where the disk refuses; what was there before is then untouched.
    void write(std::string_view bytes) const;

private:
    std::filesystem::path file_;
};

/// For a result that is a folder: throws InputError where it holds a model already and `force` is
/// false, ResourceError where it cannot be made or written to.
void require_no_model(const std::filesystem::path& directory, bool force);

} // namespace circuitloom
