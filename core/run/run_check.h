#pragma once

#include "core/run/memory_estimate.h"
#include "core/run/run_config.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What the machine on which a run is to be started knows of it before it begins.
struct RunCheck
{
    /// A sentence for each setting that the run cannot begin with, by its name as in `task.train`;
    /// under an empty name what belongs to none.
    std::map<std::string, std::string> problems;
    std::vector<std::string> notes; ///< sentences on what the run can begin with, but hardly should
    std::string model_config; ///< the model's config.json; empty where it cannot be read
    TaskSize task; ///< of the task for training; of a large one from its first examples
};

/// Looks whether the files of the run are there and can be read: model, tokenizer, tasks, suites,
/// from the folder in which the program is; and whether circuits can be scored on its tasks. It
/// reads the files of tasks and suites whole, but no weights. Throws nothing that is wrong with the
/// run.
RunCheck check_run(const RunConfig& config);
/// The same of a run in TOML, which may make no sense here: then one problem says so.
RunCheck check_run(const std::string& toml);

/// As one object of JSON.
std::string to_json(const RunCheck& check);
/// Reads that from an untrusted text. Throws InputError, which begins with `origin`.
RunCheck parse_run_check(std::string_view text, std::string_view origin);

} // namespace circuitloom
