#include "core/demo/embedded_model.h"

#ifdef CIRCUITLOOM_HAS_DEMO_MODEL

// The assembler copies each file into the read-only data between two labels.
#define CIRCUITLOOM_EMBED(label, file)                                                             \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 64\n"                                                                         \
            ".globl circuitloom_demo_" #label "\n"                                                 \
            ".hidden circuitloom_demo_" #label "\n"                                                \
            "circuitloom_demo_" #label ":\n"                                                       \
            ".incbin \"" CIRCUITLOOM_RESOURCES "/models/demo/" file "\"\n"                         \
            ".globl circuitloom_demo_" #label "_end\n"                                             \
            ".hidden circuitloom_demo_" #label "_end\n"                                            \
            "circuitloom_demo_" #label "_end:\n"                                                   \
            ".byte 0\n"                                                                            \
            ".previous\n");                                                                        \
    extern "C" __attribute__((visibility("hidden"))) const char circuitloom_demo_##label[];        \
    extern "C" __attribute__((visibility("hidden"))) const char circuitloom_demo_##label##_end[];

CIRCUITLOOM_EMBED(config, "config.json")
CIRCUITLOOM_EMBED(tokenizer, "tokenizer.json")
CIRCUITLOOM_EMBED(tokenizer_config, "tokenizer_config.json")
CIRCUITLOOM_EMBED(weights, "model.safetensors")

#undef CIRCUITLOOM_EMBED

namespace circuitloom {

namespace {

std::string_view between(const char* begin, const char* end)
{
    return { begin, static_cast<std::size_t>(end - begin) };
}

} // namespace

const EmbeddedModel* embedded_demo_model()
{
    static const EmbeddedModel model = {
        between(circuitloom_demo_config, circuitloom_demo_config_end),
        between(circuitloom_demo_tokenizer, circuitloom_demo_tokenizer_end),
        between(circuitloom_demo_tokenizer_config, circuitloom_demo_tokenizer_config_end),
        std::as_bytes(
            std::span<const char>(between(circuitloom_demo_weights, circuitloom_demo_weights_end))),
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
