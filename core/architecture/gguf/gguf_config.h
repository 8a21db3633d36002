#pragma once

#include "core/formats/gguf.h"

#include <string>

namespace circuitloom {

/// The model's config.json as Hugging Face's transformers would write it, for the architectures
/// llama (Mistral's models are of this one), qwen2, qwen3, phi3, smollm3, granite, gemma, gemma2,
/// gemma3, olmo2, gpt2 and gptneox. Throws InputError naming the file and the key where one is
/// missing or out of range, and for other architectures.
std::string gguf_config_json(const Gguf& file);

} // namespace circuitloom
