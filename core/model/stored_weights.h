#pragma once

#include "core/architecture/weight_files.h"

#include <torch/types.h>

#include <string>

namespace circuitloom {

/// Copies a stored tensor of any floating-point or quantised type into `destination`, in the usual
/// order of its rows and never transposed, whatever the order of the bytes. `destination` may have
/// any strides, type and device; read in row-major order, it has the elements of `view.shape`. Its
/// rows may be spread over more dimensions than the one of `view.shape`. Only a few rows are held
/// beside it. They are read by `owner`, see WeightFiles::read(), or where that is null where the view
/// lies. Throws InputError where a file was shortened meanwhile, and naming `origin` and the tensor
/// where it holds whole numbers, or numbers that are not finite in the type of `destination`.
void fill_from_stored(const TensorView& view, const torch::Tensor& destination,
    const std::string& origin, const WeightFiles* owner = nullptr);

} // namespace circuitloom
