#pragma once

#include "core/base/precision.h"
#include "core/graph/computational_graph.h"
#include "core/run/discovery_options.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What may change in a step: the circuit's parameters, all of them, or those of a random circuit
/// of the same size, redrawn at every discovery.
enum class TuningMethod
{
    circuit,
    full,
    random
};
/// One capability suite: a name for the legend, and a file or a built-in (`demo/was-were`).
struct SuiteReference
{
    std::string name;
    std::string source;
    bool operator==(const SuiteReference&) const = default;
};

/// Everything that decides a run; together with the model and the files it names, the same
/// configuration gives the same run on the same machine.
struct RunConfig
{
    std::string name = "circuit-tuning";
    std::string model = "demo"; ///< as open_model_files() takes it
    std::string task; ///< task file, or a built-in such as `demo/disagreement`
    std::string held_out_task; ///< evaluated on the way; may be empty
    std::vector<SuiteReference> capabilities;

    TuningMethod method = TuningMethod::circuit;
    GraphOptions graph;
    DiscoveryOptions discovery;
    SelectionOptions selection;
    /// β1 and β2 of ScoreSmoothing (algorithm.md, section 2); β1 = 0 for none.
    double smoothing_beta1 = 0;
    double smoothing_beta2 = 0;
    int discover_every = 1; ///< k, in optimizer steps
    bool train_layer0_qkv = true; ///< for GraphKind::paper (algorithm.md, section 4)

    int steps = 100;
    int batch = 16; ///< examples
    int max_tokens = 128; ///< longer examples are cut
    double learning_rate = 1e-3;
    double momentum = 0.9;
    double weight_decay = 1e-4;
    /// β of algorithm.md, section 5: β · |metric| is added to the loss, which drives a preference
    /// to zero.
    double metric_penalty = 0;
    int warm_up = 100; ///< steps of linear warm-up; 0 for none

    int evaluate_every = 10; ///< steps; 0 for never
    int evaluation_items = 200; ///< at most so many of each suite
    double mark_accuracy = 0.95; ///< the held-out accuracy that earns a mark on the timeline

    std::uint64_t seed = 1;
    std::string device = "auto"; ///< auto, cpu, cuda
    Precision dtype = Precision::float32;

    bool operator==(const RunConfig&) const = default;
};

/// Reads TOML. Throws InputError naming the file, the key and what it may be.
RunConfig read_run_config(const std::filesystem::path& file);
RunConfig parse_run_config(std::string_view toml, std::string_view origin);
/// Applies one `key=value` as in `--set optimizer.learning_rate=0.01`.
void set_run_option(RunConfig& config, std::string_view assignment);
/// What set_run_option() must be given to make `from` into `to`, capabilities aside.
std::vector<std::string> changed_settings(const RunConfig& from, const RunConfig& to);
/// Throws InputError with the first value that is out of its range.
void validate(const RunConfig& config);

std::string to_toml(const RunConfig& config);
std::string to_json(const RunConfig& config);
RunConfig run_config_from_json(std::string_view json);

/// Ready-made runs: `demo` (learn the wrong verb form), `demo-full`, `demo-random`, `demo-debias`,
/// `demo-fact`.
std::vector<std::string> preset_names();
/// Throws InputError with the names there are.
RunConfig preset(std::string_view name);

std::string_view method_name(TuningMethod method);

} // namespace circuitloom
