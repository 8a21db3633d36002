#include "core/tuning/training_state.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::array<std::pair<ElementType, torch::ScalarType>, 8> types = { {
    { ElementType::f64, torch::kFloat64 },
    { ElementType::f32, torch::kFloat32 },
    { ElementType::f16, torch::kFloat16 },
    { ElementType::bf16, torch::kBFloat16 },
    { ElementType::i64, torch::kInt64 },
    { ElementType::i32, torch::kInt32 },
    { ElementType::u8, torch::kUInt8 },
    { ElementType::boolean, torch::kBool },
} };

ElementType stored_type(torch::ScalarType type)
{
    for (const auto& [stored, computed] : types)
        if (computed == type)
            return stored;
    throw Error("A checkpoint has no place for tensors of the type "
        + std::string(c10::toString(type)) + ".");
}

torch::ScalarType computed_type(ElementType type)
{
    for (const auto& [stored, computed] : types)
        if (stored == type)
            return computed;
    throw ResourceError("The checkpoint is damaged: a tensor is of a quantised type.");
}

torch::Tensor copy_of(const TensorView& view)
{
    auto tensor = torch::empty(view.shape, computed_type(view.type));
    if (tensor.nbytes() != view.bytes.size())
        throw ResourceError(
            "The checkpoint is damaged: the bytes of " + view.name + " do not match its shape.");
    if (!view.bytes.empty())
        std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
    return tensor;
}

template <class Number>
void put_numbers(TrainingState& state, const std::string& name, std::span<const Number> numbers)
{
    auto tensor = torch::empty(
        { static_cast<std::int64_t>(numbers.size()) }, c10::CppTypeToScalarType<Number>::value);
    std::ranges::copy(numbers, tensor.template data_ptr<Number>());
    state.tensors[name] = tensor;
}

} // namespace

const torch::Tensor& TrainingState::tensor(const std::string& name) const
{
    const auto found = tensors.find(name);
    if (found == tensors.end())
        throw ResourceError("The checkpoint lacks the tensor " + name + ".");
    return found->second;
}

const nlohmann::json& TrainingState::value(const std::string& name) const
{
    const auto found = values.find(name);
    if (found == values.end())
        throw ResourceError("The checkpoint lacks the value " + name + ".");
    return *found;
}

void save_numbers(
    TrainingState& state, const std::string& name, std::span<const std::int32_t> numbers)
{
    put_numbers(state, name, numbers);
}

void save_numbers(
    TrainingState& state, const std::string& name, std::span<const std::int64_t> numbers)
{
    put_numbers(state, name, numbers);
}

void save_numbers(TrainingState& state, const std::string& name, std::span<const float> numbers)
{
    put_numbers(state, name, numbers);
}

template <class Number>
std::vector<Number> saved_numbers(const TrainingState& state, const std::string& name)
{
    const torch::Tensor& tensor = state.tensor(name);
    if (tensor.dim() != 1 || tensor.scalar_type() != c10::CppTypeToScalarType<Number>::value)
        throw ResourceError("The checkpoint is damaged: " + name + " is no such vector.");
    const auto* first = tensor.data_ptr<Number>();
    return { first, first + tensor.numel() };
}

template std::vector<std::int32_t> saved_numbers(const TrainingState&, const std::string&);
template std::vector<std::int64_t> saved_numbers(const TrainingState&, const std::string&);
template std::vector<float> saved_numbers(const TrainingState&, const std::string&);

std::size_t largest_checkpoint(const Transformer& model, const RunConfig& config)
{
    std::size_t bytes = 0;
    for (const torch::Tensor* tensor : model.weights().all()) {
        const auto entries = static_cast<std::size_t>(tensor->numel());
        bytes += tensor->nbytes();
        bytes += tensor->scalar_type() == torch::kBFloat16 ? 3 * entries * sizeof(float)
                                                            : 2 * tensor->nbytes();
    }
    // With adapters, whose size the rank decides, with single entries, of which each has a number
    // that counts its steps and bits that say where it is, and the numbers that count the steps.
    const TunedPart part = tuning_method_info(config.method).part;
    const bool more = part == TunedPart::adapters || part == TunedPart::entries;
    return bytes * (more ? 2 : 1) + (std::size_t{ 1 } << 20);
}

PackedState pack(const TrainingState& state)
{
    PackedState packed;
    packed.values = state.values.dump();
    for (const auto& [name, tensor] : state.tensors) {
        const auto& held = packed.held.emplace_back(tensor.detach().to(torch::kCPU).contiguous());
        packed.tensors.push_back({ name, stored_type(held.scalar_type()), held.sizes().vec(),
            { static_cast<const std::byte*>(held.data_ptr()), held.nbytes() } });
    }
    return packed;
}

TrainingState unpack(const StoredCheckpoint& checkpoint)
{
    TrainingState state;
    try {
        state.values = parse_json(checkpoint.values, "the checkpoint's state");
    } catch (const InputError& cause) {
        throw ResourceError(std::string("The checkpoint is damaged: ") + cause.what());
    }
    if (!state.values.is_object())
        throw ResourceError("The checkpoint is damaged: its state is no JSON object.");
    for (const TensorView& view : checkpoint.tensors)
        state.tensors.emplace(view.name, copy_of(view));
    return state;
}

void restore_from(const StoredCheckpoint& checkpoint,
    const std::function<void(const TrainingState& state)>& use)
{
    const TrainingState state = unpack(checkpoint);
    try {
        use(state);
    } catch (const nlohmann::json::exception& cause) {
        throw ResourceError(std::string("The checkpoint is damaged: ") + cause.what());
    }
}

} // namespace circuitloom
