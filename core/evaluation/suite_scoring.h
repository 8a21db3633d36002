#pragma once

#include "core/distributed/ranks.h"
#include "core/evaluation/question_suite.h"
#include "core/model/transformer.h"
#include "core/store/records.h"
#include "core/tasks/bos_rule.h"
#include "core/tasks/capability_suite.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// How a suite's inputs are run.
struct SuitePass
{
    /// Called before every batch, or before every process takes one; may throw, which ends the
    /// evaluation.
    std::function<void()> before_batch = {};
    /// In place of Transformer::hidden(), such as a pass with ablated edges: from ids, int64
    /// [batch, position], to the final norm's output, [batch, position, d_model].
    std::function<torch::Tensor(const torch::Tensor& ids)> hidden = {};
    /// The processes that deal the batches out among themselves; all get the same result.
    const Ranks& ranks = Ranks::none();
    /// Batches are so many times smaller than usual; the result is the same but for rounding.
    int parts = 1;
};

/// One choice of an item, or a stretch of a text.
struct ScoredChoice
{
    double log_probability = 0; ///< the sum over `tokens`, in nats
    std::vector<std::int64_t> tokens; ///< those that were scored
    double bytes = 1;
};

struct ScoredItem
{
    std::size_t index = 0; ///< of the suite's item; of a text the stretch's number
    std::vector<ScoredChoice> choices; ///< of a text the one stretch
    std::size_t answer = 0;
    /// That of greatest log-probability; none where one of them is not a number.
    std::optional<std::size_t> chosen;
    std::optional<std::size_t> chosen_per_byte;
};

/// A capability suite as token ids, ready to be scored again and again while a model changes.
class PreparedSuite
{
public:
    /// Takes the first `max_items` items (0 for all; of a text the first `max_items` windows of
    /// the model's context). Throws InputError with the first item's reason where none can be
    /// scored.
    PreparedSuite(const CapabilitySuite& suite, const Tokenizer& tokenizer, int max_positions,
        int max_items, BosRule bos = BosRule::automatic);

    /// Of questions that are answered in words. Throws as QuestionSuite's constructor.
    PreparedSuite(
        const CapabilitySuite& suite, const ChatPrompt& chat, int max_positions, int max_items);

    const std::string& name() const { return name_; }
    /// How many items are left out and why, and what stands before the others' first tokens, as a
    /// sentence without its full stop; empty where none is, and the prompts or the tokenizer say
    /// it.
    const std::string& note() const { return note_; }
    std::size_t items() const { return questions_ ? questions_->items() : items_.size(); }

    /// Choices: `accuracy`, the share of items whose answer has the greatest sum of
    /// log-probabilities, and `accuracy-per-byte`, the same per byte of the choice where choices
    /// differ in length (as lm-evaluation-harness's acc and acc_norm). Text: `perplexity`. All are
    /// NaN where a log-probability is. `items`
    /// gets every item's scores in the suite's order.
    /// Choices between two pronouns have `pronoun-bias` as well. Questions answered in words:
    /// as QuestionSuite has it; their texts go to `given`, and `items` gets none.
    std::vector<EvaluationRecord> evaluate(const Transformer& model, int step,
        const SuitePass& pass = {}, std::vector<ScoredItem>* items = nullptr,
        std::vector<GivenAnswer>* given = nullptr) const;

private:
    /// Log-probabilities are read off the rows of one input.
    struct Continuation
    {
        std::size_t input = 0; ///< index into inputs_
        std::int64_t first = 0; ///< position that predicts the first scored token
        std::vector<std::int64_t> tokens;
        double bytes = 1;
    };
    struct Item
    {
        std::vector<Continuation> choices;
        std::size_t answer = 0;
        std::size_t index = 0;
        std::string occupation = {}; ///< of a choice between two pronouns
    };

    void add_items(const CapabilitySuite& suite, const Tokenizer& tokenizer, int max_positions,
        int max_items, BosRule bos);
    void add_windows(const CapabilitySuite& suite, const Tokenizer& tokenizer, int max_positions,
        int max_items, BosRule bos);
    std::vector<ScoredItem> scored_items(const std::vector<double>& sums) const;
    /// The sum of log-probabilities of every continuation, in the order they were added.
    std::vector<double> log_probabilities(const Transformer& model, const SuitePass& pass) const;

    std::string name_;
    std::string note_;
    std::vector<std::vector<std::int32_t>> inputs_; ///< different ones, each run through once
    std::vector<Item> items_;
    std::optional<QuestionSuite> questions_; ///< in place of inputs and items
    bool perplexity_ = false;
    bool equal_bytes_ = true;
};

/// The suite for the model of these files and its tokenizer. Throws as the constructors.
PreparedSuite prepared_suite(const CapabilitySuite& suite, const ModelFiles& files,
    const Tokenizer& tokenizer, int max_positions, int max_items, BosRule bos = BosRule::automatic);

} // namespace circuitloom
