// What tells of a training's checkpoints: a list in TOML, or a Trainer's trainer_state.json. The
// input's first line says which, as `toml` or `json`.
#include "core/run/checkpoint_list.h"
#include "core/run/trainer_log.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/input_folder.h"

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    static const InputFolder folder;
    const auto [ending, content] = marked(input);
    if (ending == "toml") {
        read_checkpoint_list(folder.write(ending, content));
    } else if (ending == "json") {
        const TrainerLog log = read_trainer_log(folder.write(ending, content));
        for (std::size_t i = 1; i < log.steps.size(); ++i)
            require(log.steps[i - 1].step < log.steps[i].step, "steps ascend");
    } else {
        throw InputError("input file: its first line is neither toml nor json.");
    }
}

} // namespace circuitloom::fuzz
