#include "core/architecture/weight_layout.h"

#include "core/architecture/families/family.h"

#include <utility>

namespace circuitloom {

namespace {

using Shape = std::vector<std::int64_t>;

Shape shape_where(bool present, Shape shape)
{
    return present ? std::move(shape) : Shape{};
}

Shape model_shape(const ModelConfig& config, ModelPart part)
{
    switch (part) {
    case ModelPart::token_embedding:
        return { config.vocabulary, config.d_model };
    case ModelPart::position_embedding:
        return shape_where(config.position == PositionKind::learned,
            { std::int64_t{ config.position_offset } + config.max_positions, config.d_model });
    case ModelPart::final_norm_weight:
        return { config.d_model };
    case ModelPart::final_norm_bias:
        return shape_where(config.norm == NormKind::layer_norm, { config.d_model });
    case ModelPart::unembedding:
        return shape_where(!config.tied_unembedding, { config.d_model, config.vocabulary });
    case ModelPart::unembedding_bias:
        return shape_where(config.unembedding_bias, { config.vocabulary });
    }
    return {};
}

Shape layer_shape(const ModelConfig& config, LayerPart part)
{
    const std::int64_t d = config.d_model;
    const std::int64_t queries = std::int64_t{ config.heads } * config.head_dim;
    const std::int64_t keys = std::int64_t{ config.kv_heads } * config.head_dim;
    const std::int64_t qkv = queries + 2 * keys;
    const std::int64_t hidden = config.mlp_width;
    const std::int64_t mlp_in = config.gated_mlp ? 2 * hidden : hidden;
    const bool own_mlp_norm = config.input_norms && !config.shared_norm;
    switch (part) {
    case LayerPart::attention_norm_weight:
        return shape_where(config.input_norms, { d });
    case LayerPart::mlp_norm_weight:
        return shape_where(own_mlp_norm, { d });
    case LayerPart::attention_norm_bias:
        return shape_where(config.input_norms && config.norm == NormKind::layer_norm, { d });
    case LayerPart::mlp_norm_bias:
        return shape_where(own_mlp_norm && config.norm == NormKind::layer_norm, { d });
    case LayerPart::qkv_weight:
        return { d, qkv };
    case LayerPart::qkv_bias:
        return shape_where(config.attention_bias, { qkv });
    case LayerPart::query_norm_weight:
        return shape_where(
            config.qk_norm, { config.qk_norm_joint ? queries : std::int64_t{ config.head_dim } });
    case LayerPart::key_norm_weight:
        return shape_where(
            config.qk_norm, { config.qk_norm_joint ? keys : std::int64_t{ config.head_dim } });
    case LayerPart::output_weight:
        return { queries, d };
    case LayerPart::output_bias:
        return shape_where(config.output_bias, { d });
    case LayerPart::mlp_in_weight:
        return { d, mlp_in };
    case LayerPart::mlp_in_bias:
        return shape_where(config.mlp_bias, { mlp_in });
    case LayerPart::mlp_out_weight:
        return { hidden, d };
    case LayerPart::mlp_out_bias:
        return shape_where(config.mlp_bias, { d });
    case LayerPart::attention_post_norm_weight:
    case LayerPart::mlp_post_norm_weight:
        return shape_where(config.output_norms, { d });
    }
    return {};
}

} // namespace

std::vector<std::int64_t> weight_shape(const ModelConfig& config, const WeightPlace& place)
{
    if (const auto* in_layer = std::get_if<ParameterPlace>(&place))
        return layer_shape(config, in_layer->part);
    return model_shape(config, std::get<ModelPart>(place));
}

std::vector<StoredTensor> stored_tensors(const ModelConfig& config)
{
    return family_of(config.family).tensors(config);
}

std::vector<std::int64_t> stored_shape(const ModelConfig& config, const StoredTensor& tensor)
{
    std::vector<std::int64_t> shape = weight_shape(config, tensor.place);
    shape.back() = tensor.columns;
    if (tensor.transposed)
        std::swap(shape.front(), shape.back());
    return shape;
}

} // namespace circuitloom
