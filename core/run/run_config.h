#pragma once

#include "core/base/precision.h"
#include "core/graph/computational_graph.h"
#include "core/run/discovery_options.h"
#include "core/run/tuning_methods.h"
#include "core/tasks/bos_rule.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What the loss is, beside the penalty (algorithm.md, section 5).
enum class LossKind
{
    standard, ///< next-token cross-entropy over the text
    weighted, ///< the same, the target tokens' terms weighted by 1/p
    target_only ///< -log p of the target tokens alone
};
inline constexpr std::array<std::string_view, 3> loss_names{ "standard", "weighted",
    "target-only" };
/// What the edges of a run are scored on (algorithm.md, section 10).
enum class ScoredOn
{
    batch, ///< the step's own examples, as in the paper
    probe ///< examples chosen once, so that what changes between iterations is the model alone
};
inline constexpr std::array<std::string_view, 2> scored_on_names{ "batch", "probe" };
enum class OptimizerKind
{
    sgd,
    adamw
};
inline constexpr std::array<std::string_view, 2> optimizer_names{ "sgd", "adamw" };
/// How a value goes from one to another.
enum class Schedule
{
    constant,
    linear,
    cosine
};
inline constexpr std::array<std::string_view, 3> schedule_names{ "constant", "linear", "cosine" };

/// Which matrices of every block TuningMethod::lora adds to.
struct LoraTargets
{
    bool query = false;
    bool key = false;
    bool value = false;
    bool output = false;
    bool mlp = false; ///< W_in, the gate and W_out
};
/// Reads words such as `q,k,v,o,mlp`. Throws InputError.
LoraTargets lora_targets(std::string_view words);

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
    std::string description; ///< a sentence: what the run is for
    std::string model = "demo"; ///< as open_model_files() takes it
    std::string task; ///< task file, or a built-in such as `demo/disagreement`
    std::string held_out_task; ///< evaluated on the way; may be empty
    std::string reference_task; ///< its circuit in the untouched model is kept; may be empty
    std::vector<SuiteReference> capabilities;

    TuningMethod method = TuningMethod::circuit;
    GraphOptions graph;
    DiscoveryOptions discovery;
    SelectionOptions selection;
    /// β1 and β2 of ScoreSmoothing (algorithm.md, section 2); β1 = 0 for none.
    double smoothing_beta1 = 0;
    double smoothing_beta2 = 0;
    int discover_every = 1; ///< k, in optimizer steps
    ScoredOn score_on = ScoredOn::batch;
    int probe_examples = 64; ///< of the task, drawn with `seed`; for ScoredOn::probe
    int resamples = 0; ///< of the scored examples, at each discovery; 0 for none
    /// Of selection.n: from `top_n_start` to it over the first `top_n_iterations` discoveries.
    Schedule top_n_schedule = Schedule::constant;
    int top_n_start = 1000;
    int top_n_iterations = 100;
    bool train_layer0_qkv = true; ///< for GraphKind::paper (algorithm.md, section 4)
    bool train_norms = false;
    bool train_embeddings = false;
    bool train_unembedding = false; ///< where it is tied, the token embedding
    double random_ratio = 0; ///< share of the nodes outside the first circuit that are open too

    /// For TunedPart::entries: the share of the entries of the blocks' matrices that trains, and how
    /// many examples of the task, drawn with `seed`, decide which ones.
    double mask_share = 0.05;
    int mask_examples = 64;

    int lora_rank = 8;
    double lora_alpha = 16; ///< the product counts alpha / rank times
    std::string lora_targets = "q,k,v,o,mlp";
    double lora_learning_rate = 0; ///< takes the place of learning_rate; 0 for that one

    LossKind loss = LossKind::standard;

    int steps = 100; ///< of the optimizer, where epochs is 0
    int epochs = 0; ///< how often every example is seen
    int batch = 16; ///< examples
    int accumulate = 1; ///< batches to an optimizer step
    int max_tokens = 128; ///< longer examples are cut
    /// Training keeps each block's input alone and computes the block anew in the backward pass.
    bool recompute_blocks = false;
    bool offload_inputs = false; ///< these inputs wait in the main memory; for recompute_blocks
    /// Of several processes each keeps the weights of its part of the blocks alone.
    bool shard_blocks = false;
    bool strict = false; ///< tasks with targets that look like mistakes are refused
    OptimizerKind optimizer = OptimizerKind::sgd;
    double learning_rate = 1e-3;
    double momentum = 0.9; ///< of SGD
    double beta1 = 0.9; ///< of AdamW, as the two that follow
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 1e-4;
    double clip_norm = 0; ///< of the gradient over all open entries; 0 for no clipping
    /// β of algorithm.md, section 5: β · |metric| is added to the loss, which drives a preference
    /// to zero.
    double metric_penalty = 0;
    int warm_up = 100; ///< steps of linear warm-up; 0 for none
    Schedule rate_schedule = Schedule::constant; ///< after the warm-up, down to 0

    int evaluate_every = 10; ///< steps; 0 for never
    int evaluation_items = 200; ///< at most so many of each suite
    double mark_accuracy = 0.95; ///< the held-out accuracy that earns a mark on the timeline

    /// Ends the run early: SUITE.MEASURE as evaluated, such as `task.accuracy`; empty for never.
    std::string stop_measure;
    double stop_reach = 0; ///< the value to reach; 0 for none
    int stop_patience = 0; ///< evaluations without a better value; 0 for any number

    int checkpoint_every = 100; ///< steps; 0 for only at pause, stop and end
    double checkpoint_seconds = 10; ///< of training; 0 for none by time
    int checkpoint_keep = 2; ///< the latest, others spread over the run
    bool checkpoint_keep_best = false; ///< by the stop measure, else the held-out accuracy
    bool checkpoint_keep_optimizer = false; ///< once the run is finished
    int checkpoint_limit_mb = 4096; ///< MiB of one run's checkpoints together

    std::uint64_t seed = 1;
    std::string device = "auto"; ///< as device_choice() reads it
    Precision dtype = Precision::float32;
    BosRule suite_bos = BosRule::automatic; ///< what stands before the suites' texts

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
/// What a stored run's configuration said, also of older versions: where it names no
/// circuit.integration_points, eap-ig's are those that it had then.
RunConfig run_config_from_json(std::string_view json);

/// A ready-made run of resources/presets.
struct PresetInfo
{
    std::string name; ///< for preset()
    std::string title;
    std::string description; ///< a sentence: what the run does
};
/// The first is the one that the demo runs.
std::vector<PresetInfo> presets();
/// Throws InputError with the names there are.
RunConfig preset(std::string_view name);

} // namespace circuitloom
