#pragma once

#include "core/architecture/model_config.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace circuitloom::testing {

/// The sizes of a model that others published, as its config.json has them.
struct PublishedModel
{
    std::string_view name;
    std::int64_t parameters; ///< as counted by its authors or by transformers
    std::string_view family; ///< model_type
    int layers;
    int width;
    int heads;
    int kv_heads;
    int head_dim;
    int mlp_width;
    int vocabulary;
    bool tied;

    ModelConfig config() const;
};

std::span<const PublishedModel> published_models();
const PublishedModel& published_model(std::string_view name);

} // namespace circuitloom::testing
