#include "core/evaluation/suite_scoring.h"

#include "core/base/answer_measures.h"
#include "core/base/error.h"
#include "core/run/held_at_once.h"
#include "core/tasks/answer_scores.h"
#include "core/tasks/encoded_choices.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace circuitloom {

namespace {

std::string start_note(std::size_t prefixed, std::size_t unscored, const std::string& of_what,
    const Tokenizer& tokenizer)
{
    const auto counted = [&of_what](std::size_t count) {
        return of_what == "text" ? std::string("the text")
                                 : std::to_string(count) + (count == 1 ? " item" : " items");
    };
    if (prefixed > 0)
        return "before " + counted(prefixed) + " stands "
            + tokenizer.token_text(tokenizer.prefix_token())
            + ", so that the first token is scored too";
    if (unscored > 0)
        return "the first token of " + counted(unscored)
            + " is not scored, since nothing stands before it";
    return {};
}

std::string left_out_note(const std::vector<std::string>& dropped, std::size_t items)
{
    if (dropped.empty())
        return {};
    const bool one = dropped.size() == 1;
    return std::to_string(dropped.size()) + " of " + std::to_string(items) + " items "
        + (one ? "is" : "are") + " left out, and no figure counts " + (one ? "it" : "them") + ": "
        + dropped.front() + (one ? "" : ", for the first");
}

std::string joined(const std::string& first, const std::string& second)
{
    return first.empty() || second.empty() ? first + second : first + "; " + second;
}

} // namespace

PreparedSuite::PreparedSuite(const CapabilitySuite& suite, const Tokenizer& tokenizer,
    int max_positions, int max_items, BosRule bos)
    : name_(suite.name)
    , perplexity_(suite.items.empty())
{
    if (perplexity_)
        add_windows(suite, tokenizer, max_positions, max_items, bos);
    else
        add_items(suite, tokenizer, max_positions, max_items, bos);
    if (items_.empty())
        throw InputError("The suite " + suite.name
            + " has too little text: nothing comes before its only token.");
}

PreparedSuite::PreparedSuite(
    const CapabilitySuite& suite, const ChatPrompt& chat, int max_positions, int max_items)
    : name_(suite.name)
    , questions_(std::in_place, suite.worded, suite.name, chat, max_positions, max_items)
{
    note_
        = left_out_note(questions_->dropped(), questions_->items() + questions_->dropped().size());
}

PreparedSuite prepared_suite(const CapabilitySuite& suite, const ModelFiles& files,
    const Tokenizer& tokenizer, int max_positions, int max_items, BosRule bos)
{
    if (!suite.worded.questions.empty())
        return { suite, ChatPrompt(files), max_positions, max_items };
    return { suite, tokenizer, max_positions, max_items, bos };
}

void PreparedSuite::add_items(const CapabilitySuite& suite, const Tokenizer& tokenizer,
    int max_positions, int max_items, BosRule bos)
{
    std::vector<ChoiceItem> chosen(suite.items.begin(),
        suite.items.begin()
            + static_cast<std::ptrdiff_t>(max_items > 0
                    ? std::min(suite.items.size(), static_cast<std::size_t>(max_items))
                    : suite.items.size()));
    // The last token of a choice is only predicted, so choices of one token share the pass of
    // their prompt.
    std::map<std::vector<std::int32_t>, std::size_t> known;
    EncodedChoices choices = encode_choices(chosen, tokenizer, max_positions + 1, bos);
    if (choices.items.empty() && !choices.dropped.empty())
        throw InputError("The suite " + suite.name
            + " has no item that the model can be scored on: " + choices.dropped.front() + ".");
    note_ = joined(left_out_note(choices.dropped, chosen.size()),
        start_note(choices.prefixed, choices.unscored_starts, "items", tokenizer));
    for (EncodedItem& encoded : choices.items) {
        Item item;
        item.index = encoded.index;
        item.answer = static_cast<std::size_t>(encoded.answer);
        item.occupation = chosen[encoded.index].occupation;
        const std::size_t bytes = encoded.choices.front().bytes;
        for (EncodedChoice& choice : encoded.choices) {
            Continuation continuation;
            continuation.first = choice.first - 1;
            continuation.tokens.assign(choice.ids.begin() + choice.first, choice.ids.end());
            continuation.bytes = static_cast<double>(choice.bytes);
            equal_bytes_ = equal_bytes_ && choice.bytes == bytes;
            choice.ids.pop_back();
            const auto [place, added] = known.try_emplace(choice.ids, inputs_.size());
            if (added)
                inputs_.push_back(std::move(choice.ids));
            continuation.input = place->second;
            item.choices.push_back(std::move(continuation));
        }
        items_.push_back(std::move(item));
    }
}

void PreparedSuite::add_windows(const CapabilitySuite& suite, const Tokenizer& tokenizer,
    int max_positions, int max_items, BosRule bos)
{
    const auto ids = encode_by_rule(suite.text, tokenizer, bos, true);
    const bool has_prefix = !ids.empty() && ids.front() == tokenizer.prefix_token();
    const bool has_own_start = bos != BosRule::never && begins_texts(tokenizer);
    note_ = start_note(
        has_prefix && !has_own_start, !has_prefix && !has_own_start, "text", tokenizer);
    if (const std::string unknown = tokenizer.unknown_to_model(ids); !unknown.empty())
        throw InputError(suite.name + ": " + unknown + ".");
    const auto window = static_cast<std::size_t>(max_positions);
    for (std::size_t first = 0; first + 1 < ids.size(); first += window) {
        if (max_items > 0 && items_.size() == static_cast<std::size_t>(max_items))
            break;
        const auto end = std::min(ids.size(), first + window + 1);
        Continuation continuation;
        continuation.input = inputs_.size();
        continuation.tokens.assign(ids.begin() + static_cast<std::ptrdiff_t>(first) + 1,
            ids.begin() + static_cast<std::ptrdiff_t>(end));
        inputs_.emplace_back(ids.begin() + static_cast<std::ptrdiff_t>(first),
            ids.begin() + static_cast<std::ptrdiff_t>(end) - 1);
        items_.push_back({ { std::move(continuation) }, 0, items_.size() });
    }
}

std::vector<double> PreparedSuite::log_probabilities(
    const Transformer& model, const SuitePass& pass) const
{
    const torch::NoGradGuard no_grad;
    // Which continuations read which input, and inputs of like length side by side.
    std::vector<std::vector<std::pair<std::size_t, const Continuation*>>> readers(inputs_.size());
    std::size_t continuations = 0;
    for (const Item& item : items_)
        for (const Continuation& choice : item.choices)
            readers[choice.input].push_back({ continuations++, &choice });
    std::vector<std::size_t> order(inputs_.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::stable_sort(order, {}, [this](std::size_t i) { return inputs_[i].size(); });

    std::vector<double> sums(continuations);
    std::size_t batch = 0;
    std::size_t end = 0;
    for (std::size_t first = 0; first < order.size(); first = end, ++batch) {
        if (pass.before_batch && pass.ranks.begins_round(batch))
            pass.before_batch();
        std::size_t longest = 0;
        while (end < order.size()
            && (end == first
                || std::ssize(inputs_[order[end]]) * static_cast<std::int64_t>(end - first + 1)
                    <= suite_tokens_at_once / pass.parts))
            longest = inputs_[order[end++]].size();
        if (!pass.ranks.takes(batch))
            continue;
        const auto positions = static_cast<std::int64_t>(longest);
        auto ids
            = torch::zeros({ static_cast<std::int64_t>(end - first), positions }, torch::kInt64);
        auto cell = ids.accessor<std::int64_t, 2>();
        std::vector<std::int64_t> rows, tokens;
        std::vector<std::size_t> owner;
        for (std::size_t i = first; i < end; ++i) {
            const auto b = static_cast<std::int64_t>(i - first);
            for (std::size_t p = 0; p < inputs_[order[i]].size(); ++p)
                cell[b][static_cast<std::int64_t>(p)] = inputs_[order[i]][p];
            for (const auto& [number, choice] : readers[order[i]])
                for (std::size_t t = 0; t < choice->tokens.size(); ++t) {
                    rows.push_back(b * positions + choice->first + static_cast<std::int64_t>(t));
                    tokens.push_back(choice->tokens[t]);
                    owner.push_back(number);
                }
        }
        const auto input = ids.to(model.device());
        const auto hidden = pass.hidden ? pass.hidden(input) : model.hidden(input);
        const auto chosen = hidden.reshape({ -1, hidden.size(-1) })
                                .index_select(0, torch::tensor(rows).to(model.device()));
        const auto wanted = torch::tensor(tokens).to(model.device()).unsqueeze(1);
        const std::int64_t stretch = logit_rows_at_once(model.config());
        for (std::int64_t row = 0; row < chosen.size(0); row += stretch) {
            const auto count = std::min(stretch, chosen.size(0) - row);
            const auto values = torch::log_softmax(model.unembed(chosen.narrow(0, row, count)), -1)
                                    .gather(1, wanted.narrow(0, row, count))
                                    .to(torch::kCPU, torch::kFloat64)
                                    .contiguous();
            for (std::int64_t i = 0; i < count; ++i)
                sums[owner[static_cast<std::size_t>(row + i)]] += values.data_ptr<double>()[i];
        }
    }
    pass.ranks.sum(sums);
    return sums;
}

std::vector<ScoredItem> PreparedSuite::scored_items(const std::vector<double>& sums) const
{
    std::vector<ScoredItem> scored;
    std::size_t next = 0;
    for (const Item& item : items_) {
        ScoredItem& one = scored.emplace_back();
        one.index = item.index;
        one.answer = item.answer;
        for (const Continuation& choice : item.choices)
            one.choices.push_back({ sums[next++], choice.tokens, choice.bytes });
        if (std::ranges::any_of(one.choices,
                [](const ScoredChoice& choice) { return std::isnan(choice.log_probability); }))
            continue;
        const auto greatest = [&one](auto value) {
            return static_cast<std::size_t>(
                std::ranges::max_element(one.choices, {}, value) - one.choices.begin());
        };
        one.chosen = greatest(&ScoredChoice::log_probability);
        one.chosen_per_byte = greatest(
            [](const ScoredChoice& choice) { return choice.log_probability / choice.bytes; });
    }
    return scored;
}

std::vector<EvaluationRecord> PreparedSuite::evaluate(const Transformer& model, int step,
    const SuitePass& pass, std::vector<ScoredItem>* items_out,
    std::vector<GivenAnswer>* given) const
{
    if (questions_)
        return questions_->evaluate(
            model, step, pass.before_batch, pass.hidden, pass.ranks, given, pass.parts);
    std::vector<ScoredItem> scored = scored_items(log_probabilities(model, pass));
    const int items = static_cast<int>(items_.size());
    const auto counted = [](std::optional<std::size_t> chosen, std::size_t answer) {
        if (!chosen)
            return std::numeric_limits<double>::quiet_NaN();
        return *chosen == answer ? 1.0 : 0.0;
    };
    double tokens = 0, total = 0, right = 0, right_per_byte = 0;
    for (const ScoredItem& item : scored) {
        tokens += static_cast<double>(item.choices.front().tokens.size());
        total += item.choices.front().log_probability;
        right += counted(item.chosen, item.answer);
        right_per_byte += counted(item.chosen_per_byte, item.answer);
    }
    std::vector<std::pair<std::string, double>> preferences;
    for (std::size_t i = 0; i < items_.size(); ++i)
        if (!items_[i].occupation.empty() && scored[i].choices.size() == 2)
            preferences.emplace_back(items_[i].occupation,
                pronoun_preference(
                    scored[i].choices[0].log_probability, scored[i].choices[1].log_probability));
    if (items_out)
        *items_out = std::move(scored);
    if (perplexity_)
        return { { step, name_, std::string(measures::perplexity.name), std::exp(-total / tokens),
            items } };
    std::vector<EvaluationRecord> records{ { step, name_, std::string(measures::accuracy.name),
        right / items, items } };
    if (!equal_bytes_)
        records.push_back({ step, name_, std::string(measures::accuracy_per_byte.name),
            right_per_byte / items, items });
    if (!preferences.empty())
        records.push_back({ step, name_, std::string(measures::pronoun_bias.name),
            pronoun_bias(preferences), static_cast<int>(preferences.size()) });
    return records;
}

} // namespace circuitloom
