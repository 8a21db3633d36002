#include "core/model/stored_weights.h"

#include "core/base/error.h"
#include "core/formats/tensor_decoding.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

namespace circuitloom {

namespace {

/// Elements that are decoded before they are copied to their place.
constexpr std::int64_t chunk_elements = std::int64_t{ 1 } << 20;
/// Elements worth a thread of its own.
constexpr std::int64_t thread_elements = std::int64_t{ 1 } << 15;

/// `elements` from `first` on. Double precision is kept where the file has it.
void decode(const TensorView& view, std::int64_t first, std::int64_t elements, float* out)
{
    decode_to_float(view, first, { out, static_cast<std::size_t>(elements) });
}
void decode(const TensorView& view, std::int64_t first, std::int64_t elements, double* out)
{
    constexpr auto size = static_cast<std::int64_t>(sizeof(double));
    std::memcpy(out, view.bytes.data() + first * size, static_cast<std::size_t>(elements * size));
}

/// Rows [first, last) of the usual order.
template <class Number>
void decode_rows(const TensorView& view, std::int64_t columns, std::int64_t first,
    std::int64_t last, Number* out)
{
    if (view.row_order.is_usual()) {
        decode(view, first * columns, (last - first) * columns, out);
        return;
    }
    for (std::int64_t row = first; row < last; ++row)
        decode(
            view, view.row_order.stored_row(row) * columns, columns, out + (row - first) * columns);
}

/// The bytes of rows [first, first + count) of the usual order, each of so many bytes.
void read_rows(const WeightFiles& owner, const TensorView& view, std::size_t row_bytes,
    std::int64_t first, std::int64_t count, std::vector<std::byte>& rows)
{
    rows.clear();
    const auto take = [&](std::int64_t row, std::int64_t several) {
        owner.read(view.bytes.subspan(static_cast<std::size_t>(row) * row_bytes,
                       static_cast<std::size_t>(several) * row_bytes),
            [&rows](std::span<const std::byte> piece) {
                rows.insert(rows.end(), piece.begin(), piece.end());
            });
    };
    if (view.row_order.is_usual())
        return take(first, count);
    for (std::int64_t row = first; row < first + count; ++row)
        take(view.row_order.stored_row(row), 1);
}

void require_finite(const torch::Tensor& numbers, const TensorView& view, const std::string& origin)
{
    // Zero times any finite number is zero.
    if (numbers.mul(0).sum().item<double>() != 0)
        throw InputError(origin + ": the tensor " + view.name
            + " holds a number that is infinite, not a number, or too large for the type it is "
              "loaded as.");
}

template <class Number>
void fill(const TensorView& view, const torch::Tensor& destination, const std::string& origin,
    const WeightFiles* owner)
{
    if (destination.numel() == 0)
        return;
    // A vector is one row, or where its entries moved a column: then each is a row of its own.
    const torch::Tensor to = view.shape.size() >= 2
        ? destination
        : destination.unsqueeze(view.row_order.is_usual() ? 0 : -1);
    const std::int64_t columns
        = view.row_order.is_usual() && view.shape.size() < 2 ? to.numel() : to.size(-1);
    const std::int64_t slices = to.size(0);
    const std::int64_t slice_rows = to.numel() / columns / slices;
    const std::int64_t step
        = std::clamp<std::int64_t>(chunk_elements / (slice_rows * columns), 1, slices);
    const std::size_t row_bytes
        = view.bytes.size() / static_cast<std::size_t>(slices * slice_rows);
    std::vector<std::byte> bytes;
    auto sizes = to.sizes().vec();
    sizes[0] = step;
    const torch::Tensor chunk
        = torch::empty(sizes, torch::dtype(torch::CppTypeToScalarType<Number>::value));
    auto* numbers = chunk.data_ptr<Number>();
    for (std::int64_t slice = 0; slice < slices; slice += step) {
        const std::int64_t count = std::min(step, slices - slice);
        std::int64_t first = slice * slice_rows;
        TensorView rows = view;
        if (owner) {
            read_rows(*owner, view, row_bytes, first, count * slice_rows, bytes);
            rows.bytes = bytes;
            rows.row_order = {};
            first = 0;
        }
        const std::int64_t grain = std::max<std::int64_t>(1, thread_elements / columns);
        at::parallel_for(0, count * slice_rows, grain, [&](std::int64_t begin, std::int64_t end) {
            decode_rows(rows, columns, first + begin, first + end, numbers + begin * columns);
        });
        if (view.too_large_by != 0)
            chunk.narrow(0, 0, count).sub_(view.too_large_by);
        const torch::Tensor read = chunk.narrow(0, 0, count).to(to.scalar_type());
        require_finite(read, view, origin);
        to.narrow(0, slice, count).copy_(read);
    }
}

} // namespace

void fill_from_stored(const TensorView& view, const torch::Tensor& destination,
    const std::string& origin, const WeightFiles* owner)
{
    if (!is_decodable(view.type))
        throw InputError(origin + ": the weight " + view.name + " is of the type "
            + std::string(element_type_name(view.type))
            + ", not of a floating-point or quantised one.");
    const torch::Tensor place = view.transposed ? destination.t() : destination;
    if (view.type == ElementType::f64)
        fill<double>(view, place, origin, owner);
    else
        fill<float>(view, place, origin, owner);
}

} // namespace circuitloom
