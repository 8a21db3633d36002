#include "app/cli/commands/commands.h"

namespace circuitloom {

void add_commands(CLI::App& app)
{
    add_models_command(app);
    add_tokenize_command(app);
    add_tasks_command(app);
    add_logits_command(app);
    add_generate_command(app);
    add_attention_command(app);
    add_lens_command(app);
    add_ablate_command(app);
    add_discover_command(app);
    add_evaluate_command(app);
    add_circuits_command(app);
    add_tune_command(app);
    add_resume_command(app);
    add_checkpoints_command(app);
    add_runs_command(app);
    add_export_command(app);
    add_bench_command(app);
    add_train_demo_model_command(app);
}

} // namespace circuitloom
