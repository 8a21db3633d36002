#pragma once

#include "app/cli/commands/run_studies.h"
#include "core/tuning/run_drift.h"

#include <functional>

namespace CLI {
class App;
}

namespace circuitloom {

/// Adds `models export` to `models`.
using AddModelsExport = std::function<void(CLI::App& models)>;
/// As run_drift() of core/tuning/run_drift.h.
using RunDriftSource = std::function<RunDrift(const ExperimentReader& reader, RunId run)>;

// A command is one source with one function below: it adds its subcommand, whose callback does the
// work, throws on failure (exit code 1), and throws CLI::RuntimeError(n) to end with the exit code
// n. Those that need LibTorch stand in engine_commands.h too.

void add_models_command(CLI::App& app, const AddModelsExport& add_export);
void add_tokenize_command(CLI::App& app);
void add_tasks_command(CLI::App& app);
void add_logits_command(CLI::App& app);
void add_generate_command(CLI::App& app);
void add_attention_command(CLI::App& app);
void add_lens_command(CLI::App& app);
void add_ablate_command(CLI::App& app);
void add_drift_command(CLI::App& app);
void add_faithfulness_command(CLI::App& app);
void add_discover_command(CLI::App& app);
void add_evaluate_command(CLI::App& app);
void add_circuits_command(CLI::App& app);
void add_tune_command(CLI::App& app);
void add_resume_command(CLI::App& app);
void add_checkpoints_command(CLI::App& app);
void add_import_command(CLI::App& app);
void add_runs_command(
    CLI::App& app, const RunDriftSource& drift, const StudySource& answer_study);
void add_export_command(CLI::App& app);
void add_estimate_command(CLI::App& app);
void add_check_command(CLI::App& app);
void add_stream_command(CLI::App& app);
void add_mirror_command(CLI::App& app);
void add_observe_command(CLI::App& app);
void add_bench_command(CLI::App& app);
void add_devices_command(CLI::App& app);
void add_train_demo_model_command(CLI::App& app);
// `app` is the whole program, which they describe when they are called.
void add_completion_command(CLI::App& app);
void add_man_command(CLI::App& app);

} // namespace circuitloom
