#pragma once

#include "core/formats/gguf.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

inline constexpr std::int64_t most_gguf_width = 1 << 24;

/// The keys of one architecture, and the tensors that say what they leave open.
class GgufDescription
{
public:
    explicit GgufDescription(const Gguf& file)
        : file_(file)
        , architecture_(file.metadata().text("general.architecture"))
    {
    }

    const std::string& architecture() const { return architecture_; }
    const GgufMetadata& metadata() const { return file_.metadata(); }
    std::string key(std::string_view name) const { return architecture_ + "." + std::string(name); }
    std::int64_t size(std::string_view name, std::int64_t most = most_gguf_width) const
    {
        return metadata().integer(key(name), 1, most);
    }
    std::int64_t size_or(std::string_view name, std::int64_t otherwise) const
    {
        return metadata().integer_or(key(name), otherwise, 1, most_gguf_width);
    }
    bool has_tensor(std::string_view name) const { return file_.find(name) != nullptr; }
    const TensorView& embedding() const;
    bool tied() const;

    std::int64_t layers() const { return size("block_count", 1 << 16); }
    std::int64_t heads() const { return size("attention.head_count"); }
    std::int64_t width() const { return size("embedding_length"); }
    /// Of one head.
    std::int64_t head_width() const;
    /// Of the part of a head that is turned.
    std::int64_t rotary_width() const { return size_or("rope.dimension_count", head_width()); }
    double rope_theta() const
    {
        return metadata().number_or(key("rope.freq_base"), 10000, 1, 1e12);
    }
    /// Null where positions are not scaled.
    nlohmann::ordered_json rope_scaling() const;

private:
    nlohmann::ordered_json llama3_scaling(const TensorView& factors) const;
    nlohmann::ordered_json longrope_scaling(
        const TensorView& short_factors, const TensorView& long_factors) const;
    /// The floats of a tensor with one for each turned pair of coordinates.
    std::vector<float> of_each_pair(const TensorView& factors) const;

    const Gguf& file_;
    std::string architecture_;
};

} // namespace circuitloom
