#pragma once

#include "core/formats/gguf_metadata.h"
#include "core/formats/tensor_view.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A GGUF file of version 2 or 3, or the parts of one, memory-mapped: nothing is copied, and the views live as long as
/// this object and its copies. The file is untrusted: every count, length, offset and shape is
/// checked.
/// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
class Gguf
{
public:
    /// Of a model that llama.cpp split into several files any part may be given; the others are
    /// looked for beside it (see gguf_split.h). Throws InputError where the file or one of its parts
    /// is missing, malformed, big-endian or has tensors of a type that is not read, naming it and
    /// the field.
    static Gguf open(const std::filesystem::path& file);
    /// Over the bytes of one file, which outlive the object. `origin` names them in errors.
    static Gguf over(std::span<const std::byte> bytes, std::string_view origin);

    int version() const { return version_; }
    const std::string& origin() const { return metadata_.origin(); }
    const GgufMetadata& metadata() const { return metadata_; }
    /// In the order of their names. The shape is that of a row-major array, the dimensions of the
    /// file reversed.
    const std::vector<TensorView>& tensors() const { return tensors_; }
    /// Null where there is none of that name.
    const TensorView* find(std::string_view name) const;
    /// Keep the files mapped; none for over().
    const std::vector<std::shared_ptr<const void>>& mappings() const { return mappings_; }

private:
    static Gguf open_one(const std::filesystem::path& file);
    void add(Gguf part);
    void sort_and_check();

    int version_ = 0;
    std::vector<std::shared_ptr<const void>> mappings_;
    GgufMetadata metadata_;
    std::vector<TensorView> tensors_;
};

} // namespace circuitloom
