#pragma once

#include "core/architecture/model_config.h"

#include <QString>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// A model that the user can choose, as it is shown.
struct ModelChoice
{
    std::string model; ///< for RunConfig::model
    QString title;
    QString detail; ///< family and size of the weights, as in "llama · 269.1 MB"; may be empty
    QString unusable; ///< why it cannot be tuned; empty where it can
    std::optional<ModelConfig> config; ///< once it was read
};

ModelChoice demo_model_choice();
/// The models of a Hugging Face hub cache, in the order of their ids. Reads many files: not for the
/// GUI's thread.
std::vector<ModelChoice> cached_model_choices(const std::filesystem::path& cache);
/// The name, for RunConfig::model, of a directory in the Hugging Face layout or a GGUF file.
std::string local_model(const QString& path);
/// The model of that name with its detail, or with why it is unusable. Reads files: not for the
/// GUI's thread.
ModelChoice read_model_choice(const std::string& model);

} // namespace circuitloom::ui
