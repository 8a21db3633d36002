#include "core/tasks/worded_task.h"

#include "core/base/counted.h"
#include "core/base/error.h"

#include <algorithm>
#include <string>

namespace circuitloom {

EncodedTask encode_worded_task(
    const WordedQuestions& questions, const ChatPrompt& chat, int max_tokens)
{
    const auto limit = static_cast<std::size_t>(std::max(max_tokens, 1));
    EncodedTask task;
    for (std::size_t number = 0; number < questions.questions.size(); ++number) {
        const WordedQuestion& question = questions.questions[number];
        EncodedExample example;
        example.ids = chat.question(question.question);
        const std::size_t first = example.ids.size();
        const auto reply = chat.answer(question.reply);
        example.ids.insert(example.ids.end(), reply.begin(), reply.end());
        std::string problem = chat.unknown_to_model(example.ids);
        if (problem.empty() && (first == 0 || reply.empty()))
            problem = "the question or its answer has no token";
        if (problem.empty() && first >= limit)
            problem = "the answer lies beyond the first " + std::to_string(limit)
                + " tokens (task.max_tokens)";
        if (!problem.empty()) {
            task.dropped.push_back("Question " + std::to_string(number + 1) + ": " + problem + ".");
            continue;
        }
        example.ids.resize(std::min(example.ids.size(), limit));
        for (std::size_t i = first; i < example.ids.size(); ++i)
            example.targets.push_back({ static_cast<int>(i) - 1, example.ids[i], -1 });
        task.without_corrupted.add("Question " + std::to_string(number + 1));
        task.without_alternative.add("Question " + std::to_string(number + 1));
        task.examples.push_back(std::move(example));
    }
    if (!task.dropped.empty())
        task.notes.push_back(std::to_string(task.dropped.size()) + " of "
            + counted(questions.questions.size(), "question")
            + (task.dropped.size() == 1 ? " is" : " are") + " left out: " + task.dropped.front());
    return task;
}

EncodedTask load_model_task(std::string_view source, const ModelFiles& files,
    const Tokenizer& tokenizer, int max_tokens, bool strict)
{
    const auto questions = worded_questions_of(source);
    if (!questions)
        return load_encoded_task(source, tokenizer, max_tokens, strict);
    if (questions->rule == AnswerRule::instructions)
        throw InputError("The task " + std::string(source)
            + " has instructions without a text that follows them, so nothing can be learnt from "
              "it; it can be a capability suite.");
    EncodedTask task = encode_worded_task(*questions, ChatPrompt(files), max_tokens);
    if (task.examples.empty())
        throw InputError("The task " + std::string(source)
            + " has no question that this model can be trained on"
            + (task.dropped.empty() ? "." : ": " + task.dropped.front()));
    return task;
}

} // namespace circuitloom
