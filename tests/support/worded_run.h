#pragma once

#include "tests/support/tiny_configuration.h"

#include <filesystem>
#include <fstream>

namespace circuitloom::testing {

/// tiny_configuration() of a run whose task, held-out task and one suite are answered in words:
/// gsm.jsonl and instructions.jsonl of `folder`, both written there, as is the model. Its chat
/// template poses the first two letters of a question, since the tiny model's context has no room
/// for more.
inline RunConfig worded_configuration(const std::filesystem::path& folder)
{
    RunConfig config = tiny_configuration(folder);
    const std::filesystem::path model = folder / "chat-model";
    std::filesystem::create_directories(model);
    for (const auto& file : std::filesystem::directory_iterator(config.model))
        std::filesystem::copy_file(file.path(), model / file.path().filename(),
            std::filesystem::copy_options::overwrite_existing);
    std::ofstream(model / "tokenizer_config.json")
        << R"({"chat_template": "{{ messages[0]['content'][:2] }}", "eos_token": "<|endoftext|>"})";
    std::ofstream task(folder / "gsm.jsonl");
    for (const char* question : { "ab", "cd", "ef", "gh", "ij", "kl", "mn", "op" })
        task << R"({"question": ")" << question << R"(", "answer": "x #### 3"})"
             << "\n";
    std::ofstream(folder / "instructions.jsonl")
        << R"({"prompt": "ab", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]})"
        << "\n";
    config.model = model.string();
    config.task = config.held_out_task = (folder / "gsm.jsonl").string();
    config.capabilities = { { "followed", (folder / "instructions.jsonl").string() } };
    config.discovery.metric = MetricKind::log_prob;
    config.evaluation_items = 4;
    return config;
}

} // namespace circuitloom::testing
