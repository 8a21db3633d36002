#pragma once

#include "core/formats/safetensors.h"

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The tensors of one model under the names that Hugging Face's transformers gives them, whatever
/// files they lie in; the views live as long as this object.
class WeightFiles
{
public:
    /// None.
    WeightFiles() = default;
    /// One file or the shards of one. Throws InputError where two hold a tensor of one name.
    explicit WeightFiles(const std::vector<Safetensors>& files);
    /// `owners` keep the bytes of `tensors` alive; none where something else does. Throws
    /// InputError where a name comes twice.
    WeightFiles(
        std::vector<TensorView> tensors, std::vector<std::shared_ptr<const void>> owners);

    /// In the order of their names.
    const std::vector<TensorView>& tensors() const { return tensors_; }
    /// Null where there is none of that name.
    const TensorView* find(std::string_view name) const;
    /// Gives `bytes`, a part of a tensor, to `take`, piece by piece in their order. For long
    /// passes: of a file that is shortened meanwhile it throws InputError, where touching the bytes
    /// themselves ends the program.
    void read(std::span<const std::byte> bytes,
        const std::function<void(std::span<const std::byte>)>& take) const;

private:
    void sort_and_check();

    std::vector<std::shared_ptr<const void>> owners_;
    std::vector<TensorView> tensors_;
};

} // namespace circuitloom
