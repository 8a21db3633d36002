#include "core/evaluation/row_sums.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/autograd.h>

#include <algorithm>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

// The cross-entropy of the tokens `next`, summed; notes the largest table of logits that it is shown.
RowsTerm cross_entropy(const torch::Tensor& next, std::int64_t& largest)
{
    return [&next, &largest](const torch::Tensor& logits, std::int64_t first) {
        largest = std::max(largest, logits.numel());
        return torch::cross_entropy_loss(
            logits, next.narrow(0, first, logits.size(0)), {}, at::Reduction::Sum);
    };
}

} // namespace

TEST_CASE("a sum over rows and its gradients do not depend on how many are taken at a time")
{
    torch::manual_seed(2);
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        Transformer model = random_model(family, 9);
        model.set_requires_grad(true);
        const std::int64_t vocabulary = model.config().vocabulary;
        const auto ids = torch::randint(vocabulary, { 2, 6 }, torch::kInt64);
        const auto rows = torch::tensor({ 0, 2, 3, 7, 8, 8, 11 }, torch::kInt64);
        const auto next = torch::randint(vocabulary, { rows.size(0) }, torch::kInt64);
        const auto found = [&](std::int64_t rows_at_once) {
            std::int64_t largest = 0;
            const auto sum = sum_over_rows(model, model.hidden(ids), rows,
                cross_entropy(next, largest), rows_at_once * vocabulary);
            CHECK(largest <= std::max<std::int64_t>(1, rows_at_once) * vocabulary);
            torch::autograd::variable_list all;
            for (const auto* tensor : model.weights().all())
                all.push_back(*tensor);
            // A factor outside of the sum counts too.
            auto gradients = torch::autograd::grad({ 3 * sum }, all);
            gradients.push_back(sum);
            return gradients;
        };
        const auto whole = found(rows.size(0));
        for (const std::int64_t rows_at_once : { 0, 1, 2, 3, 6 }) {
            CAPTURE(rows_at_once);
            const auto in_parts = found(rows_at_once);
            for (std::size_t i = 0; i < whole.size(); ++i)
                CHECK(torch::allclose(in_parts[i], whole[i], 1e-10, 1e-12));
        }
    }
}

TEST_CASE("a metric and its gradients do not depend on how many targets are taken at a time")
{
    torch::manual_seed(3);
    Transformer model = random_model(ModelFamily::gpt2, 9);
    model.set_requires_grad(true);
    const std::int64_t vocabulary = model.config().vocabulary;
    const std::vector<EncodedExample> task{ { { 1, 5, 9, 3, 7, 2, 11 },
                                                { { 2, 3, 4 }, { 5, 11, 6 }, { 5, 2, 8 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } } };
    const ScoredBatch batch = make_batch(
        std::vector<const EncodedExample*>{ &task[0], &task[1] }, torch::kCPU, torch::kFloat64);
    const auto reference = metric_reference(random_model(ModelFamily::gpt2, 4), batch);
    for (const MetricKind kind : { MetricKind::logit_diff, MetricKind::log_prob,
             MetricKind::prob_diff, MetricKind::kl }) {
        CAPTURE(static_cast<int>(kind));
        const auto found = [&](std::int64_t rows_at_once) {
            const auto hidden = model.hidden(batch.ids);
            const std::int64_t at_once = rows_at_once * vocabulary;
            const auto metric = task_metric(model, hidden, batch, kind, reference, at_once);
            const auto of_rows = task_metric_of_rows(model,
                hidden.reshape({ -1, hidden.size(-1) }).index_select(0, batch.row), batch, kind,
                reference, at_once);
            CHECK(of_rows.item<double>() == doctest::Approx(metric.item<double>()));
            torch::autograd::variable_list inputs;
            for (const auto* tensor : { &model.weights().token_embedding,
                     &model.weights().final_norm_weight, &model.weights().final_norm_bias })
                inputs.push_back(*tensor);
            auto all = torch::autograd::grad({ 2 * metric + of_rows }, inputs);
            all.push_back(metric);
            return all;
        };
        const auto whole = found(4);
        for (const std::int64_t rows_at_once : { 1, 3 }) {
            const auto in_parts = found(rows_at_once);
            for (std::size_t i = 0; i < whole.size(); ++i)
                CHECK(torch::allclose(in_parts[i], whole[i], 1e-10, 1e-12));
        }
    }
}

TEST_CASE("without gradients a sum over rows is the same number")
{
    Transformer model = random_model(ModelFamily::llama, 9);
    const auto ids = torch::tensor({ { 1, 2, 3, 4, 5 } }, torch::kInt64);
    const auto rows = torch::arange(5, torch::kInt64);
    const auto next = torch::tensor({ 2, 3, 4, 5, 6 }, torch::kInt64);
    std::int64_t largest = 0;
    const torch::NoGradGuard no_grad;
    const auto hidden = model.hidden(ids);
    const auto whole = sum_over_rows(model, hidden, rows, cross_entropy(next, largest));
    const auto parts = sum_over_rows(
        model, hidden, rows, cross_entropy(next, largest), 2 * model.config().vocabulary);
    CHECK_FALSE(parts.requires_grad());
    CHECK(parts.item<double>() == doctest::Approx(whole.item<double>()).epsilon(1e-12));
}
