// A line may be a task's example or a suite's item, so every input is read as both; it is accepted
// where it is either.

#include "core/tasks/capability_suite.h"
#include "core/tasks/encoded_choices.h"
#include "core/tasks/encoded_task.h"
#include "tests/fuzz/fuzz_target.h"

namespace circuitloom::fuzz {

namespace {

constexpr int max_tokens = 64;

/// Letters and bytes, so that every text has tokens.
const Tokenizer& tokenizer()
{
    static const Tokenizer letters = Tokenizer::from_json(
        R"({"model": {"vocab": {"<unk>": 0, "a": 1, "b": 2, " ": 3, "is": 4, "i": 5, "s": 6},
            "merges": ["i s"], "unk_token": "<unk>"}})",
        "", "the target's tokenizer");
    return letters;
}

void use_task(std::string_view input)
{
    const std::vector<TaskExample> examples
        = read_naming_origin([&] { return parse_task(input, origin); });
    require(parse_task(to_jsonl(examples), "written") == examples, "what is written is read back");
    for (const EncodedExample& example : encode_task(examples, tokenizer(), max_tokens).examples) {
        require(example.ids.size() <= max_tokens, "an example is cut");
        for (const ScoredTarget& target : example.targets)
            require(target.position >= 0
                    && static_cast<std::size_t>(target.position) + 1 < example.ids.size(),
                "a target follows a token of its example");
    }
}

void use_choices(std::string_view input)
{
    const std::vector<ChoiceItem> items
        = read_naming_origin([&] { return parse_choices(input, origin); });
    for (const EncodedItem& item : encode_choices(items, tokenizer(), max_tokens).items)
        for (const EncodedChoice& choice : item.choices)
            require(choice.first >= 1 && static_cast<std::size_t>(choice.first) < choice.ids.size(),
                "a choice has a token that another predicts");
}

} // namespace

void use_as_file(std::string_view input)
{
    bool is_task = true;
    try {
        use_task(input);
    } catch (const InputError& refusal) {
        require_clear(refusal);
        is_task = false;
    }
    try {
        use_choices(input);
    } catch (const InputError&) {
        if (!is_task)
            throw;
    }
}

} // namespace circuitloom::fuzz
