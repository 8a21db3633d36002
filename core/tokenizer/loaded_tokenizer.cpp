#include "core/tokenizer/loaded_tokenizer.h"

#include "core/formats/json_input.h"
#include "core/tokenizer/declared_tokens.h"
#include "core/tokenizer/vocabulary_files.h"

namespace circuitloom {

namespace {

using Json = nlohmann::json;

/// An object; an empty one where there is no such file.
Json parse_object(std::string_view json, const std::string& where)
{
    if (json.empty())
        return Json::object();
    Json value = parse_json(json, where);
    JsonObject(value, where); // refuses anything else
    return value;
}

/// A folder has more files than this one; a file is named already.
std::string place_of_tokenizer_json(const std::string& origin)
{
    return origin.ends_with(".json") || origin.ends_with(".gguf") ? origin
                                                                   : origin + ": tokenizer.json";
}

std::string text_of(const Json& object, const char* field)
{
    const Json value = object.value(field, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<bool> boolean_of(const JsonObject& settings, const char* field)
{
    if (!settings.has(field))
        return std::nullopt;
    return settings.boolean_or(field, false);
}

TokenizerDeclaration declaration_of(const TokenizerFiles& files, const Json& settings)
{
    const Json config = parse_object(files.config_json, files.origin + ": config.json");
    TokenizerDeclaration declaration;
    declaration.class_name = text_of(settings, "tokenizer_class");
    if (declaration.class_name.empty())
        declaration.class_name = text_of(config, "tokenizer_class");
    declaration.model_type = text_of(config, "model_type");
    declaration.has_tokenizer_json = !files.tokenizer_json.empty();
    declaration.byte_level = files.tokenizer_json.find("\"ByteLevel\"") != std::string_view::npos;
    return declaration;
}

/// Sets add_prefix_space in every ByteLevel step.
void set_prefix_space(Json& step, bool value)
{
    if (!step.is_object())
        return;
    if (text_of(step, "type") == "ByteLevel")
        step["add_prefix_space"] = value;
    if (const auto steps = step.find("pretokenizers"); steps != step.end() && steps->is_array())
        for (Json& inner : *steps)
            set_prefix_space(inner, value);
}

bool has_merges(const Json& tokenizer)
{
    const auto model = tokenizer.find("model");
    return model != tokenizer.end() && model->is_object() && model->contains("merges");
}

/// LlamaTokenizer has steps of its own, which add_prefix_space and legacy decide on.
void set_llama_steps(Json& tokenizer, const JsonObject& settings)
{
    const bool prefix = settings.boolean_or("add_prefix_space", true);
    const bool legacy = settings.boolean_or("legacy", false);
    tokenizer["normalizer"] = nullptr;
    tokenizer["pre_tokenizer"] = { { "type", "Metaspace" }, { "replacement", "▁" },
        { "prepend_scheme", !prefix ? "never" : (legacy ? "always" : "first") },
        { "split", false } };
    // Characters without a token of their own become bytes, or nothing.
    tokenizer["model"]["unk_token"] = nullptr;
    tokenizer["model"]["byte_fallback"] = true;
    Json steps = { { { "type", "Replace" }, { "pattern", { { "String", "▁" } } },
                       { "content", " " } },
        { { "type", "ByteFallback" } }, { { "type", "Fuse" } } };
    if (prefix)
        steps.push_back({ { "type", "Strip" }, { "content", " " }, { "start", 1 }, { "stop", 0 } });
    tokenizer["decoder"] = { { "type", "Sequence" }, { "decoders", steps } };
}

} // namespace

LoadedTokenizer load_tokenizer(const TokenizerFiles& files)
{
    const std::string where = files.origin + ": tokenizer_config.json";
    const Json config = parse_object(files.tokenizer_config_json, where);
    const JsonObject settings(config, where);
    const TokenizerDeclaration declaration = declaration_of(files, config);
    const DeclaredTokens declared(files, config);

    FrameSettings frame;
    frame.has_tokenizer_json = declaration.has_tokenizer_json;
    frame.add_bos = boolean_of(settings, "add_bos_token");
    frame.add_eos = boolean_of(settings, "add_eos_token");
    const auto name_ends = [&](const TokenizerClass& type) {
        frame.bos = declared.named(type.framed ? "cls_token" : "bos_token", type.bos);
        frame.eos = declared.named(type.framed ? "sep_token" : "eos_token", type.eos);
    };

    LoadedTokenizer loaded;
    const TokenizerClass* type = &class_in_transformers5(declaration);
    if (frame.has_tokenizer_json) {
        loaded.where = place_of_tokenizer_json(files.origin);
        loaded.tokenizer = parse_json(files.tokenizer_json, loaded.where);
        JsonObject(loaded.tokenizer, loaded.where); // refuses anything but an object
        if (type->sets_prefix_space)
            set_prefix_space(loaded.tokenizer["pre_tokenizer"],
                settings.boolean_or("add_prefix_space", false));
        if (type->name == "Qwen2Tokenizer" && has_merges(loaded.tokenizer))
            set_steps(loaded.tokenizer, *type, settings);
        else if (type->name == "LlamaTokenizer" && has_merges(loaded.tokenizer))
            set_llama_steps(loaded.tokenizer, settings);
    } else {
        loaded.where = files.origin;
        type = &class_of_vocabulary_files(declaration, settings);
        loaded.tokenizer = tokenizer_of_vocabulary_files(
            files.vocabulary_json, files.merges, *type, settings, files.origin);
    }
    declared.append_to(loaded.tokenizer, *type);
    name_ends(*type);
    loaded.frame = frame_in_transformers5(declaration, frame);
    if (const TokenizerClass* in_4 = class_in_transformers4(declaration)) {
        name_ends(*in_4);
        loaded.frame_in_4 = frame_in_transformers4(declaration, frame);
    }
    return loaded;
}

} // namespace circuitloom
