// Answers NextTokenQuestion.
#include "core/engine/answers.h"

#include "core/engine/text_tokens.h"
#include "core/model/continuation.h"

#include <algorithm>
#include <numeric>

namespace circuitloom {

namespace {

std::vector<std::int32_t> likeliest(const std::vector<double>& log_probabilities, int count)
{
    std::vector<std::int32_t> order(log_probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    const auto shown = std::min(order.size(), static_cast<std::size_t>(std::max(0, count)));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown),
        order.end(), [&](std::int32_t a, std::int32_t b) {
            const double left = log_probabilities[static_cast<std::size_t>(a)];
            const double right = log_probabilities[static_cast<std::size_t>(b)];
            return left != right ? left > right : a < b;
        });
    order.resize(shown);
    return order;
}

} // namespace

NextTokenAnswer answer(const NextTokenQuestion& question, const AnswerContext& context)
{
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    NextTokenAnswer answer;
    answer.model = sourced.shown;
    answer.ids = tokens_or_start(sourced.tokenizer->encode(question.text), model.config());
    for (const std::int32_t id : answer.ids)
        answer.tokens.push_back(sourced.tokenizer->token_text(id));
    answer.log_probabilities = next_token_log_probabilities(model, answer.ids);
    const auto chance = [&](std::int32_t id) {
        return TokenChance{ id, sourced.tokenizer->token_text(id),
            answer.log_probabilities.at(static_cast<std::size_t>(id)) };
    };
    for (const std::int32_t id : likeliest(answer.log_probabilities, question.likeliest))
        answer.likeliest.push_back(chance(id));
    for (const std::string& candidate : question.candidates)
        answer.candidates.push_back(
            chance(first_token_after(*sourced.tokenizer, question.text, candidate)));
    if (question.token_texts)
        for (int id = 0; id < model.config().vocabulary; ++id)
            answer.vocabulary.push_back(sourced.tokenizer->token_text(id));
    if (!question.whole_vocabulary)
        answer.log_probabilities.clear();
    if (question.continuation > 0) {
        const auto ids = continued(model, answer.ids,
            { question.continuation, question.temperature, question.seed,
                [&](int made) { context.tell("continuing", made, question.continuation); } });
        answer.continued = sourced.tokenizer->decode(ids);
    }
    return answer;
}

} // namespace circuitloom
