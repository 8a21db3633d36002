#include "core/architecture/families/refused.h"

#include <array>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::string_view experts
    = "a mixture of experts: a router sends each token to a few of them, so an MLP is not one node "
      "with one input and one output, and the graph has no node for the router";
constexpr std::string_view recurrent
    = "which has recurrent or state-space layers: they carry a state from token to token where the "
      "graph has attention heads with queries, keys and values";
constexpr std::string_view hybrid
    = "which mixes attention with recurrent or state-space layers: those carry a state from token "
      "to token where the graph has attention heads with queries, keys and values";
constexpr std::string_view encoder
    = "an encoder: it reads a text in both directions and predicts no next token, which every "
      "task and suite here asks for";
constexpr std::string_view encoder_decoder
    = "an encoder with a decoder: the decoder attends to the encoder's output, and the graph has "
      "no node and no edge for that";
constexpr std::string_view images
    = "a model of images or sound besides text, of which only a text model could be read: save its "
      "language model alone, with a config.json of its own";
constexpr std::string_view alibi
    = "whose positions are ALiBi's slopes on the attention scores, which this version does not "
      "compute; the graph could describe it";
constexpr std::string_view stream_norms
    = "which norms the residual stream itself after each half of a layer: nothing that a node "
      "wrote stays in it as it was, so the graph has no edge for it";
constexpr std::string_view several_streams
    = "which keeps several residual streams and mixes them in every layer: what a node wrote is "
      "not "
      "read by later ones as it was, so the graph has no edge for it";
constexpr std::string_view latent = "whose keys and values of all heads come out of one compressed "
                                    "vector, which the graph has no "
                                    "node for";
constexpr std::string_view not_yet
    = "which the graph could describe, but this version does not compute yet";

constexpr std::array table = std::to_array<std::pair<std::string_view, std::string_view>>({
    { "afmoe", experts },
    { "albert", encoder },
    { "apertus", not_yet },
    { "arctic", experts },
    { "baichuan", not_yet },
    { "bailing_moe", experts },
    { "bamba", hybrid },
    { "bart", encoder_decoder },
    { "bert", encoder },
    { "big_bird", encoder },
    { "bigbird_pegasus", encoder_decoder },
    { "biogpt", not_yet },
    { "bitnet", not_yet },
    { "blenderbot", encoder_decoder },
    { "bloom", alibi },
    { "camembert", encoder },
    { "chameleon", images },
    { "codegen", not_yet },
    { "cohere", not_yet },
    { "cohere2", not_yet },
    { "ctrl", not_yet },
    { "dbrx", experts },
    { "deberta", encoder },
    { "deberta-v2", encoder },
    { "deepseek", experts },
    { "deepseek_v2", experts },
    { "deepseek_v3", experts },
    { "deepseek_v32", experts },
    { "distilbert", encoder },
    { "dots1", experts },
    { "electra", encoder },
    { "encoder-decoder", encoder_decoder },
    { "ernie", encoder },
    { "ernie4_5", not_yet },
    { "ernie4_5_moe", experts },
    { "exaone4", not_yet },
    { "falcon", not_yet },
    { "falcon_h1", hybrid },
    { "falcon_mamba", recurrent },
    { "flex_olmo", experts },
    { "fsmt", encoder_decoder },
    { "gemma3", images },
    { "gemma3n", several_streams },
    { "gemma3n_text", several_streams },
    { "glm", not_yet },
    { "glm4", not_yet },
    { "glm4_moe", experts },
    { "gpt_bigcode", not_yet },
    { "gpt_neox_japanese", not_yet },
    { "gpt_oss", experts },
    { "granitemoe", experts },
    { "granitemoehybrid", experts },
    { "granitemoeshared", experts },
    { "helium", not_yet },
    { "hunyuan_v1_dense", not_yet },
    { "hunyuan_v1_moe", experts },
    { "idefics", images },
    { "idefics2", images },
    { "idefics3", images },
    { "internlm2", not_yet },
    { "jamba", hybrid },
    { "jetmoe", experts },
    { "led", encoder_decoder },
    { "lfm2", hybrid },
    { "lfm2_moe", hybrid },
    { "llama4", images },
    { "llama4_text", experts },
    { "llava", images },
    { "llava_next", images },
    { "longformer", encoder },
    { "longt5", encoder_decoder },
    { "m2m_100", encoder_decoder },
    { "mamba", recurrent },
    { "mamba2", recurrent },
    { "marian", encoder_decoder },
    { "mbart", encoder_decoder },
    { "megatron-bert", encoder },
    { "minicpm3", latent },
    { "minimax", experts },
    { "ministral", not_yet },
    { "mistral3", images },
    { "mixtral", experts },
    { "mllama", images },
    { "mobilebert", encoder },
    { "modernbert", encoder },
    { "modernbert-decoder", not_yet },
    { "mpnet", encoder },
    { "mpt", alibi },
    { "mt5", encoder_decoder },
    { "mvp", encoder_decoder },
    { "nemotron", not_yet },
    { "nemotron_h", hybrid },
    { "nllb-moe", encoder_decoder },
    { "olmo", not_yet },
    { "olmo3", not_yet },
    { "olmo_hybrid", hybrid },
    { "olmoe", experts },
    { "openai-gpt", stream_norms },
    { "paligemma", images },
    { "pegasus", encoder_decoder },
    { "persimmon", not_yet },
    { "phi", not_yet },
    { "phi4_multimodal", images },
    { "phimoe", experts },
    { "plbart", encoder_decoder },
    { "prophetnet", encoder_decoder },
    { "qwen2_5_vl", images },
    { "qwen2_moe", experts },
    { "qwen2_vl", images },
    { "qwen3_5", images },
    { "qwen3_moe", experts },
    { "qwen3_next", hybrid },
    { "qwen3_vl", images },
    { "recurrent_gemma", hybrid },
    { "rembert", encoder },
    { "roberta", encoder },
    { "roformer", encoder },
    { "rwkv", recurrent },
    { "seed_oss", not_yet },
    { "smolvlm", images },
    { "squeezebert", encoder },
    { "stablelm", not_yet },
    { "starcoder2", not_yet },
    { "switch_transformers", encoder_decoder },
    { "t5", encoder_decoder },
    { "t5gemma", encoder_decoder },
    { "umt5", encoder_decoder },
    { "whisper", encoder_decoder },
    { "xglm", not_yet },
    { "xlm-roberta", encoder },
    { "xlnet", not_yet },
    { "xlstm", recurrent },
    { "zamba", hybrid },
    { "zamba2", hybrid },
});

} // namespace

std::string_view reason_refused(std::string_view model_type)
{
    for (const auto& [type, reason] : table)
        if (type == model_type)
            return reason;
    // Families too many to list keep to these endings.
    if (model_type.ends_with("_moe") || model_type.ends_with("moe"))
        return experts;
    if (model_type.ends_with("_vl") || model_type.ends_with("_vision"))
        return images;
    if (model_type.ends_with("bert"))
        return encoder;
    return {};
}

} // namespace circuitloom
