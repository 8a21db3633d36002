#include "core/model/affine.h"

#include <doctest/doctest.h>
#include <torch/torch.h>

using namespace circuitloom;

namespace {

// How far affine() is from the product in twice the digits, of the largest entry.
double error_of(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias)
{
    auto exact = torch::matmul(x.to(torch::kFloat64), weight.to(torch::kFloat64));
    if (bias.defined())
        exact = exact + bias.to(torch::kFloat64);
    const auto computed = affine(x, weight, bias);
    REQUIRE(computed.sizes().equals(exact.sizes()));
    REQUIRE((computed.scalar_type() == x.scalar_type()));
    return ((computed - exact).abs().max() / exact.abs().max()).item<double>();
}

} // namespace

TEST_CASE("few rows are multiplied as many are, however the matrix is stored")
{
    torch::manual_seed(1);
    const torch::NoGradGuard no_grad;
    const auto in = 300;
    const auto out = 500;
    const auto wide = torch::randn({ in, 2 * out });
    const struct
    {
        const char* stored;
        torch::Tensor weight;
    } cases[] = { { "row by row", torch::randn({ in, out }) },
        { "as its transpose", torch::randn({ out, in }).t() },
        { "as columns of a wider one", wide.narrow(1, out / 2, out) },
        { "in double precision", torch::randn({ in, out }, torch::kFloat64) },
        { "and small", torch::randn({ in, 3 }) } };
    for (const auto& [stored, weight] : cases)
        for (const std::int64_t rows : { 1, 2, 7, 8, 16, 64, 65 }) {
            CAPTURE(stored);
            CAPTURE(rows);
            const auto x = torch::randn({ rows, in }, weight.options());
            CHECK(error_of(x, weight, {}) < 1e-5);
            CHECK(error_of(x, weight, torch::randn({ weight.size(1) }, weight.options())) < 1e-5);
            // A batch of positions, and rows that do not lie side by side.
            CHECK(error_of(x.view({ rows, 1, in }), weight, {}) < 1e-5);
            const auto apart = torch::randn({ rows, 2 * in }, weight.options()).narrow(1, 5, in);
            CHECK(error_of(apart, weight, {}) < 1e-5);
        }
}

TEST_CASE("no rows give no rows, and gradients pass where they are wanted")
{
    const auto weight = torch::randn({ 300, 500 });
    {
        const torch::NoGradGuard no_grad;
        CHECK(affine(torch::zeros({ 0, 300 }), weight).sizes().equals({ 0, 500 }));
    }
    const auto x = torch::randn({ 2, 300 }).requires_grad_();
    affine(x, weight).sum().backward();
    CHECK((x.grad() - weight.sum(1)).abs().max().item<double>() < 1e-4);
}
