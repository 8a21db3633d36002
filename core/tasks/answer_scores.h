#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace circuitloom {

/// The answers that a question of AnswerRule::word may have.
inline constexpr std::array<std::string_view, 3> answer_words{ "True", "False", "N/A" };
/// How a model says that a passage does not answer a question; counts as an empty answer.
inline constexpr std::string_view no_answer_word = "unanswerable";

/// The number behind the last `####` of a text, as digits with an optional sign and decimals:
/// commas, `$` and decimals that are all 0 removed. Empty where there is none.
std::string number_behind_marks(std::string_view text);
/// Likewise the last number anywhere in the text.
std::string last_number(std::string_view text);

/// One of answer_words, whatever the case of its letters, with a full stop or without; empty where
/// the text is none of them.
std::string_view answer_word(std::string_view text);
/// The one in the last `<answer>…</answer>` of a text.
std::string_view word_in_tags(std::string_view text);
/// That one, or without such tags the last of answer_words that stands in the text as a word.
std::string_view last_word(std::string_view text);

/// Precision, recall and F1, each the mean over those of answer_words that are an answer or were
/// given as one; of one of them a share of nothing counts as 0.
struct MacroScores
{
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};
/// `pairs` are the right answer and the given one, which is empty where none was.
MacroScores macro_scores(std::span<const std::pair<std::string_view, std::string_view>> pairs);

/// SQuAD's normalisation: small letters, without ASCII's punctuation and the words a, an and the,
/// single spaces.
std::string normalised_answer(std::string_view text);
/// Whether the text is one of the answers after normalisation; without answers, whether it is empty
/// or no_answer_word.
bool matches_exactly(std::string_view text, std::span<const std::string> answers);
/// The looser rule: whether one of the answers stands in the text, word for word; without answers,
/// whether no_answer_word does, or the text is empty.
bool has_answer(std::string_view text, std::span<const std::string> answers);
/// The best F1 of the text's words and those of one of the answers, as SQuAD has it.
double best_word_f1(std::string_view text, std::span<const std::string> answers);

/// r = max(p / .5 − 1, 0): how far a pronoun of probability p among two is above an even choice
/// (arXiv 2502.06106). From both pronouns' log-probabilities.
double pronoun_preference(double log_probability, double other_log_probability);
/// The mean of r over each occupation's sentences, then over the occupations.
double pronoun_bias(std::span<const std::pair<std::string, double>> preferences);

} // namespace circuitloom
