#include "core/demo/embedded_model.h"

#ifdef CIRCUITLOOM_HAS_DEMO_MODEL

#include "core/base/embedded_file.h"

CIRCUITLOOM_EMBED(demo_config, "models/demo/config.json")
CIRCUITLOOM_EMBED(demo_tokenizer, "models/demo/tokenizer.json")
CIRCUITLOOM_EMBED(demo_tokenizer_config, "models/demo/tokenizer_config.json")
CIRCUITLOOM_EMBED(demo_weights, "models/demo/model.safetensors")

namespace circuitloom {

const EmbeddedModel* embedded_demo_model()
{
    static const EmbeddedModel model = {
        embedded_text(circuitloom_demo_config, circuitloom_demo_config_end),
        embedded_text(circuitloom_demo_tokenizer, circuitloom_demo_tokenizer_end),
        embedded_text(circuitloom_demo_tokenizer_config, circuitloom_demo_tokenizer_config_end),
        std::as_bytes(std::span<const char>(
            embedded_text(circuitloom_demo_weights, circuitloom_demo_weights_end))),
    };
    return &model;
}

} // namespace circuitloom

#else

namespace circuitloom {

const EmbeddedModel* embedded_demo_model()
{
    return nullptr;
}

} // namespace circuitloom

#endif
