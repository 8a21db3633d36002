#include "app/cli/commands/ask.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/models.h"
#include "app/cli/program.h"
#include "core/tuning/failure.h"

#include <CLI/CLI.hpp>

#include <variant>

// circuitloom-cli-engine: every command, with LibTorch. circuitloom-cli goes on as it for those that
// need it.

int main(int argc, char** argv)
{
    using namespace circuitloom;
    const auto add_commands = [](CLI::App& app) {
        add_models_command(app, add_models_export);
        add_tokenize_command(app);
        add_tasks_command(app);
        add_circuits_command(app);
        add_import_command(app);
        add_checkpoints_command(app);
        add_runs_command(app, run_drift, [](const StudyQuestion& question) {
            return std::get<StudyAnswer>(ask(question));
        });
        add_stream_command(app);
        add_mirror_command(app);
        add_export_command(app);
        add_estimate_command(app);
        add_check_command(app);
        add_logits_command(app);
        add_generate_command(app);
        add_attention_command(app);
        add_lens_command(app);
        add_ablate_command(app);
        add_drift_command(app);
        add_faithfulness_command(app);
        add_discover_command(app);
        add_evaluate_command(app);
        add_tune_command(app);
        add_resume_command(app);
        add_observe_command(app);
        add_bench_command(app);
        add_devices_command(app);
        add_train_demo_model_command(app);
        add_completion_command(app);
        add_man_command(app);
    };
    return run_program(argc, argv, add_commands,
        [](const std::string& less_memory) { return failure_in_words(less_memory); });
}
