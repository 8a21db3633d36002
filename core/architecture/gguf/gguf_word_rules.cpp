#include "core/architecture/gguf/gguf_word_rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>

namespace circuitloom {

namespace {

using Splits = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> digit = { R"(\p{N})" };
constexpr std::array<std::string_view, 1> llama3 = {
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> qwen2 = {
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> qwen35 = {
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> no_contractions = {
    R"([^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> tekken = {
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::string_view gpt4o_words
    = R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::array<std::string_view, 1> gpt4o = { gpt4o_words };
constexpr std::array<std::string_view, 2> tiny_aya
    = { R"(\d{1,3}(?=(?:\d{3})*\b))", gpt4o_words };
constexpr std::array<std::string_view, 1> seed_coder = {
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> bailing = {
    R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 1> exaone_moe = {
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 5> deepseek_coder
    = { R"([\r\n])", R"(\s?\p{L}+)", R"(\s?\p{P}+)", "[一-龥ࠀ-一가-퟿]+", R"(\p{N})" };
constexpr std::array<std::string_view, 3> deepseek3 = { R"(\p{N}{1,3})", "[一-龥぀-ゟ゠-ヿ]+",
    R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)" };
/// Letters that have a case, but not those that Unicode took up later. By number stand those that a
/// program which composes texts would replace by others.
constexpr std::array<std::string_view, 6> deepseek_llm = { R"([\r\n])",
    R"(\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\x{1f7d}ᾀ-ᾴᾶ-ᾼ\x{1fbe}ῂ-ῄῆ-ῌῐ-\x{1fd3}ῖ-\x{1fdb}ῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\x{2126}ℨ\x{212a}-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+)",
    R"(\s?[!-/:-~！-／：-～‘-‟　-。]+)", R"(\s+$)", "[一-龥ࠀ-一가-퟿]+", R"(\p{N}+)" };
/// Han characters by themselves, and GPT-4o's words without them.
constexpr std::array<std::string_view, 1> kimi_k2 = {
    R"(\p{Han}+|[^\r\n\p{L}\p{N}]?(?:(?!\p{Han})[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])*(?:(?!\p{Han})[\p{Ll}\p{Lm}\p{Lo}\p{M}])+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?(?:(?!\p{Han})[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])+(?:(?!\p{Han})[\p{Ll}\p{Lm}\p{Lo}\p{M}])*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 2> youtu = {
    "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥぀-ゟ゠-ヿ]+",
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
constexpr std::array<std::string_view, 2> minicpm5 = {
    R"(\p{N}{1,3})",
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}+| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"
};
/// Tokens of images, spaces by twos and fours, digits and marks one by one.
constexpr std::array<std::string_view, 5> chameleon
    = { "<sentinel:[0-9]+>", "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z", R"(([\t\n]|    |  ))",
          R"(\p{N})", R"([\p{P}!-/:-@\[-`{-~])" };
constexpr std::array<std::string_view, 3> falcon = { R"([\p{P}\$\+<=>\^~\|`]+)",
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))",
    "[0-9][0-9][0-9]" };
constexpr std::array<std::string_view, 1> bloom = { R"( ?[^(\s|.,!?…。，、।۔،)]+)" };
constexpr std::array<std::string_view, 2> viking = { bloom[0], R"(\p{N})" };
constexpr std::array<std::string_view, 2> superbpe = { R"(\p{N}+)", R"((?=(\d{3})+(?!\d)))" };
constexpr std::array<std::string_view, 2> laguna = { R"([^\n]+|[\n]+)", qwen2[0] };

struct NamedRule
{
    std::string_view name;
    Splits splits = {};
    bool gpt2_words = false;
    bool nfc = false;
    bool ignore_merges = false;
    bool adds_bos = false;
};

/// `default` is what old files say of GPT-2's.
constexpr NamedRule rules[] = {
    // GPT-2's words.
    { "default", {}, true }, { "gpt-2", {}, true }, { "phi-2", {}, true }, { "jina-es", {}, true },
    { "jina-de", {}, true }, { "jina-v2-es", {}, true }, { "jina-v2-de", {}, true },
    { "gigachat", {}, true }, { "a.x-4.0", {}, true }, { "mellum", {}, true },
    { "modern-bert", {}, true }, { "exaone4", {}, true }, { "jais", {}, true },
    { "trillion", {}, true }, { "granite-docling", {}, true }, { "mpt", {}, true, true },
    { "olmo", {}, true, true }, // GPT-NeoX's
    // Each digit by itself, then GPT-2's words.
    { "starcoder", digit, true }, { "refact", digit, true }, { "command-r", digit, true, true },
    { "smollm", digit, true }, { "codeshell", digit, true }, { "exaone", digit, true },
    { "minerva-7b", digit, true }, { "mellum2", digit, true },
    // Up to three digits.
    { "llama3", llama3, false, false, true, true },
    { "llama-v3", llama3, false, false, true, true },
    { "llama-bpe", llama3, false, false, true, true },
    { "falcon3", llama3, false, false, true, true },
    { "falcon-h1", llama3, false, false, true, true },
    { "pixtral", llama3, false, false, true, true },
    { "midm-2.0", llama3, false, false, true, true },
    { "lfm2", llama3, false, false, true, true },
    { "jina-v5-nano", llama3, false, false, true, true }, { "dbrx", llama3 },
    { "smaug-bpe", llama3 }, { "glm4", llama3 }, { "chatglm-bpe", llama3 },
    // Each digit by itself.
    { "qwen2", qwen2, false, true }, { "deepseek-r1-qwen", qwen2 }, { "kormo", qwen2 },
    { "f2llmv2", qwen2 }, { "megrez", qwen2 }, { "stablelm2", qwen2 }, { "hunyuan", qwen2 },
    { "grok-2", qwen2 }, { "solar-open", qwen2 }, { "qwen35", qwen35, false, true },
    { "ufakzeka", no_contractions }, { "seed-coder", seed_coder }, { "laguna", laguna },
    { "bailingmoe", bailing }, { "bailingmoe2", bailing }, { "llada-moe", bailing },
    { "exaone-moe", exaone_moe },
    // Words that also end where the case changes.
    { "tekken", tekken, false, false, true, true }, // Mistral's later models
    { "gpt-4o", gpt4o }, { "llama4", gpt4o }, { "kanana2", gpt4o }, { "talkie", gpt4o },
    { "minimax-m2", gpt4o }, { "tiny_aya", tiny_aya }, { "cohere2moe", tiny_aya },
    // Several splits one after another.
    { "deepseek-coder", deepseek_coder }, { "deepseek-v3", deepseek3 },
    { "hunyuan-dense", deepseek3 }, { "joyai-llm", deepseek3 }, { "deepseek-llm", deepseek_llm },
    { "bloom", bloom }, { "poro-chat", bloom }, { "gpt3-finnish", bloom }, { "falcon", falcon },
    { "viking", viking }, { "superbpe", superbpe }, { "minicpm5", minicpm5, false, false, true },
    { "youtu", youtu, false, false, true }, { "kimi-k2", kimi_k2 },
    { "chameleon", chameleon, true, false, false, true },
};

} // namespace

GgufWordRule gguf_word_rule(const GgufMetadata& metadata)
{
    constexpr const char* key = "tokenizer.ggml.pre";
    const std::string name = metadata.text_or(key, "default");
    const auto* found = std::ranges::find(rules, name, &NamedRule::name);
    if (found != std::end(rules))
        return { { found->splits.begin(), found->splits.end() }, found->gpt2_words, found->nfc,
            found->ignore_merges, found->adds_bos };
    std::string known;
    for (const NamedRule& rule : rules)
        known += (known.empty() ? "" : ", ") + std::string(rule.name);
    metadata.fail(key, "is " + name + "; supported are " + known);
}

} // namespace circuitloom
