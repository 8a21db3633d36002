#include "core/evaluation/question_suite.h"

#include "core/base/answer_measures.h"
#include "core/base/error.h"
#include "core/model/generation.h"
#include "core/tasks/answer_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

constexpr int most_tokens = 256;
constexpr int most_tokens_of_span = 48;
constexpr int most_tokens_of_instructed = 1280; // lm-evaluation-harness's max_gen_toks
constexpr std::size_t questions_at_once = 64;

double number_of(std::string_view word)
{
    const auto found = std::ranges::find(answer_words, word);
    return found == answer_words.end() ? 0 : static_cast<double>(found - answer_words.begin() + 1);
}

std::string_view word_of(double number)
{
    return number < 1 ? std::string_view() : answer_words[static_cast<std::size_t>(number) - 1];
}

int tokens_for(AnswerRule rule)
{
    switch (rule) {
    case AnswerRule::span:
        return most_tokens_of_span;
    case AnswerRule::instructions:
        return most_tokens_of_instructed;
    default:
        return most_tokens;
    }
}

} // namespace

QuestionSuite::QuestionSuite(const WordedQuestions& questions, const std::string& name,
    const ChatPrompt& chat, int max_positions, int max_items)
    : name_(name)
    , rule_(questions.rule)
    , chat_(chat)
{
    const std::size_t count = max_items > 0
        ? std::min(questions.questions.size(), static_cast<std::size_t>(max_items))
        : questions.questions.size();
    for (std::size_t i = 0; i < count; ++i) {
        const WordedQuestion& question = questions.questions[i];
        auto prompt = chat.question(question.question);
        std::string problem
            = question.problem.empty() ? chat.unknown_to_model(prompt) : question.problem;
        if (problem.empty() && prompt.empty())
            problem = "the question has no token";
        if (problem.empty() && std::ssize(prompt) >= max_positions)
            problem = "the question has " + std::to_string(prompt.size())
                + " tokens, which leaves no room for an answer in the model's context of "
                + std::to_string(max_positions);
        if (!problem.empty()) {
            dropped_.push_back("question " + std::to_string(i + 1) + ": " + problem);
            continue;
        }
        kept_.push_back(question);
        indices_.push_back(i);
        prompts_.push_back(std::move(prompt));
    }
    if (kept_.empty())
        throw InputError("The suite " + name + " has no question that the model can be asked: "
            + (dropped_.empty() ? "it is empty" : dropped_.front()) + ".");
}

QuestionSuite::Judgement QuestionSuite::judged(
    const std::string& text, const WordedQuestion& question) const
{
    Judgement made;
    const auto is_answer = [&question](std::string_view given) {
        return !given.empty()
            && std::ranges::find(question.answers, given) != question.answers.end();
    };
    switch (rule_) {
    case AnswerRule::number:
        made.right = is_answer(number_behind_marks(text));
        made.right_loosely = is_answer(last_number(text));
        break;
    case AnswerRule::word:
        made.word = number_of(word_in_tags(text));
        made.word_loosely = number_of(last_word(text));
        made.right = is_answer(word_in_tags(text));
        made.right_loosely = is_answer(last_word(text));
        break;
    case AnswerRule::span:
        made.right = matches_exactly(text, question.answers);
        made.right_loosely = has_answer(text, question.answers);
        made.f1 = best_word_f1(text, question.answers);
        break;
    case AnswerRule::instructions: {
        for (const Instruction& instruction : question.instructions) {
            made.followed += follows(text, instruction) ? 1 : 0;
            made.followed_loosely += follows_loosely(text, instruction) ? 1 : 0;
        }
        const auto all = static_cast<double>(question.instructions.size());
        made.right = made.followed == all ? 1 : 0;
        made.right_loosely = made.followed_loosely == all ? 1 : 0;
        break;
    }
    }
    return made;
}

std::vector<EvaluationRecord> QuestionSuite::evaluate(const Transformer& model, int step,
    const std::function<void()>& before_batch, const HiddenPass& pass, const Ranks& ranks,
    std::vector<GivenAnswer>* given, int parts) const
{
    std::vector<Judgement> judgements(kept_.size());
    GenerationOptions options;
    options.tokens = tokens_for(rule_);
    options.stop_tokens = chat_.ends();
    options.pass = pass;
    options.parts = parts;
    if (before_batch && ranks.alone())
        options.progress = [&before_batch](int) { before_batch(); };
    std::size_t batch = 0;
    for (std::size_t first = 0; first < kept_.size(); first += questions_at_once, ++batch) {
        if (before_batch && !ranks.alone() && ranks.begins_round(batch))
            before_batch();
        if (!ranks.takes(batch))
            continue;
        const std::size_t end = std::min(first + questions_at_once, kept_.size());
        const auto texts = generate(model,
            { prompts_.begin() + static_cast<std::ptrdiff_t>(first),
                prompts_.begin() + static_cast<std::ptrdiff_t>(end) },
            options);
        for (std::size_t i = first; i < end; ++i) {
            const std::string text = chat_.decode(texts[i - first].ids);
            if (texts[i - first].end == TextEnd::not_a_number)
                judgements[i].right = std::numeric_limits<double>::quiet_NaN();
            else
                judgements[i] = judged(text, kept_[i]);
            if (given)
                given->push_back({ indices_[i], text, judgements[i].right > 0,
                    judgements[i].right_loosely > 0 });
        }
    }
    std::vector<double> sums;
    for (const Judgement& one : judgements)
        sums.insert(sums.end(),
            { one.right, one.right_loosely, one.f1, one.word, one.word_loosely, one.followed,
                one.followed_loosely });
    ranks.sum(sums);
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        const double* at = sums.data() + i * numbers;
        judgements[i] = { at[0], at[1], at[2], at[3], at[4], at[5], at[6] };
    }
    return figures(judgements, step);
}

std::vector<EvaluationRecord> QuestionSuite::figures(
    const std::vector<Judgement>& judgements, int step) const
{
    const int items = static_cast<int>(judgements.size());
    std::vector<EvaluationRecord> records;
    const bool unknown = std::ranges::any_of(
        judgements, [](const Judgement& one) { return std::isnan(one.right); });
    const auto add = [&](const Measure& measure, double value) {
        records.push_back({ step, name_, std::string(measure.name),
            unknown ? std::numeric_limits<double>::quiet_NaN() : value, items });
    };
    const auto mean = [&](double Judgement::*part) {
        double sum = 0;
        for (const Judgement& one : judgements)
            sum += one.*part;
        return sum / items;
    };
    double instructions = 0;
    for (const WordedQuestion& question : kept_)
        instructions += static_cast<double>(question.instructions.size());
    const auto macro = [&](double Judgement::*part) {
        std::vector<std::pair<std::string_view, std::string_view>> pairs;
        for (std::size_t i = 0; i < judgements.size(); ++i)
            pairs.emplace_back(kept_[i].answers.front(), word_of(judgements[i].*part));
        return macro_scores(pairs);
    };
    switch (rule_) {
    case AnswerRule::number:
        add(measures::solved, mean(&Judgement::right));
        add(measures::solved_loosely, mean(&Judgement::right_loosely));
        break;
    case AnswerRule::word: {
        const MacroScores strict = macro(&Judgement::word);
        add(measures::macro_f1, strict.f1);
        add(measures::macro_precision, strict.precision);
        add(measures::macro_recall, strict.recall);
        add(measures::macro_f1_loosely, macro(&Judgement::word_loosely).f1);
        break;
    }
    case AnswerRule::span:
        add(measures::exact_match, mean(&Judgement::right));
        add(measures::word_f1, mean(&Judgement::f1));
        add(measures::exact_match_loosely, mean(&Judgement::right_loosely));
        break;
    case AnswerRule::instructions:
        add(measures::solved, mean(&Judgement::right));
        add(measures::solved_loosely, mean(&Judgement::right_loosely));
        add(measures::followed, mean(&Judgement::followed) * items / instructions);
        add(measures::followed_loosely, mean(&Judgement::followed_loosely) * items / instructions);
        break;
    }
    return records;
}

} // namespace circuitloom
