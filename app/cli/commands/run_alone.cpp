#include "app/cli/commands/run_alone.h"

namespace circuitloom {

std::string failed_runs_text(const std::string& whole, const std::vector<std::string>& failed,
    std::size_t runs, const std::string& file)
{
    std::string names;
    for (const std::string& name : failed)
        names += (names.empty() ? "" : "; ") + name;
    return std::to_string(failed.size()) + " of the " + whole + "'s " + std::to_string(runs)
        + " runs failed: " + names + ". Of run R, circuitloom-cli runs " + file
        + " show R says why";
}

} // namespace circuitloom
