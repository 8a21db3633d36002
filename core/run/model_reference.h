#pragma once

#include "core/base/ids.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace circuitloom {

class ExperimentReader;

/// A moment of a run, at which it had a model: an iteration stores a circuit, not weights
/// (algorithm.md, section 9).
struct RunMoment
{
    enum class Kind
    {
        start, ///< the untouched model
        iteration, ///< the model whose edges that iteration scored
        step, ///< after so many optimizer steps
        end ///< as far as the run has come
    };

    std::filesystem::path file; ///< a .loom file
    RunId run;
    Kind kind = Kind::end;
    int number = 0; ///< of the iteration or the step; 0 otherwise
    bool operator==(const RunMoment&) const = default;
};

/// A model by its name (as open_model_files() takes it), or that of a run at one moment.
using ModelReference = std::variant<std::string, RunMoment>;

/// Reads what a user writes for a MODEL: `FILE.loom:R@I` with an iteration's number, `s` and a
/// step's number, `start` or `end` for I, is a moment of run R; all else is a name. Throws
/// InputError where an experiment is named and the rest does not say which of its models.
ModelReference parse_model_reference(std::string_view text);

/// The inverse of parse_model_reference().
std::string to_string(const ModelReference& reference);

/// How many optimizer steps the model of `moment` has seen, as `reader`, which reads its file, says.
/// Throws InputError where there is no such run, or it has not come that far, naming how far it has.
int step_of(const RunMoment& moment, const ExperimentReader& reader);

/// The name of the model that the run of a reference began with, whose tokenizer and shape all its
/// models have; of a reference by name, the name. Throws as parse_model_reference(), and InputError
/// where there is no such moment.
std::string untouched_model(std::string_view model);

/// The files and folders that are read where a reference is computed with: what must not be written
/// to then. Those of a run's experiment and of the model that it began with.
std::vector<std::filesystem::path> places_of_model(std::string_view model);

} // namespace circuitloom
