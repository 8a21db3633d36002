#include "core/base/error.h"
#include "core/formats/replacement_file.h"
#include "core/formats/safetensors.h"
#include "core/formats/tensor_decoding.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace circuitloom {

namespace {

std::size_t bytes_for(const TensorView& tensor)
{
    std::size_t bytes = block_size(tensor.type).bytes;
    for (const std::int64_t size : tensor.shape)
        bytes *= static_cast<std::size_t>(size);
    return bytes;
}

std::string header_json(std::span<const TensorView> tensors,
    const std::map<std::string, std::string>& metadata, const std::string& file)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::size_t offset = 0;
    for (const TensorView& tensor : tensors) {
        if (block_size(tensor.type).elements != 1 || tensor.transposed
            || !tensor.row_order.is_usual() || tensor.too_large_by != 0)
            throw InputError(file + ": " + tensor.name
                + " is stored in a way that safetensors does not have; decode it first.");
        if (header.contains(tensor.name))
            throw InputError(file + ": " + tensor.name + " is given twice.");
        const std::size_t end = offset + bytes_for(tensor);
        header[tensor.name] = { { "dtype", element_type_name(tensor.type) },
            { "shape", tensor.shape }, { "data_offsets", { offset, end } } };
        offset = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // the tensors begin on a multiple of 8
    return text;
}

} // namespace

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::map<std::string, std::string>& metadata)
{
    write_safetensors(
        file, tensors, [tensors](std::size_t index) { return tensors[index].bytes; }, metadata);
}

void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::function<std::span<const std::byte>(std::size_t)>& bytes_of,
    const std::map<std::string, std::string>& metadata)
{
    const std::string header = header_json(tensors, metadata, file.string());
    const std::uint64_t header_size = header.size();
    ReplacementFile output(file);
    output.write(&header_size, sizeof header_size);
    output.write(header.data(), header.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::span<const std::byte> bytes = bytes_of(i);
        if (bytes.size() != bytes_for(tensors[i]))
            throw InputError(
                file.string() + ": the bytes of " + tensors[i].name + " do not match its shape.");
        output.write(bytes.data(), bytes.size());
    }
    output.commit();
}

} // namespace circuitloom
