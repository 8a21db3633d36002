#include "core/tuning/checkpoint_entries.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

const std::string bits_name = "opened";

std::string numbered(const std::string& name, std::size_t parameter)
{
    return name + "." + std::to_string(parameter);
}

bool all_set(const std::vector<bool>& flags)
{
    return std::ranges::find(flags, false) == flags.end();
}

// Runs of set flags, as [[first, count], …].
nlohmann::json ranges_of(const std::vector<bool>& flags)
{
    nlohmann::json ranges = nlohmann::json::array();
    for (std::size_t i = 0; i < flags.size(); ++i) {
        const std::size_t first = i;
        while (i < flags.size() && flags[i])
            ++i;
        if (i > first)
            ranges.push_back({ first, i - first });
    }
    return ranges;
}

// The same bits as whole numbers; a copy only where the tensor lies in pieces.
torch::Tensor bits(const torch::Tensor& tensor)
{
    const auto whole = tensor.detach().contiguous();
    switch (whole.element_size()) {
    case 8:
        return whole.view(torch::kInt64);
    case 4:
        return whole.view(torch::kInt32);
    case 2:
        return whole.view(torch::kInt16);
    default:
        return whole.view(torch::kUInt8);
    }
}

torch::Tensor exclusive_or(const torch::Tensor& a, const torch::Tensor& b)
{
    return bits(a).bitwise_xor(bits(b)).view(a.scalar_type());
}

[[noreturn]] void refuse()
{
    throw ResourceError("The checkpoint does not fit the model: it opens entries that are not "
                        "there.");
}

} // namespace

OpenedEntries::OpenedEntries(const std::vector<const torch::Tensor*>& tensors)
{
    for (const torch::Tensor* tensor : tensors)
        parameters_.push_back({ tensor->sizes().vec(), 0, {}, {} });
}

void OpenedEntries::add(const ParameterMask& mask)
{
    for (const ParameterSlice& slice : mask.slices()) {
        Parameter& parameter = parameters_[slice.parameter];
        if (slice.entries.is_defined()) {
            if (!parameter.entries.is_defined())
                parameter.entries = slice.entries;
            else if (!parameter.entries.is_same(slice.entries))
                parameter.entries = parameter.entries.together_with(slice.entries);
            continue;
        }
        const auto size = [&](std::int64_t dimension) {
            return static_cast<std::size_t>(parameter.shape[static_cast<std::size_t>(dimension)]);
        };
        if (parameter.open.empty()) {
            parameter.dimension = slice.dimension;
            parameter.open.resize(size(slice.dimension));
        } else if (parameter.dimension != slice.dimension && !all_set(parameter.open)) {
            parameter.dimension = 0; // rows here, columns there: all of it
            parameter.open.assign(size(0), true);
        }
        if (parameter.dimension == slice.dimension)
            std::fill_n(parameter.open.begin() + slice.start, slice.length, true);
    }
}

std::vector<ParameterSlice> OpenedEntries::slices(std::size_t parameter) const
{
    const Parameter& is = parameters_[parameter];
    std::vector<ParameterSlice> all;
    const auto end = is.open.end();
    for (auto first = std::find(is.open.begin(), end, true); first != end;) {
        const auto last = std::find(first, end, false);
        all.push_back(
            { parameter, {}, is.dimension, first - is.open.begin(), last - first, {} });
        first = std::find(last, end, true);
    }
    return all;
}

std::vector<std::int64_t> OpenedEntries::shape_of_opened(const Parameter& parameter) const
{
    if (parameter.entries.is_defined())
        return { parameter.entries.count() };
    auto shape = parameter.shape;
    shape[static_cast<std::size_t>(parameter.dimension)] = std::ranges::count(parameter.open, true);
    return shape;
}

torch::Tensor OpenedEntries::places(const Parameter& parameter) const
{
    const auto count = std::ranges::count(parameter.open, true);
    auto indices = torch::empty({ static_cast<std::int64_t>(count) }, torch::kInt64);
    auto* next = indices.data_ptr<std::int64_t>();
    for (std::size_t i = 0; i < parameter.open.size(); ++i)
        if (parameter.open[i])
            *next++ = static_cast<std::int64_t>(i);
    return indices;
}

void OpenedEntries::save(TrainingState& state, const std::string& name, std::size_t parameter,
    const torch::Tensor& tensor) const
{
    const Parameter& is = parameters_[parameter];
    if (!tensor.defined() || !is.any())
        return;
    const torch::NoGradGuard no_grad;
    state.tensors[numbered(name, parameter)] = opened(is, tensor);
}

torch::Tensor OpenedEntries::opened(const Parameter& parameter, const torch::Tensor& tensor) const
{
    if (parameter.entries.is_defined())
        return taken(tensor, parameter.entries);
    return all_set(parameter.open)
        ? tensor.detach()
        : tensor.detach().index_select(
              parameter.dimension, places(parameter).to(tensor.device()));
}

void OpenedEntries::save_difference(TrainingState& state, const std::string& name,
    std::size_t parameter, const torch::Tensor& tensor, const torch::Tensor& before) const
{
    const Parameter& is = parameters_[parameter];
    if (!is.any())
        return;
    const torch::NoGradGuard no_grad;
    state.tensors[numbered(name, parameter)]
        = exclusive_or(opened(is, tensor).to(torch::kCPU), opened(is, before));
}

bool OpenedEntries::restore_difference(const TrainingState& state, const std::string& name,
    std::size_t parameter, torch::Tensor& tensor) const
{
    const Parameter& is = parameters_[parameter];
    const auto found = state.tensors.find(numbered(name, parameter));
    if (found == state.tensors.end())
        return false;
    if (!is.any())
        refuse();
    const torch::NoGradGuard no_grad;
    const auto before = opened(is, tensor).to(torch::kCPU);
    if (found->second.sizes() != before.sizes()
        || found->second.scalar_type() != before.scalar_type())
        refuse();
    put(is, exclusive_or(found->second, before), tensor);
    return true;
}

void OpenedEntries::put(
    const Parameter& parameter, const torch::Tensor& entries, torch::Tensor& tensor) const
{
    const auto there = entries.to(tensor.device());
    if (parameter.entries.is_defined())
        circuitloom::put(tensor, parameter.entries, there);
    else if (all_set(parameter.open))
        tensor.copy_(there);
    else
        tensor.index_copy_(parameter.dimension, places(parameter).to(tensor.device()), there);
}

torch::Tensor OpenedEntries::restored(const TrainingState& state, const std::string& name,
    std::size_t parameter, const torch::Tensor& like) const
{
    if (!state.tensors.contains(numbered(name, parameter)))
        return {};
    torch::Tensor tensor = torch::zeros_like(like);
    restore(state, name, parameter, tensor);
    return tensor;
}

void OpenedEntries::restore(const TrainingState& state, const std::string& name,
    std::size_t parameter, torch::Tensor& tensor) const
{
    const Parameter& is = parameters_[parameter];
    if (!is.any())
        return;
    const torch::NoGradGuard no_grad;
    const auto saved = state.tensor(numbered(name, parameter)).to(tensor.device());
    if (saved.sizes().vec() != shape_of_opened(is) || saved.scalar_type() != tensor.scalar_type())
        refuse();
    put(is, saved, tensor);
}

void OpenedEntries::save(TrainingState& state) const
{
    nlohmann::json& all = state.values["opened"] = nlohmann::json::array();
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const Parameter& parameter = parameters_[i];
        all.push_back(
            { { "dimension", parameter.dimension }, { "ranges", ranges_of(parameter.open) } });
        if (parameter.entries.is_defined())
            state.tensors[numbered(bits_name, i)] = parameter.entries.bytes();
    }
}

void OpenedEntries::restore(const TrainingState& state)
{
    const nlohmann::json& all = state.value("opened");
    if (!all.is_array() || all.size() != parameters_.size())
        refuse();
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        Parameter& parameter = parameters_[i];
        const auto dimension = all[i].at("dimension").get<std::size_t>();
        if (dimension >= parameter.shape.size())
            refuse();
        const auto size = static_cast<std::size_t>(parameter.shape[dimension]);
        parameter.dimension = static_cast<std::int64_t>(dimension);
        parameter.open.clear();
        parameter.entries = {};
        if (const auto bits = state.tensors.find(numbered(bits_name, i));
            bits != state.tensors.end())
            parameter.entries = EntryBits::of_bytes(
                bits->second, c10::multiply_integers(parameter.shape));
        for (const nlohmann::json& range : all[i].at("ranges")) {
            const auto first = range.at(0).get<std::size_t>();
            const auto count = range.at(1).get<std::size_t>();
            if (first > size || count > size - first)
                refuse();
            parameter.open.resize(size);
            std::fill_n(parameter.open.begin() + static_cast<std::ptrdiff_t>(first), count, true);
        }
    }
}

} // namespace circuitloom
