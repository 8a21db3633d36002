#include "core/tasks/encoded_choices.h"

#include <algorithm>

namespace circuitloom {

namespace {

using Ids = std::vector<std::int32_t>;

EncodedChoice encode_choice(const Ids& prompt_ids, const std::string& prompt,
    const std::string& choice, const Tokenizer& tokenizer)
{
    EncodedChoice encoded;
    encoded.ids = tokenizer.encode(prompt + choice);
    const auto difference = std::mismatch(
        encoded.ids.begin(), encoded.ids.end(), prompt_ids.begin(), prompt_ids.end());
    const auto first = static_cast<int>(difference.first - encoded.ids.begin());
    encoded.first = std::max(first, 1);
    encoded.bytes = choice.size();
    return encoded;
}

std::string problem_of(const EncodedChoice& choice, int max_tokens)
{
    const auto size = static_cast<int>(choice.ids.size());
    if (size > max_tokens)
        return "has " + std::to_string(size) + " tokens; at most " + std::to_string(max_tokens)
            + " are scored";
    return choice.first >= size ? "has no token that something predicts" : "";
}

} // namespace

EncodedChoices encode_choices(
    const std::vector<ChoiceItem>& items, const Tokenizer& tokenizer, int max_tokens)
{
    EncodedChoices result;
    for (std::size_t number = 0; number < items.size(); ++number) {
        const ChoiceItem& item = items[number];
        const Ids prompt_ids = tokenizer.encode(item.prompt);
        EncodedItem encoded;
        encoded.answer = item.answer;
        std::string problem;
        for (std::size_t i = 0; i < item.choices.size() && problem.empty(); ++i) {
            encoded.choices.push_back(
                encode_choice(prompt_ids, item.prompt, item.choices[i], tokenizer));
            problem = problem_of(encoded.choices.back(), max_tokens);
            if (problem.empty())
                problem = tokenizer.unknown_to_model(encoded.choices.back().ids);
            if (!problem.empty())
                result.dropped.push_back("Item " + std::to_string(number + 1) + ", choice "
                    + std::to_string(i + 1) + ": " + problem + ".");
        }
        if (problem.empty())
            result.items.push_back(std::move(encoded));
    }
    return result;
}

} // namespace circuitloom
