#include "core/evaluation/row_sums.h"
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
