#pragma once

#include <string>

namespace CLI {
class App;
}

namespace circuitloom {

/// What every command says about the model it takes.
inline constexpr const char* model_help
    = "demo, a model's directory (config.json and safetensors, or one .gguf), a GGUF file (any part "
      "of a split one; Ollama's files without an ending too), the id of a model in the Hugging Face "
      "cache, an adapter's directory in PEFT's layout, or FILE.loom:R@I, the model of run R at "
      "iteration I (s120 for a step, start, end)";

/// Adds the model that a command needs, under this name, and --adapter.
void add_model_option(CLI::App& command, std::string& model, const std::string& name = "model",
    const std::string& help = model_help);
/// Adds --adapter, which puts an adapter's directory behind `model`, as adapted_name() reads it.
void add_adapter_option(CLI::App& command, std::string& model);

} // namespace circuitloom
