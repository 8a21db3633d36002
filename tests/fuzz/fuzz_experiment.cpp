// A .loom file, all of which is read as the window and `runs` read it.
#include "core/store/experiment_reader.h"
#include "core/store/stored_studies.h"
#include "core/store/stored_supernodes.h"
#include "core/store/stored_view.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/input_folder.h"
#include "tests/fuzz/tensor_checks.h"

#include <algorithm>

namespace circuitloom::fuzz {

namespace {

constexpr std::size_t most_runs = 8;
constexpr std::size_t most_iterations = 32;

void read_run(const ExperimentReader& reader, RunId run)
{
    const auto iterations = reader.iterations(run);
    for (std::size_t i = 0; i < std::min(iterations.size(), most_iterations); ++i)
        reader.circuit(run, iterations[i].index);
    reader.certainties(run);
    reader.reference_circuit(run);
    reader.steps(run);
    reader.evaluations(run);
    reader.marks(run);
    for (const CheckpointRecord& record : reader.checkpoints(run)) {
        const StoredCheckpoint checkpoint = reader.checkpoint(run, record.id);
        for (const TensorView& tensor : checkpoint.tensors)
            checked_elements(tensor);
    }
    reader.bookmarks(run);
    for (const StoredStudy& study : reader.studies(run))
        reader.study_figures(study.id);
}

} // namespace

void use_as_file(std::string_view input)
{
    static const InputFolder folder;
    const auto file = folder.write("loom", input);
    try {
        const ExperimentReader reader(file);
        const auto runs = reader.runs();
        for (std::size_t i = 0; i < std::min(runs.size(), most_runs); ++i)
            read_run(reader, runs[i].id);
        reader.supernodes();
        reader.view();
    } catch (const ResourceError& refusal) { // SQLite's own words for a damaged file
        throw InputError(refusal.what());
    }
}

} // namespace circuitloom::fuzz
