// Answers NextTokenQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/engine/circuit_alone.h"
#include "core/engine/text_tokens.h"
#include "core/model/continuation.h"
#include "core/model/generation.h"

#include <algorithm>
#include <numeric>
#include <utility>

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

/// The tokens of the text, or those that were given in its place.
std::vector<std::int32_t> ids_of(
    const NextTokenQuestion& question, const Tokenizer& tokenizer, const ModelConfig& config)
{
    if (question.ids.empty())
        return tokens_or_start(tokenizer.encode(question.text), config);
    for (const std::int32_t id : question.ids)
        if (id < 0 || id >= config.vocabulary)
            throw InputError("The model has no token " + std::to_string(id)
                + "; its ids go from 0 to " + std::to_string(config.vocabulary - 1) + ".");
    return question.ids;
}

/// Every token's log-probability after every token is a lot of numbers.
void check_size(const NextTokenQuestion& question, std::size_t tokens, const ModelConfig& config)
{
    constexpr std::size_t most = std::size_t{ 1 } << 27;
    const std::size_t numbers = tokens * static_cast<std::size_t>(config.vocabulary);
    if (question.all_positions && question.whole_vocabulary && numbers > most)
        throw InputError("After " + std::to_string(tokens) + " tokens there are "
            + std::to_string(numbers) + " log-probabilities; at most " + std::to_string(most)
            + " are given at once.");
}

} // namespace

NextTokenAnswer answer(const NextTokenQuestion& question, const AnswerContext& context)
{
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    NextTokenAnswer answer;
    answer.model = sourced.shown;
    answer.ids = ids_of(question, *sourced.tokenizer, model.config());
    for (const std::int32_t id : answer.ids)
        answer.tokens.push_back(sourced.tokenizer->token_text(id));
    const auto chance_in = [&](const std::vector<double>& row, std::int32_t id) {
        return TokenChance{ id, sourced.tokenizer->token_text(id),
            row.at(static_cast<std::size_t>(id)) };
    };
    check_size(question, answer.ids.size(), model.config());
    HiddenPass pass;
    if (question.circuit) {
        CircuitPass alone = circuit_pass(sourced, *question.circuit, context);
        answer.kept_edges = alone.kept;
        pass = std::move(alone.pass);
    }
    if (question.all_positions)
        for_each_next_token(
            model, answer.ids, [&](std::size_t position, const std::vector<double>& row) {
                PositionChances& here = answer.positions.emplace_back();
                here.likeliest = chance_in(row, likeliest(row, 1).front());
                if (position + 1 < answer.ids.size())
                    here.next = chance_in(row, answer.ids[position + 1]);
                else
                    answer.log_probabilities = row;
                if (question.whole_vocabulary)
                    here.log_probabilities = row;
            },
            pass);
    else
        answer.log_probabilities = next_token_log_probabilities(model, answer.ids, pass);
    const auto chance
        = [&](std::int32_t id) { return chance_in(answer.log_probabilities, id); };
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
        GenerationOptions options;
        options.tokens = question.continuation;
        options.temperature = question.temperature;
        options.seed = question.seed;
        options.progress
            = [&](int made) { context.tell("continuing", made, question.continuation); };
        options.pass = pass;
        auto ids = answer.ids;
        const auto made = generate(model, { ids }, options);
        ids.insert(ids.end(), made.front().ids.begin(), made.front().ids.end());
        answer.continued = sourced.tokenizer->decode(ids);
    }
    return answer;
}

} // namespace circuitloom
