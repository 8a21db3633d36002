#include "core/architecture/weight_layout.h"
#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/model/stored_order.h"

#include <fstream>

namespace circuitloom {

namespace {

struct WrittenType
{
    torch::Dtype dtype;
    const char* name; ///< as config.json has it
};

WrittenType written_type(ElementType type)
{
    switch (type) {
    case ElementType::f16:
        return { torch::kFloat16, "float16" };
    case ElementType::bf16:
        return { torch::kBFloat16, "bfloat16" };
    default:
        return { torch::kFloat32, "float32" };
    }
}

void write_config(const Transformer& model, const std::filesystem::path& file, const char* dtype)
{
    std::ofstream config(file, std::ios::binary);
    config << model_config_json(model.config(), dtype);
    if (!config.flush())
        throw ResourceError(file.string() + " cannot be written: is the disk full or read-only?");
}

} // namespace

void save_transformer(
    const Transformer& model, const std::filesystem::path& directory, ElementType type)
{
    const WrittenType written = written_type(type);
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    write_config(model, directory / "config.json", written.name);

    Weights weights = model.weights();
    const auto stored = stored_tensors(model.config());
    std::vector<TensorView> described;
    for (const StoredTensor& tensor : stored)
        described.push_back({ tensor.name, type, stored_shape(model.config(), tensor), {} });
    // One tensor at a time is turned into the stored order.
    torch::Tensor current;
    const auto bytes_of = [&](std::size_t index) -> std::span<const std::byte> {
        const auto& place = weights.at(stored[index].place);
        current = in_stored_order(place, stored[index], model.config())
                      .detach()
                      .to(torch::kCPU, written.dtype)
                      .contiguous();
        if (current.mul(0).sum().item<double>() != 0)
            throw InputError("The weight " + stored[index].name
                + " holds a number that is not finite in " + written.name + ".");
        return { static_cast<const std::byte*>(current.data_ptr()), current.nbytes() };
    };
    write_safetensors(directory / "model.safetensors", described, bytes_of, { { "format", "pt" } });
}

} // namespace circuitloom
