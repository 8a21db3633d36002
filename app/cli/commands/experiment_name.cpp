#include "app/cli/commands/experiment_name.h"

#include "core/base/error.h"
#include "core/base/file_presence.h"
#include "core/base/letter_case.h"

namespace circuitloom {

void require_experiment_name(const std::filesystem::path& file)
{
    constexpr const char* ending = ".loom";
    if (is_there(file) || ends_in_any_case(file.string(), ending))
        return;
    std::filesystem::path better = file;
    better.replace_extension(ending);
    throw InputError("Runs go into an experiment, whose name ends in .loom, and " + file.string()
        + " does not; name it " + better.string() + ".");
}

} // namespace circuitloom
