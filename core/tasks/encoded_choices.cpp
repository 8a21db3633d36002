#include "core/tasks/encoded_choices.h"

#include <algorithm>

namespace circuitloom {

namespace {

using Ids = std::vector<std::int32_t>;

EncodedChoice encode_choice(const Ids& prompt_ids, const std::string& prompt,
    const std::string& choice, const Tokenizer& tokenizer, BosRule bos)
{
    EncodedChoice encoded;
    encoded.ids = encode_by_rule(prompt + choice, tokenizer, bos, prompt.empty());
    const auto difference = std::mismatch(
        encoded.ids.begin(), encoded.ids.end(), prompt_ids.begin(), prompt_ids.end());
    const auto first = static_cast<int>(difference.first - encoded.ids.begin());
    encoded.starts_unscored = first == 0;
    encoded.first = std::max(first, 1);
    encoded.bytes = choice.size();
    return encoded;
}

bool begins_with_prefix(const Ids& ids, const Tokenizer& tokenizer)
{
    return !ids.empty() && ids.front() == tokenizer.prefix_token();
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

EncodedChoices encode_choices(const std::vector<ChoiceItem>& items, const Tokenizer& tokenizer,
    int max_tokens, BosRule bos)
{
    EncodedChoices result;
    const bool adds_itself = begins_texts(tokenizer);
    for (std::size_t number = 0; number < items.size(); ++number) {
        const ChoiceItem& item = items[number];
        const Ids prompt_ids
            = encode_by_rule(item.prompt, tokenizer, bos, item.prompt.empty());
        EncodedItem encoded;
        encoded.index = number;
        encoded.answer = item.answer;
        std::string problem;
        for (std::size_t i = 0; i < item.choices.size() && problem.empty(); ++i) {
            const std::string start
                = item.lead_ins.empty() ? item.prompt : item.prompt + item.lead_ins[i];
            encoded.choices.push_back(encode_choice(item.lead_ins.empty()
                    ? prompt_ids
                    : encode_by_rule(start, tokenizer, bos, start.empty()),
                start, item.choices[i], tokenizer, bos));
            problem = problem_of(encoded.choices.back(), max_tokens);
            if (problem.empty())
                problem = tokenizer.unknown_to_model(encoded.choices.back().ids);
            if (!problem.empty())
                result.dropped.push_back("item " + std::to_string(number + 1) + ", choice "
                    + std::to_string(i + 1) + ": " + problem);
        }
        if (!problem.empty())
            continue;
        result.prefixed += !adds_itself && begins_with_prefix(prompt_ids, tokenizer) ? 1 : 0;
        result.unscored_starts
            += std::ranges::any_of(encoded.choices, &EncodedChoice::starts_unscored) ? 1 : 0;
        result.items.push_back(std::move(encoded));
    }
    return result;
}

} // namespace circuitloom
