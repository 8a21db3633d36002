#include "core/model/few_rows.h"

#include <dnnl.h>

#include <stdexcept>

namespace circuitloom {

namespace {

constexpr std::int64_t most_rows = 64;
constexpr std::int64_t least_weights = std::int64_t{ 1 } << 16;
// From so many rows on a transposed matrix is better taken as the left factor.
constexpr std::int64_t rows_for_left = 8;

bool is_matrix_on_processor(const torch::Tensor& x)
{
    return x.dim() == 2 && x.device().is_cpu() && x.scalar_type() == torch::kFloat32;
}

// c [m, n] = a [m, k] b, row by row in memory; b is [k, n], or [n, k] where it is transposed.
void multiply(const torch::Tensor& a, const torch::Tensor& b, bool transposed, torch::Tensor& c)
{
    const std::int64_t k = a.size(1);
    const std::int64_t n = c.size(1);
    const auto status = dnnl_sgemm('N', transposed ? 'T' : 'N', a.size(0), n, k, 1,
        a.data_ptr<float>(), k, b.data_ptr<float>(), transposed ? k : n, 0, c.data_ptr<float>(), n);
    if (status != dnnl_success)
        throw std::runtime_error("oneDNN could not multiply two matrices.");
}

} // namespace

torch::Tensor few_rows_product(const torch::Tensor& rows, const torch::Tensor& weight)
{
    if (!is_matrix_on_processor(rows) || !is_matrix_on_processor(weight) || rows.size(0) == 0
        || rows.size(0) > most_rows || weight.numel() < least_weights)
        return {};
    const auto left = rows.contiguous();
    if (weight.is_contiguous()) {
        auto product = torch::empty({ rows.size(0), weight.size(1) }, rows.options());
        multiply(left, weight, false, product);
        return product;
    }
    const auto stored = weight.t();
    if (!stored.is_contiguous())
        return {};
    if (rows.size(0) >= rows_for_left) {
        auto product = torch::empty({ stored.size(0), rows.size(0) }, rows.options());
        multiply(stored, left, true, product);
        return product.t().contiguous();
    }
    auto product = torch::empty({ rows.size(0), stored.size(0) }, rows.options());
    multiply(left, stored, true, product);
    return product;
}

} // namespace circuitloom
