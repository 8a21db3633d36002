#pragma once

#include "core/architecture/model_files.h"
#include "core/architecture/weight_layout.h"

#include <string>
#include <vector>

namespace circuitloom {

struct WeightMatch
{
    StoredTensor stored;
    const TensorView* view = nullptr; ///< into the files' weights
    const LowRankChange* change = nullptr; ///< into the files' adapter; null for none
};

/// Which tensor of a model's files is which weight.
struct WeightMatches
{
    /// As config.json has it, but with an unembedding of its own where the files hold one that
    /// differs from the embedding: transformers 5 takes it whatever `tie_word_embeddings` says.
    ModelConfig config;
    std::vector<WeightMatch> tensors; ///< every one of stored_tensors(config)
    /// Whole sentences about what was not read, or not as config.json says.
    std::vector<std::string> notes;
};

/// Finds every tensor that config.json calls for. Names may lack the outermost module's name, or
/// have the marks of wrappers (`module.`, `_orig_mod.`, `base_model.model.` and the like). Masks
/// and rotary tables that older versions stored are passed over, and so are heads beside the
/// language model's (`v_head.*`, `score.weight`, …). Shapes are checked, so that nothing needs to
/// be allocated before. Throws InputError naming the file and the tensor that is missing, of
/// another shape, or a part of the model that config.json does not call for, and where the files'
/// adapter changes a module that the model lacks, or that is of another shape.
WeightMatches match_weights(const ModelFiles& files);

} // namespace circuitloom
