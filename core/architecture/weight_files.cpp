#include "core/architecture/weight_files.h"

#include "core/base/error.h"
#include "core/formats/input_file.h"

#include <algorithm>

namespace circuitloom {

WeightFiles::WeightFiles(const std::vector<Safetensors>& files)
{
    for (const Safetensors& file : files) {
        owners_.push_back(file.mapping());
        tensors_.insert(tensors_.end(), file.tensors().begin(), file.tensors().end());
    }
    sort_and_check();
}

WeightFiles::WeightFiles(
    std::vector<TensorView> tensors, std::vector<std::shared_ptr<const void>> owners)
    : owners_(std::move(owners))
    , tensors_(std::move(tensors))
{
    sort_and_check();
}

void WeightFiles::sort_and_check()
{
    std::ranges::sort(tensors_, {}, &TensorView::name);
    const auto twice = std::ranges::adjacent_find(tensors_, {}, &TensorView::name);
    if (twice != tensors_.end())
        throw InputError("The model's files hold the tensor " + twice->name + " twice.");
}

const TensorView* WeightFiles::find(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(tensors_, name, {}, &TensorView::name);
    return found == tensors_.end() || found->name != name ? nullptr : &*found;
}

void WeightFiles::read(std::span<const std::byte> bytes,
    const std::function<void(std::span<const std::byte>)>& take) const
{
    for (const auto& owner : owners_)
        if (read_mapped(owner, bytes, take))
            return;
    take(bytes);
}

} // namespace circuitloom
