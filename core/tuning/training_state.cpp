#include "core/tuning/training_state.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"

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

} // namespace circuitloom
