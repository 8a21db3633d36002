#pragma once

#include "core/distributed/ranks.h"
#include "core/model/continuation.h"
#include "core/model/transformer.h"
#include "core/store/records.h"
#include "core/tasks/worded_questions.h"
#include "core/tokenizer/chat_prompt.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

/// What a model wrote in answer to one question.
struct GivenAnswer
{
    std::size_t index = 0; ///< of the suite's question
    std::string text;
    bool is_right = false; ///< by the strict rule
    bool is_right_loosely = false;
};

/// Questions that a model answers in words, posed as its template says (ChatPrompt) and answered
/// by its likeliest tokens, at most 256 of them for a number or a word, 48 for a span and 1,280
/// where instructions are followed.
class QuestionSuite
{
public:
    /// Takes the first `max_items` questions (0 for all); those whose prompt leaves no room in the
    /// context are left out. Throws InputError with the first one's reason where none is left.
    QuestionSuite(const WordedQuestions& questions, const std::string& name, const ChatPrompt& chat,
        int max_positions, int max_items);

    std::size_t items() const { return kept_.size(); }
    const std::vector<std::string>& dropped() const { return dropped_; }

    /// By AnswerRule, the strict figure first: `solved`, for instructions too where all of a
    /// question are followed, with `instructions-followed` of all of the suite; `macro-f1`,
    /// `macro-precision` and `macro-recall`; or `exact-match` and `word-f1`. Those by the loose
    /// rule have names ending in
    /// `-loosely`. All are NaN where the model's logits are in any answer. `before_batch` is called
    /// before each batch, by a process alone before each token of it, and may throw; `pass` and
    /// `parts` as in GenerationOptions. Processes of `ranks` deal the batches out and get the same
    /// figures; `given` gets the answers that this process had.
    std::vector<EvaluationRecord> evaluate(const Transformer& model, int step,
        const std::function<void()>& before_batch = {}, const HiddenPass& pass = {},
        const Ranks& ranks = Ranks::none(), std::vector<GivenAnswer>* given = nullptr,
        int parts = 1) const;

private:
    /// What the figures need of one answer, as numbers that can be added up over processes, all 0
    /// where another one has it.
    struct Judgement
    {
        double right = 0; ///< NaN where no text could be taken from the model's predictions
        double right_loosely = 0;
        double f1 = 0;
        double word = 0; ///< 1 + its index in answer_words; 0 for none
        double word_loosely = 0;
        double followed = 0; ///< instructions
        double followed_loosely = 0;
    };
    static constexpr std::size_t numbers = sizeof(Judgement) / sizeof(double);

    Judgement judged(const std::string& text, const WordedQuestion& question) const;
    std::vector<EvaluationRecord> figures(const std::vector<Judgement>& judgements, int step) const;

    std::string name_;
    AnswerRule rule_;
    std::vector<WordedQuestion> kept_;
    std::vector<std::size_t> indices_;
    std::vector<std::vector<std::int32_t>> prompts_;
    std::vector<std::string> dropped_;
    ChatPrompt chat_;
};

} // namespace circuitloom
