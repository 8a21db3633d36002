#pragma once

#include "core/formats/tensor_view.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The tensors of a .safetensors file, memory-mapped: nothing is copied, and the views live as
/// long as this object. The file is untrusted: every offset, shape and length is checked.
class Safetensors
{
public:
    /// Throws InputError where the file is missing or malformed, naming it and the field.
    static Safetensors open(const std::filesystem::path& file);
    /// Over bytes that outlive the object (the embedded model). `origin` names them in errors.
    static Safetensors over(std::span<const std::byte> bytes, std::string_view origin);

    /// In the order of their names.
    const std::vector<TensorView>& tensors() const { return tensors_; }
    /// Null where there is none of that name.
    const TensorView* find(std::string_view name) const;
    /// Keeps the file mapped; null for over().
    const std::shared_ptr<const void>& mapping() const { return mapping_; }

private:
    std::shared_ptr<const void> mapping_;
    std::vector<TensorView> tensors_;
};

/// Writes `tensors` in order. Replaces the file at once (write beside, then rename).
/// Throws ResourceError where the disk refuses, InputError where a name comes twice, a tensor's
/// bytes do not match its shape or the format has no such type or order.
void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::map<std::string, std::string>& metadata = {});
/// The same for tensors that are made one by one: `bytes_of` is called once for each, in order,
/// and what it returns must live until the next call. The views' own bytes do not count.
void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
    const std::function<std::span<const std::byte>(std::size_t)>& bytes_of,
    const std::map<std::string, std::string>& metadata = {});

} // namespace circuitloom
