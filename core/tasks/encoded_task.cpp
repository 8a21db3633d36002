#include "core/tasks/encoded_task.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/left_out.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace circuitloom {

namespace {

using Ids = std::vector<std::int32_t>;

/// A span's scored token, or why there is none.
struct Scored
{
    std::size_t index = 0; ///< of the target
    std::int32_t alternative = -1;
    std::string problem;
};

std::size_t first_difference(const Ids& a, const Ids& b)
{
    return static_cast<std::size_t>(
        std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

Scored scored_token(const TaskExample& example, const TaskSpan& span,
    const std::vector<std::size_t>& offsets, const Ids& ids, const Tokenizer& tokenizer)
{
    const std::string before
        = example.text.substr(0, offsets[static_cast<std::size_t>(span.start)]);
    Scored scored;
    if (span.alternative) {
        const std::string after = example.text.substr(offsets[static_cast<std::size_t>(span.end)]);
        const Ids other = tokenizer.encode(before + *span.alternative + after);
        scored.index = first_difference(ids, other);
        if (scored.index >= ids.size() || scored.index >= other.size())
            scored.problem = "target and alternative have no position at which their tokens differ";
        else
            scored.alternative = other[scored.index];
    } else {
        scored.index = first_difference(ids, tokenizer.encode(before));
        if (scored.index >= ids.size())
            scored.problem = "the target has no token of its own";
    }
    if (scored.problem.empty() && scored.index == 0)
        scored.problem = "the target is the first token, which nothing predicts";
    if (scored.problem.empty() && scored.alternative >= 0)
        scored.problem = tokenizer.unknown_to_model(std::array{ scored.alternative });
    return scored;
}

/// Why the corrupted prompt cannot stand in for the text; empty where it can.
std::string corrupted_problem(const Ids& ids, const Ids& corrupted)
{
    if (corrupted.size() != ids.size())
        return "the corrupted text has more or fewer tokens than the text";
    return corrupted == ids ? "the corrupted text has the same tokens as the text" : "";
}

bool begins_with_space(std::string_view text)
{
    return text.starts_with(' ');
}

/// Where one of the two answers begins a word and the other goes on with one, a model compares
/// tokens of two kinds, and whoever wrote the task hardly meant that.
std::string doubt_about(std::string_view target_text, std::string_view alternative)
{
    const bool target = begins_with_space(target_text);
    if (target == begins_with_space(alternative))
        return {};
    return target ? "the target begins with a space, the alternative does not"
                  : "the alternative begins with a space, the target does not";
}

/// Why the answer cannot be scored after a text of so many tokens; empty where it can.
std::string answer_problem(
    const TokenAnswer& answer, std::size_t tokens, std::size_t limit, const Tokenizer& tokenizer)
{
    for (const std::int32_t id : { answer.target, answer.alternative })
        if (id >= tokenizer.vocabulary_size())
            return "the token id " + std::to_string(id) + " is beyond the tokenizer's "
                + std::to_string(tokenizer.vocabulary_size()) + " tokens";
    if (answer.target == answer.alternative)
        return "target and alternative are the same token";
    if (tokens == 0)
        return "the target is the first token, which nothing predicts";
    if (tokens >= limit)
        return "the target lies beyond the first " + std::to_string(limit) + " tokens";
    return tokenizer.unknown_to_model(std::array{ answer.target, answer.alternative });
}

/// An example whose answer is given in token ids: they stand behind the text's tokens, whichever
/// tokens the tokenizer would have made of text and answer together.
ExampleEncoding encode_answer(
    const TaskExample& example, const Tokenizer& tokenizer, std::size_t limit)
{
    const TokenAnswer& answer = *example.answer;
    ExampleEncoding encoding;
    Ids& ids = encoding.example.ids;
    ids = tokenizer.encode(example.text);
    std::string problem = tokenizer.unknown_to_model(ids);
    if (problem.empty())
        problem = answer_problem(answer, ids.size(), limit, tokenizer);
    if (!problem.empty()) {
        encoding.left_out.push_back({ "the answer", std::move(problem) });
        return encoding;
    }
    encoding.example.targets.push_back(
        { static_cast<int>(ids.size()) - 1, answer.target, answer.alternative });
    ids.push_back(answer.target);
    if (std::string doubt = doubt_about(
            tokenizer.token_text(answer.target), tokenizer.token_text(answer.alternative));
        !doubt.empty())
        encoding.doubts.push_back({ "the answer", std::move(doubt) });
    if (!example.corrupted)
        return encoding;
    Ids corrupted = tokenizer.encode(*example.corrupted);
    corrupted.push_back(answer.target);
    encoding.corrupted_problem = corrupted_problem(ids, corrupted);
    if (encoding.corrupted_problem.empty())
        encoding.corrupted_problem = tokenizer.unknown_to_model(corrupted);
    if (encoding.corrupted_problem.empty())
        encoding.example.corrupted = std::move(corrupted);
    return encoding;
}

std::string doubts_in_words(const ReasonCount& reason)
{
    return counted(reason.count, "target") + (reason.count == 1 ? " looks" : " look")
        + " like a mistake of the task: " + reason.reason + ", as in " + reason.where.front() + ".";
}

/// The bytes of an example's tokens.
std::string_view token_bytes(const EncodedExample& example)
{
    return { reinterpret_cast<const char*>(example.ids.data()), // NOLINT: compared, not read
        example.ids.size() * sizeof(std::int32_t) };
}

} // namespace

void Lacking::add(const std::string& name)
{
    if (examples++ == 0)
        first = name;
}

std::size_t shared_examples(const EncodedTask& trained, const EncodedTask& held_out)
{
    std::unordered_set<std::string_view> known;
    for (const EncodedExample& example : trained.examples)
        known.insert(token_bytes(example));
    return static_cast<std::size_t>(std::ranges::count_if(held_out.examples,
        [&](const EncodedExample& example) { return known.contains(token_bytes(example)); }));
}

ExampleEncoding encode_example(
    const TaskExample& example, const Tokenizer& tokenizer, int max_tokens)
{
    const auto limit = static_cast<std::size_t>(std::max(max_tokens, 1));
    if (example.answer)
        return encode_answer(example, tokenizer, limit);
    const std::vector<std::size_t> offsets = character_offsets(example.text);
    ExampleEncoding encoding;
    Ids& ids = encoding.example.ids;
    ids = tokenizer.encode(example.text);
    const std::string unknown = tokenizer.unknown_to_model(ids);
    for (std::size_t i = 0; i < example.spans.size(); ++i) {
        Scored scored = scored_token(example, example.spans[i], offsets, ids, tokenizer);
        if (scored.problem.empty())
            scored.problem = unknown;
        if (scored.problem.empty() && scored.index >= limit)
            scored.problem
                = "the target lies beyond the first " + std::to_string(limit) + " tokens";
        if (scored.problem.empty()) {
            encoding.example.targets.push_back(
                { static_cast<int>(scored.index) - 1, ids[scored.index], scored.alternative });
            const TaskSpan& span = example.spans[i];
            if (std::string doubt = span.alternative
                    ? doubt_about(std::string_view(example.text)
                                      .substr(offsets[static_cast<std::size_t>(span.start)]),
                        *span.alternative)
                    : std::string();
                !doubt.empty())
                encoding.doubts.push_back({ "span " + std::to_string(i + 1), std::move(doubt) });
        } else {
            encoding.left_out.push_back({ "span " + std::to_string(i + 1), scored.problem });
        }
    }
    if (example.corrupted) {
        Ids corrupted = tokenizer.encode(*example.corrupted);
        encoding.corrupted_problem = corrupted_problem(ids, corrupted);
        if (encoding.corrupted_problem.empty())
            encoding.corrupted_problem = tokenizer.unknown_to_model(corrupted);
        if (encoding.corrupted_problem.empty()) {
            corrupted.resize(std::min(corrupted.size(), limit));
            encoding.example.corrupted = std::move(corrupted);
        }
    }
    ids.resize(std::min(ids.size(), limit));
    return encoding;
}

EncodedTask encode_task(
    const std::vector<TaskExample>& examples, const Tokenizer& tokenizer, int max_tokens)
{
    EncodedTask task;
    std::vector<LeftOut> doubts;
    for (std::size_t number = 0; number < examples.size(); ++number) {
        const std::string where = example_name(number, examples[number]);
        ExampleEncoding encoding = encode_example(examples[number], tokenizer, max_tokens);
        for (const LeftOut& span : encoding.left_out)
            task.dropped.push_back(where + ", " + span.sentence());
        if (encoding.example.targets.empty()) {
            task.dropped.push_back(where + ": no target is left.");
            continue;
        }
        if (encoding.example.corrupted.empty())
            task.without_corrupted.add(where);
        if (std::ranges::any_of(encoding.example.targets,
                [](const ScoredTarget& target) { return target.alternative < 0; }))
            task.without_alternative.add(where);
        for (const LeftOut& doubt : encoding.doubts)
            doubts.push_back({ where + ", " + doubt.where, doubt.reason });
        task.examples.push_back(std::move(encoding.example));
    }
    for (const ReasonCount& reason : count_reasons(doubts))
        task.notes.push_back(doubts_in_words(reason));
    task.doubts = doubts.size();
    return task;
}

EncodedTask load_encoded_task(
    std::string_view source, const Tokenizer& tokenizer, int max_tokens, bool strict)
{
    EncodedTask task;
    std::vector<std::string> dropped, notes;
    if (is_generated_task(source)) {
        const GeneratedExamples generated
            = generate_task(source, generated_examples, generated_seed, tokenizer);
        for (const ReasonCount& reason : count_reasons(generated.left_out))
            dropped.push_back(counted(reason.count, "sentence") + " of the ready-made task: "
                + reason.reason + ", as in " + reason.where.front() + ".");
        task = encode_task(generated.examples, tokenizer, max_tokens);
    } else {
        std::vector<LeftOut> left_out, unread;
        task = encode_task(load_task(source, &left_out, &unread), tokenizer, max_tokens);
        for (const LeftOut& line : left_out)
            dropped.push_back(line.sentence());
        for (const ReasonCount& reason : count_reasons(unread))
            notes.push_back(reason.where.front()
                + (reason.count > 1 ? " and " + counted(reason.count - 1, "other place") + " have "
                                    : " has ")
                + reason.reason);
    }
    task.dropped.insert(task.dropped.begin(), dropped.begin(), dropped.end());
    task.notes.insert(task.notes.begin(), notes.begin(), notes.end());
    if (task.examples.empty())
        throw InputError("The task " + std::string(source)
            + " has no example this model can be scored on"
            + (task.dropped.empty() ? "." : ": " + task.dropped.front()));
    if (strict && task.doubts > 0)
        throw InputError("The task " + std::string(source)
            + " is not used, as it is to be strict: " + task.notes.back());
    return task;
}

} // namespace circuitloom
