#include "tests/support/published_models.h"

#include <algorithm>
#include <array>
#include <string>

namespace circuitloom::testing {

namespace {

constexpr std::array models{
    PublishedModel{ "Pythia-70M", 70'426'624, "gpt_neox", 6, 512, 8, 8, 64, 2048, 50304, false },
    PublishedModel{ "Pythia-160M", 162'322'944, "gpt_neox", 12, 768, 12, 12, 64, 3072, 50304, false },
    PublishedModel{ "Pythia-410M", 405'334'016, "gpt_neox", 24, 1024, 16, 16, 64, 4096, 50304, false },
    PublishedModel{ "Pythia-1B", 1'011'781'632, "gpt_neox", 16, 2048, 8, 8, 256, 8192, 50304, false },
    PublishedModel{ "Pythia-1.4B", 1'414'647'808, "gpt_neox", 24, 2048, 16, 16, 128, 8192, 50304, false },
    PublishedModel{ "Pythia-2.8B", 2'775'208'960, "gpt_neox", 32, 2560, 32, 32, 80, 10240, 50304, false },
    PublishedModel{ "Pythia-6.9B", 6'857'302'016, "gpt_neox", 32, 4096, 32, 32, 128, 16384, 50432, false },
    PublishedModel{ "Qwen3-0.6B", 596'049'920, "qwen3", 28, 1024, 16, 8, 128, 3072, 151936, true },
    PublishedModel{ "Llama-3.2-1B", 1'235'814'400, "llama", 16, 2048, 32, 8, 64, 8192, 128256, true },
    PublishedModel{ "Qwen3-1.7B", 1'720'574'976, "qwen3", 28, 2048, 16, 8, 128, 6144, 151936, true },
    PublishedModel{ "Llama-3.2-3B", 3'212'749'824, "llama", 28, 3072, 24, 8, 128, 8192, 128256, true },
    PublishedModel{ "Qwen3-4B", 4'022'468'096, "qwen3", 36, 2560, 32, 8, 128, 9728, 151936, true },
    PublishedModel{ "Llama-3.1-8B", 8'030'261'248, "llama", 32, 4096, 32, 8, 128, 14336, 128256, false },
    PublishedModel{ "Qwen3-8B", 8'190'735'360, "qwen3", 36, 4096, 32, 8, 128, 12288, 151936, false },
};

} // namespace

std::span<const PublishedModel> published_models()
{
    return models;
}

const PublishedModel& published_model(std::string_view name)
{
    return *std::ranges::find(models, name, &PublishedModel::name);
}

ModelConfig PublishedModel::config() const
{
    const auto field = [](const std::string& key, int value) {
        return "\"" + key + "\": " + std::to_string(value) + ", ";
    };
    const bool neox = family == "gpt_neox";
    std::string json = "{ \"model_type\": \"" + std::string(family) + "\", \"architectures\": [\""
        + (neox           ? "GPTNeoXForCausalLM"
                : family == "qwen3" ? "Qwen3ForCausalLM"
                                    : "LlamaForCausalLM")
        + "\"], " + field("num_hidden_layers", layers) + field("hidden_size", width)
        + field("num_attention_heads", heads) + field("intermediate_size", mlp_width)
        + field("vocab_size", vocabulary)
        + field("max_position_embeddings", family == "llama" ? 131072 : neox ? 2048 : 40960);
    if (neox)
        json += "\"rotary_pct\": 0.25, \"rotary_emb_base\": 10000, \"layer_norm_eps\": 1e-5, "
                "\"hidden_act\": \"gelu\", \"use_parallel_residual\": true, ";
    else
        json += field("num_key_value_heads", kv_heads) + field("head_dim", head_dim)
            + "\"rms_norm_eps\": 1e-6, \"rope_theta\": 500000.0, \"hidden_act\": \"silu\", ";
    json += "\"tie_word_embeddings\": " + std::string(tied ? "true" : "false") + " }";
    return parse_model_config(json, std::string(name) + "/config.json");
}

} // namespace circuitloom::testing
