#pragma once

#include "core/architecture/model_files.h"
#include "core/architecture/weight_matching.h"
#include "core/model/transformer.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace circuitloom {

/// Reads the weights straight into a model's tensors, converted to `dtype`; mapped files leave the
/// memory again as they are read, so that the peak is about the model itself. Throws InputError
/// naming file and tensor where one is missing, not called for, of the wrong shape or type, or
/// holds a number that is not finite in `dtype`.
///
/// Where `spread` is given, it keeps the blocks: those of other processes are not read.
Transformer load_transformer(const ModelFiles& files, torch::Device device, torch::Dtype dtype,
    std::shared_ptr<SpreadBlocks> spread = {});

/// Reads single tensors once more as load_transformer() read them for `model`, bit for bit.
class WeightReader
{
public:
    /// `files` must outlive the reader.
    WeightReader(const ModelFiles& files, const Transformer& model);
    /// The tensor with this index in Weights::all(), on the CPU. Undefined where the files have
    /// changed on disk since the reader was made.
    torch::Tensor read(std::size_t index) const;

private:
    struct Source
    {
        std::vector<std::int64_t> shape;
        std::vector<WeightMatch> pieces; ///< that together fill the tensor
    };
    using Times = std::map<std::filesystem::path, std::filesystem::file_time_type>;

    Times written() const;

    const ModelFiles& files_;
    ModelConfig config_;
    torch::Dtype dtype_;
    std::vector<Source> sources_; ///< as Weights::all()
    Times written_; ///< when the files last were, as the reader was made
};

/// config.json and model.safetensors into `directory`, which is made where missing. `type` is f32,
/// f16 or bf16. Throws ResourceError where the disk refuses, InputError where a weight is too
/// large for f16.
void save_transformer(const Transformer& model, const std::filesystem::path& directory,
    ElementType type = ElementType::f32);

/// A hash of the configuration and of every weight, in hexadecimal: two models with the same one
/// compute the same. Taken over the files as they lie on disk.
std::string model_fingerprint(const ModelFiles& files);

} // namespace circuitloom
