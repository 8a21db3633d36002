#include "ui/tryit/task_sentences.h"

#include "core/architecture/model_files.h"
#include "core/base/utf8.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tokenizer/model_tokenizer.h"

namespace circuitloom::ui {

namespace {

QString token(const Tokenizer& tokenizer, std::int32_t id)
{
    return id < 0 ? QString() : QString::fromStdString(tokenizer.token_text(id));
}

/// The example's text until the end of the token at that position.
std::string text_until(const TaskExample& example, int position, const Tokenizer& tokenizer)
{
    if (example.answer)
        return example.text;
    const std::vector<PlacedToken> placed = tokenizer.encode_with_offsets(example.text);
    const std::vector<std::size_t> offsets = character_offsets(example.text);
    return example.text.substr(
        0, offsets.at(placed.at(static_cast<std::size_t>(position)).end));
}

} // namespace

std::vector<TaskSentence> task_sentences(
    const std::string& model, const std::string& task, int max_tokens, std::size_t most)
{
    const Tokenizer tokenizer = tokenizer_of(open_model_files(model));
    const std::vector<TaskExample> examples = is_generated_task(task)
        ? generate_task(task, generated_examples, generated_seed, tokenizer).examples
        : load_task(task);
    std::vector<TaskSentence> sentences;
    for (const TaskExample& example : examples) {
        if (sentences.size() == most)
            break;
        const EncodedExample encoded = encode_example(example, tokenizer, max_tokens).example;
        if (encoded.targets.empty())
            continue;
        const ScoredTarget& scored = encoded.targets.front();
        sentences.push_back({ QString::fromStdString(
                                  text_until(example, scored.position, tokenizer)),
            token(tokenizer, scored.target), token(tokenizer, scored.alternative) });
    }
    return sentences;
}

} // namespace circuitloom::ui
