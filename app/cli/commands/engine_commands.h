#pragma once

#include <array>
#include <string_view>

namespace CLI {
class App;
}

namespace circuitloom {

/// A command that needs LibTorch, or that tells of those.
struct EngineCommand
{
    std::string_view name; ///< with that of the command it is part of
    const char* help;
};

/// Every one of them, for the program without LibTorch too, which lists them and leaves their
/// arguments to the one with it.
inline constexpr std::array engine_commands{
    EngineCommand{ "logits",
        "The log-probabilities of the next token after a text or after tokens given by their "
        "ids; with --json those of every token." },
    EngineCommand{ "generate",
        "Continue a text." },
    EngineCommand{ "attention",
        "Where attention heads look on a text, in percent." },
    EngineCommand{ "lens",
        "What nodes write towards the next token, through the final norm and the unembedding: "
        "on a text's last position, or averaged over a task." },
    EngineCommand{ "ablate",
        "What the model does on a task and on suites without some nodes or edges, or with a "
        "circuit alone." },
    EngineCommand{ "drift",
        "How far a run had moved each part of its model from where it began." },
    EngineCommand{ "faithfulness",
        "How much of what the model of an iteration does its best edges do alone, the stored "
        "circuit's first, beside random circuits of as many edges." },
    EngineCommand{ "discover",
        "Score every edge of a model's graph on a task." },
    EngineCommand{ "evaluate",
        "How well a model does a task, and how much of that a circuit explains, beside a "
        "random circuit of as many edges." },
    EngineCommand{ "tune",
        "Fine-tune a model inside its circuit, and keep every iteration in a .loom file. "
        "Ctrl-C stops after the step under way." },
    EngineCommand{ "resume",
        "Go on with a run that was stopped, failed or was interrupted, from its latest "
        "checkpoint: the same as if it had never been left. What it stored after that "
        "checkpoint is made anew." },
    EngineCommand{ "observe",
        "Make a run of checkpoints that others trained: each is loaded alone, its circuit is found "
        "on the same examples, and what it can do is measured. The same command goes on behind the "
        "last one that is in the file. Ctrl-C stops after the checkpoint under way." },
    EngineCommand{ "bench",
        "Time a plain fine-tuning step, circuit-tuning steps with and without a discovery, "
        "and a discovery at all positions in turn; prints medians and ratios as JSON." },
    EngineCommand{ "devices",
        "What this program can compute on: processor and cards, their memory, and which one "
        "auto takes." },
    EngineCommand{ "train-demo-model",
        "Train the embedded demo model anew from its grammar, and measure it on fresh items." },
    EngineCommand{ "completion",
        "Print what completes this program's commands, options and their values in a shell." },
    EngineCommand{ "man",
        "Print this program's manual page, for man -l -." },
    EngineCommand{ "models export",
        "write a model as a directory that transformers and Circuitloom load: config.json, "
        "model.safetensors and the tokenizer's files. With --run, the model as a run tuned it" },
};

/// Adds one of them to `app`, or to the command it is part of: its name and its help.
CLI::App* add_engine_command(CLI::App& app, std::string_view name);

} // namespace circuitloom
