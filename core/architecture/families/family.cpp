#include "core/architecture/families/family.h"

namespace circuitloom {

namespace {

// In the order of ModelFamily.
constexpr const Family* families[] = { &gpt2_family, &llama_family, &mistral_family, &qwen2_family,
    &qwen3_family, &gpt_neox_family, &gpt_neo_family, &gptj_family, &opt_family, &phi3_family,
    &granite_family, &smollm3_family, &gemma_family, &gemma2_family, &gemma3_family,
    &olmo2_family };

} // namespace

std::span<const Family* const> all_families()
{
    return families;
}

const Family& family_of(ModelFamily family)
{
    return *families[static_cast<std::size_t>(family)];
}

} // namespace circuitloom
