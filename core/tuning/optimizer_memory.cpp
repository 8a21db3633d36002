#include "core/tuning/optimizer_memory.h"

#include "core/base/error.h"
#include "core/model/spread_blocks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace circuitloom {

namespace {

bool is_rounded(const torch::Tensor& tensor)
{
    return tensor.scalar_type() == torch::kBFloat16;
}

torch::Dtype kept_type(const torch::Tensor& tensor)
{
    return is_rounded(tensor) ? torch::kFloat32 : tensor.scalar_type();
}

std::string key(const std::string& name, std::size_t parameter)
{
    return "optimizer." + name + "." + std::to_string(parameter);
}

const std::string weight_name = "weight";
const std::string bits_name = "entries";

[[noreturn]] void refuse()
{
    throw ResourceError("The checkpoint does not fit the model: what it says of the optimizer's "
                        "entries is not of its shape.");
}

} // namespace

OptimizerMemory::OptimizerMemory(
    std::vector<std::string> names, KeptWeights kept, std::vector<std::string> of_entries)
    : names_(std::move(names))
    , kept_(kept)
    , of_entries_(std::move(of_entries))
{
}

bool OptimizerMemory::keeps_weight(const torch::Tensor& tensor) const
{
    return kept_ == KeptWeights::always || is_rounded(tensor);
}

OptimizerMemory::Parameter& OptimizerMemory::parameter(std::size_t index)
{
    parameters_.resize(std::max(parameters_.size(), index + 1));
    return parameters_[index];
}

OptimizerMemory::Stretch OptimizerMemory::fresh(const torch::Tensor& tensor, std::int64_t dimension,
    std::int64_t start, std::int64_t length) const
{
    const auto weight = tensor.narrow(dimension, start, length);
    Stretch stretch{ length, {} };
    for (std::size_t i = 0; i < names_.size(); ++i)
        stretch.kept.push_back(
            torch::zeros(weight.sizes(), weight.options().dtype(kept_type(tensor)).requires_grad(false)));
    if (keeps_weight(tensor)) {
        auto kept = torch::zeros(
            weight.sizes(), weight.options().dtype(kept_type(tensor)).requires_grad(false));
        if (is_here(tensor))
            kept.copy_(weight.detach());
        stretch.kept.push_back(std::move(kept));
    }
    return stretch;
}

std::vector<std::string> OptimizerMemory::names_of_entries(std::size_t count) const
{
    std::vector<std::string> all = names_;
    all.insert(all.end(), of_entries_.begin(), of_entries_.end());
    all.push_back(weight_name);
    all.resize(count);
    return all;
}

std::vector<torch::Tensor> OptimizerMemory::fresh(
    const torch::Tensor& tensor, const EntryBits& entries) const
{
    const auto options = tensor.options().dtype(kept_type(tensor)).requires_grad(false);
    std::vector<torch::Tensor> kept;
    for (std::size_t i = 0; i < names_.size() + of_entries_.size(); ++i)
        kept.push_back(torch::zeros({ entries.count() }, options));
    if (keeps_weight(tensor))
        kept.push_back(taken(tensor, entries).to(torch::kFloat32));
    return kept;
}

// Where the slice opens entries that no other one did, what was kept goes into wider tensors.
void OptimizerMemory::widen(const torch::Tensor& tensor, const ParameterSlice& slice)
{
    Parameter& of = parameter(slice.parameter);
    if (!of.entries.is_defined()) {
        of.entries = slice.entries;
        of.of_entries = fresh(tensor, of.entries);
    } else if (!of.entries.is_same(slice.entries)) {
        const EntryBits wider = of.entries.together_with(slice.entries);
        if (wider.count() > of.entries.count()) {
            const auto places = of.entries.places_in(wider);
            auto kept = fresh(tensor, wider);
            for (std::size_t i = 0; i < kept.size(); ++i)
                kept[i].index_copy_(0, places, of.of_entries[i]);
            of.entries = wider;
            of.of_entries = std::move(kept);
        }
    }
}

void OptimizerMemory::reserve(const torch::Tensor& tensor, const ParameterSlice& slice)
{
    if (slice.entries.is_defined())
        widen(tensor, slice);
    else
        open(tensor, slice);
}

OptimizerMemory::Entries OptimizerMemory::open_entries(
    const torch::Tensor& tensor, const ParameterSlice& slice)
{
    widen(tensor, slice);
    const Parameter& of = parameter(slice.parameter);
    Entries entries;
    if (slice.entries.count() < of.entries.count())
        entries.places = slice.entries.places_in(of.entries);
    for (const torch::Tensor& kept : of.of_entries)
        entries.kept.push_back(
            entries.places.defined() ? kept.index_select(0, entries.places) : kept);
    if (keeps_weight(tensor)) {
        entries.weight = entries.kept.back();
        entries.kept.pop_back();
    } else {
        entries.weight = taken(tensor, slice.entries);
    }
    return entries;
}

// The stretches that the slice touches, and what is new between them, become one.
OptimizerMemory::Entries OptimizerMemory::open(
    const torch::Tensor& tensor, const ParameterSlice& slice)
{
    if (slice.entries.is_defined())
        return open_entries(tensor, slice);
    Parameter& of = parameter(slice.parameter);
    of.dimension = slice.dimension;
    of.rounded = is_rounded(tensor);
    auto& stretches = of.stretches;
    const std::int64_t end = slice.start + slice.length;
    auto first = stretches.upper_bound(slice.start);
    if (first != stretches.begin()) {
        const auto before = std::prev(first);
        if (before->first + before->second.length > slice.start)
            first = before;
    }
    if (!covers(slice)) {
        if (!is_here(tensor))
            throw Error("Weights of another process were to be opened without being here.");
        std::vector<Stretch> parts;
        const std::int64_t begin
            = first == stretches.end() ? slice.start : std::min(first->first, slice.start);
        std::int64_t reached = begin;
        auto last = first;
        for (; last != stretches.end() && last->first < end; ++last) {
            if (last->first > reached)
                parts.push_back(fresh(tensor, slice.dimension, reached, last->first - reached));
            reached = last->first + last->second.length;
            parts.push_back(std::move(last->second));
        }
        if (reached < end)
            parts.push_back(fresh(tensor, slice.dimension, reached, end - reached));
        Stretch joined = std::move(parts.front());
        if (parts.size() > 1)
            for (std::size_t i = 0; i < joined.kept.size(); ++i) {
                std::vector<torch::Tensor> all{ joined.kept[i] };
                for (std::size_t part = 1; part < parts.size(); ++part)
                    all.push_back(parts[part].kept[i]);
                joined.kept[i] = torch::cat(all, slice.dimension);
            }
        joined.length = std::max(reached, end) - begin;
        stretches.erase(first, last);
        first = stretches.emplace(begin, std::move(joined)).first;
    }
    Entries entries;
    for (const torch::Tensor& kept : first->second.kept)
        entries.kept.push_back(
            kept.narrow(slice.dimension, slice.start - first->first, slice.length));
    if (keeps_weight(tensor)) {
        entries.weight = entries.kept.back();
        entries.kept.pop_back();
    } else {
        entries.weight = tensor.narrow(slice.dimension, slice.start, slice.length);
    }
    return entries;
}

bool OptimizerMemory::covers(const ParameterSlice& slice) const
{
    if (!remembers_slices(slice.parameter))
        return false;
    const auto& stretches = parameters_[slice.parameter].stretches;
    const auto after = stretches.upper_bound(slice.start);
    if (after == stretches.begin())
        return false;
    const auto& [start, stretch] = *std::prev(after);
    return start + stretch.length >= slice.start + slice.length;
}

void OptimizerMemory::put_weights(std::size_t parameter, torch::Tensor& tensor) const
{
    const torch::NoGradGuard no_grad;
    if (!remembers_slices(parameter))
        return;
    const Parameter& of = parameters_[parameter];
    for (const auto& [start, stretch] : of.stretches)
        tensor.narrow(of.dimension, start, stretch.length).copy_(stretch.kept.back());
}

void OptimizerMemory::take_weights(std::size_t parameter, const torch::Tensor& tensor)
{
    const torch::NoGradGuard no_grad;
    if (!remembers_slices(parameter) || is_rounded(tensor))
        return;
    const Parameter& of = parameters_[parameter];
    for (const auto& [start, stretch] : of.stretches)
        torch::Tensor(stretch.kept.back())
            .copy_(tensor.detach().narrow(of.dimension, start, stretch.length));
}

void OptimizerMemory::write_back(
    torch::Tensor& tensor, const ParameterSlice& slice, const Entries& entries) const
{
    if (slice.entries.is_defined()) {
        put(tensor, slice.entries, entries.weight.to(tensor.scalar_type()));
        if (!entries.places.defined())
            return;
        const std::vector<torch::Tensor>& kept = parameters_[slice.parameter].of_entries;
        for (std::size_t i = 0; i < kept.size(); ++i)
            torch::Tensor(kept[i]).index_copy_(
                0, entries.places, i < entries.kept.size() ? entries.kept[i] : entries.weight);
    } else if (keeps_weight(tensor) && is_here(tensor))
        tensor.narrow(slice.dimension, slice.start, slice.length).copy_(entries.weight);
}

void OptimizerMemory::save(TrainingState& state) const
{
    const torch::NoGradGuard no_grad;
    nlohmann::json& all = state.values["optimizer"] = nlohmann::json::array();
    for (std::size_t index = 0; index < parameters_.size(); ++index) {
        const Parameter& of = parameters_[index];
        nlohmann::json ranges = nlohmann::json::array();
        std::vector<std::vector<torch::Tensor>> parts;
        for (const auto& [start, stretch] : of.stretches) {
            ranges.push_back({ start, stretch.length });
            parts.resize(stretch.kept.size());
            for (std::size_t i = 0; i < parts.size(); ++i)
                parts[i].push_back(stretch.kept[i]);
        }
        all.push_back({ { "dimension", of.dimension }, { "ranges", ranges } });
        // What the tensors have as exactly is theirs to save.
        if (!of.rounded)
            parts.resize(std::min(parts.size(), names_.size()));
        if (of.entries.is_defined()) {
            state.tensors[key(bits_name, index)] = of.entries.bytes();
            const std::vector<std::string> names = names_of_entries(of.of_entries.size());
            for (std::size_t i = 0; i < names.size(); ++i)
                state.tensors[key(names[i], index)] = of.of_entries[i];
        }
        for (std::size_t i = 0; i < parts.size(); ++i)
            state.tensors[key(i < names_.size() ? names_[i] : weight_name, index)]
                = parts[i].size() == 1 ? parts[i].front() : torch::cat(parts[i], of.dimension);
    }
}

void OptimizerMemory::restore(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    const torch::NoGradGuard no_grad;
    parameters_.clear();
    if (!state.values.contains("optimizer")) {
        restore_whole(state, opened, tensors);
        return;
    }
    const nlohmann::json& all = state.value("optimizer");
    if (!all.is_array() || all.size() > tensors.size())
        refuse();
    for (std::size_t index = 0; index < all.size(); ++index) {
        if (!state.tensors.contains(key(names_.front(), index)))
            continue; // left out, as of a finished run
        const torch::Tensor& tensor = *tensors[index];
        if (state.tensors.contains(key(bits_name, index))) {
            restore_entries(state, index, tensor);
            continue;
        }
        Parameter& of = parameter(index);
        of.dimension = all[index].at("dimension").get<std::int64_t>();
        of.rounded = is_rounded(tensor);
        const nlohmann::json& ranges = all[index].at("ranges");
        if (of.dimension < 0 || of.dimension >= tensor.dim() || !ranges.is_array())
            refuse();
        std::int64_t reached = 0; // in the tensor
        std::int64_t taken = 0; // of what was saved
        for (const nlohmann::json& range : ranges) {
            const auto start = range.at(0).get<std::int64_t>();
            const auto length = range.at(1).get<std::int64_t>();
            if (start < reached || length < 1 || length > tensor.size(of.dimension) - start)
                refuse();
            Stretch stretch = fresh(tensor, of.dimension, start, length);
            const std::size_t stored = names_.size() + (of.rounded ? 1 : 0);
            for (std::size_t i = 0; i < stored; ++i) {
                const auto& saved
                    = state.tensor(key(i < names_.size() ? names_[i] : weight_name, index));
                if (saved.dim() != tensor.dim()
                    || saved.scalar_type() != stretch.kept[i].scalar_type()
                    || saved.size(of.dimension) < taken + length)
                    refuse();
                const auto part = saved.narrow(of.dimension, taken, length);
                if (part.sizes() != stretch.kept[i].sizes())
                    refuse();
                stretch.kept[i].copy_(part);
            }
            of.stretches.emplace(start, std::move(stretch));
            reached = start + length;
            taken += length;
        }
    }
}

void OptimizerMemory::restore_entries(
    const TrainingState& state, std::size_t index, const torch::Tensor& tensor)
{
    Parameter& of = parameter(index);
    of.entries = EntryBits::of_bytes(
        state.tensor(key(bits_name, index)).to(tensor.device()), tensor.numel());
    of.of_entries = fresh(tensor, of.entries);
    const std::vector<std::string> names = names_of_entries(of.of_entries.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const torch::Tensor& saved = state.tensor(key(names[i], index));
        if (saved.sizes() != of.of_entries[i].sizes()
            || saved.scalar_type() != of.of_entries[i].scalar_type())
            refuse();
        of.of_entries[i].copy_(saved);
    }
}

// Earlier versions kept whole tensors, in the type of the weights.
void OptimizerMemory::restore_whole(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    for (std::size_t index = 0; index < tensors.size(); ++index) {
        if (!state.tensors.contains(key(names_.front(), index)))
            continue;
        const torch::Tensor& tensor = *tensors[index];
        Parameter& of = parameter(index);
        of.dimension = opened.dimension(index);
        of.rounded = is_rounded(tensor);
        Stretch stretch = fresh(tensor, of.dimension, 0, tensor.size(of.dimension));
        for (std::size_t i = 0; i < names_.size(); ++i)
            stretch.kept[i].copy_(
                opened.restored(state, "optimizer." + names_[i], index, tensor));
        of.stretches.emplace(0, std::move(stretch));
    }
}

} // namespace circuitloom
