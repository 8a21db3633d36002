#include "core/evaluation/task_metric.h"
#include "core/tuning/objective.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/autograd.h>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

// Two examples of different lengths; the targets are the tokens that do come next.
const std::vector<EncodedExample> examples{ { { 1, 5, 9, 3, 7, 2, 11 },
                                                { { 2, 3, 4 }, { 5, 11, 2 } } },
    { { 4, 8, 2, 10 }, { { 2, 10, 12 } } } };

ScoredBatch batch_of_both()
{
    return make_batch(std::vector<const EncodedExample*>{ &examples[0], &examples[1] }, torch::kCPU,
        torch::kFloat64);
}

bool is_target(const EncodedExample& example, std::size_t position)
{
    for (const ScoredTarget& target : example.targets)
        if (static_cast<std::size_t>(target.position) == position)
            return true;
    return false;
}

// log p of the token after `position`, from the logits of the whole text.
double log_probability(const torch::Tensor& logits, std::int64_t b, std::size_t position)
{
    const auto row = torch::log_softmax(logits[b][static_cast<std::int64_t>(position)], -1);
    return row[examples[static_cast<std::size_t>(b)].ids[position + 1]].item<double>();
}

} // namespace

TEST_CASE("the weighted objective is that of a literal loop over the tokens")
{
    const Transformer model = random_model(ModelFamily::gpt2, 8);
    const ScoredBatch batch = batch_of_both();
    const auto hidden = model.hidden(batch.ids);
    const auto logits = model.unembed(hidden);
    double sum = 0;
    int tokens = 0;
    for (std::size_t b = 0; b < 2; ++b)
        for (std::size_t p = 0; p + 1 < examples[b].ids.size(); ++p, ++tokens) {
            const double log_p = log_probability(logits, static_cast<std::int64_t>(b), p);
            sum -= (is_target(examples[b], p) ? std::exp(-log_p) : 1) * log_p;
        }
    CHECK(tokens == 9);
    CHECK(training_loss(model, hidden, batch, LossKind::weighted).item<double>()
        == doctest::Approx(sum / tokens).epsilon(1e-12));
}

TEST_CASE("the weight 1/p is a constant to the gradient")
{
    Transformer model = random_model(ModelFamily::gpt2, 8);
    const ScoredBatch batch = batch_of_both();
    const auto hidden = model.hidden(batch.ids).detach().requires_grad_();
    const auto found = torch::autograd::grad(
        { training_loss(model, hidden, batch, LossKind::weighted) }, { hidden })[0];
    // Of the terms −w log p the gradient is −w ∇ log p.
    const auto logits = model.unembed(hidden);
    auto terms = torch::zeros({}, torch::kFloat64);
    for (std::size_t b = 0; b < 2; ++b)
        for (std::size_t p = 0; p + 1 < examples[b].ids.size(); ++p) {
            const auto at = static_cast<std::int64_t>(b);
            const double weight
                = is_target(examples[b], p) ? std::exp(-log_probability(logits, at, p)) : 1;
            terms = terms
                - weight
                    * torch::log_softmax(
                        logits[at][static_cast<std::int64_t>(p)], -1)[examples[b].ids[p + 1]];
        }
    const auto expected = torch::autograd::grad({ terms / 9 }, { hidden })[0];
    CHECK(torch::allclose(found, expected, 1e-10, 1e-13));
}

TEST_CASE("target-only averages over an example's targets, then over examples")
{
    const Transformer model = random_model(ModelFamily::llama, 8);
    const ScoredBatch batch = batch_of_both();
    const auto hidden = model.hidden(batch.ids);
    const auto logits = model.unembed(hidden);
    const double expected = -((log_probability(logits, 0, 2) + log_probability(logits, 0, 5)) / 2
                                + log_probability(logits, 1, 2))
        / 2;
    CHECK(training_loss(model, hidden, batch, LossKind::target_only).item<double>()
        == doctest::Approx(expected).epsilon(1e-12));
    CHECK(torch::equal(training_loss(model, hidden, batch, LossKind::standard),
        next_token_loss(model, hidden, batch)));
    const BatchShare set(std::span(&batch, 1));
    CHECK(loss_share(set, 0, LossKind::standard) == 9);
    CHECK(loss_share(set, 0, LossKind::weighted) == 9);
    CHECK(loss_share(set, 0, LossKind::target_only) == 2);
}
