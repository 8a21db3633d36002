#include "core/base/program_files.h"

#include "core/base/error.h"

#include <array>
#include <string>

namespace circuitloom {

namespace {

namespace fs = std::filesystem;

/// Where the programs and modules may lie, seen from `folder`.
std::array<fs::path, 3> places(const fs::path& folder)
{
    return { folder, folder.parent_path() / "lib" / "circuitloom",
        folder.parent_path().parent_path() / "bin" };
}

} // namespace

fs::path program_folder()
{
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

fs::path beside_program(std::string_view name, const fs::path& folder)
{
    for (const fs::path& place : places(folder)) {
        std::error_code error;
        const fs::path file = place / name;
        if (fs::is_regular_file(file, error))
            return file;
    }
    return {};
}

fs::path required_beside_program(std::string_view name, std::string_view what,
    std::string_view so, const fs::path& folder)
{
    const fs::path file = beside_program(name, folder);
    if (!file.empty())
        return file;
    const auto [own, parts, programs] = places(folder);
    throw ResourceError(std::string(what) + " was found neither in " + own.string() + " nor in "
        + parts.string() + " nor in " + programs.string() + "; " + std::string(so));
}

} // namespace circuitloom
