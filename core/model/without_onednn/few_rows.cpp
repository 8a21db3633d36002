#include "core/model/few_rows.h"

namespace circuitloom {

torch::Tensor few_rows_product(const torch::Tensor&, const torch::Tensor&)
{
    return {};
}

} // namespace circuitloom
