#include "core/tokenizer/tokenizer_class.h"

#include <algorithm>
#include <array>

namespace circuitloom {

namespace {

constexpr std::string_view end_of_text = "<|endoftext|>";

/// TokenizersBackend of version 5, PreTrainedTokenizerFast of 4.57.
constexpr TokenizerClass plain_class{};

constexpr TokenizerClass llama_class{ .name = "LlamaTokenizer",
    .bos = "<s>",
    .eos = "</s>",
    .unknown = "<unk>",
    .settings_count_in_4 = true,
    .adds_bos_in_4 = true };

constexpr std::array<TokenizerClass, 9> classes = { {
    llama_class,
    { .name = "GPT2Tokenizer",
        .bos = end_of_text,
        .eos = end_of_text,
        .unknown = end_of_text,
        .reads_files = true,
        .sets_prefix_space = true },
    { .name = "GPTNeoXTokenizer",
        .bos = end_of_text,
        .eos = end_of_text,
        .unknown = end_of_text,
        .padding = "<|padding|>",
        .settings_count_in_4 = true,
        .frameless_in_5 = true,
        .reads_files = true,
        .sets_prefix_space = true },
    { .name = "Qwen2Tokenizer",
        .eos = end_of_text,
        .unknown = end_of_text,
        .padding = end_of_text,
        .reads_files = true,
        .sets_prefix_space = true,
        .adds_special_again = true },
    { .name = "GemmaTokenizer",
        .bos = "<bos>",
        .eos = "<eos>",
        .unknown = "<unk>",
        .padding = "<pad>",
        .mask = "<mask>",
        .settings_count_in_4 = true,
        .adds_bos_in_4 = true },
    { .name = "CodeGenTokenizer",
        .bos = end_of_text,
        .eos = end_of_text,
        .unknown = end_of_text,
        .reads_files = true,
        .sets_prefix_space = true },
    { .name = "CohereTokenizer",
        .bos = "<BOS_TOKEN>",
        .eos = "<|END_OF_TURN_TOKEN|>",
        .unknown = "<UNK>",
        .padding = "<PAD>",
        .mask = "<MASK_TOKEN>",
        .settings_count_in_4 = true,
        .adds_bos_in_4 = true,
        .sets_prefix_space = true },
    { .name = "BloomTokenizer" },
    { .name = "RobertaTokenizer",
        .bos = "<s>",
        .eos = "</s>",
        .unknown = "<unk>",
        .padding = "<pad>",
        .mask = "<mask>",
        .framed = true,
        .reads_files = true,
        .sets_prefix_space = true },
} };

/// The classes that each version takes for a model whose files name none.
struct ClassOfModel
{
    std::string_view model_type;
    std::string_view in_4; ///< empty: only GPT2Tokenizer, which reads no tokenizer.json there
    std::string_view in_5; ///< empty: the plain one; `-`: none is registered
};

constexpr std::string_view fast = "PreTrainedTokenizer";

constexpr std::array<ClassOfModel, 27> classes_of_models = { {
    { "bloom", "BloomTokenizer", "-" },
    { "codegen", "CodeGenTokenizer", "GPT2Tokenizer" },
    { "cohere", "CohereTokenizer", "CohereTokenizer" },
    { "falcon", fast, "-" },
    { "gemma", "GemmaTokenizer", "GemmaTokenizer" },
    { "gemma2", "GemmaTokenizer", "GemmaTokenizer" },
    { "gemma3", "GemmaTokenizer", "GemmaTokenizer" },
    { "gemma3_text", "GemmaTokenizer", "GemmaTokenizer" },
    { "gpt2", "GPT2Tokenizer", "GPT2Tokenizer" },
    { "gpt_neo", "GPT2Tokenizer", "GPT2Tokenizer" },
    { "gpt_neox", "GPTNeoXTokenizer", "GPTNeoXTokenizer" },
    { "gptj", "GPT2Tokenizer", "GPT2Tokenizer" },
    { "granite", "", "" },
    { "llama", "LlamaTokenizer", "-" },
    { "mistral", "LlamaTokenizer", "" },
    { "mixtral", "LlamaTokenizer", "" },
    { "olmo", "GPTNeoXTokenizer", "GPTNeoXTokenizer" },
    { "olmo2", "GPTNeoXTokenizer", "" },
    { "olmo3", "GPT2Tokenizer", "" },
    { "opt", "GPT2Tokenizer", "GPT2Tokenizer" },
    { "phi", "CodeGenTokenizer", "GPT2Tokenizer" },
    { "phi3", "LlamaTokenizer", "" },
    { "qwen2", "Qwen2Tokenizer", "Qwen2Tokenizer" },
    { "qwen3", "Qwen2Tokenizer", "Qwen2Tokenizer" },
    { "smollm3", fast, "-" },
    { "stablelm", "GPTNeoXTokenizer", "" },
    { "starcoder2", "GPT2Tokenizer", "GPT2Tokenizer" },
} };

const ClassOfModel* class_of_model(std::string_view model_type)
{
    const auto* found = std::ranges::find(classes_of_models, model_type, &ClassOfModel::model_type);
    return found == classes_of_models.end() ? nullptr : found;
}

std::string_view without_fast(std::string_view name)
{
    if (name.ends_with("Fast"))
        name.remove_suffix(4);
    return name;
}

const TokenizerClass* find_class(std::string_view name)
{
    const auto* found = std::ranges::find(classes, name, &TokenizerClass::name);
    return found == classes.end() ? nullptr : found;
}

/// Of these, version 5 trusts its own class rather than the one that the files name.
bool is_known_wrong(std::string_view model_type)
{
    return model_type == "phi3" || model_type == "qwen2";
}

} // namespace

const TokenizerClass* class_in_transformers4(const TokenizerDeclaration& declaration)
{
    const ClassOfModel* of_model = class_of_model(declaration.model_type);
    std::string_view name = without_fast(declaration.class_name);
    if (name.empty() && of_model)
        name = of_model->in_4;
    if (name.empty() && of_model && !declaration.has_tokenizer_json)
        name = "GPT2Tokenizer";
    return name == fast ? &plain_class : find_class(name);
}

const TokenizerClass& class_in_transformers5(const TokenizerDeclaration& declaration)
{
    const std::string_view named = without_fast(declaration.class_name);
    const bool known_wrong = is_known_wrong(declaration.model_type);
    if (named == llama_class.name && declaration.byte_level && !known_wrong)
        return plain_class;
    const ClassOfModel* of_model = class_of_model(declaration.model_type);
    const bool registered = of_model && of_model->in_5 != "-";
    std::string_view name = named;
    if (registered && (named.empty() || known_wrong || of_model->in_5.empty()))
        name = of_model->in_5;
    const TokenizerClass* found = find_class(name);
    return found ? *found : plain_class;
}

} // namespace circuitloom
