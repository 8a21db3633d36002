// A chat template, rendered with a conversation as a model's is.
#include "core/templates/text_template.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    static const auto conversation = nlohmann::ordered_json::parse(R"({
        "messages": [{"role": "system", "content": "Be brief."},
            {"role": "user", "content": "What is 6 × 7?\nSay it in words."},
            {"role": "assistant", "content": "Forty-two."}],
        "tools": null, "add_generation_prompt": true, "bos_token": "<s>", "eos_token": "</s>"})");
    read_naming_origin([&] {
        const TextTemplate parsed(input, std::string(origin));
        const std::string text = parsed.render(conversation);
        require(text == parsed.render(conversation), "a template says the same twice");
        return text;
    });
}

} // namespace circuitloom::fuzz
