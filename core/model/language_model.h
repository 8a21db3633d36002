#pragma once

#include "core/architecture/model_config.h"
#include "core/base/precision.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

struct LanguageModelOptions
{
    std::string device = "auto"; ///< auto, cpu, cuda
    Precision dtype = Precision::float32;
};

/// A model with its tokenizer, to be asked what comes next. Needs LibTorch, but its header does
/// not. One instance belongs to one thread.
class LanguageModel
{
public:
    /// `model` as open_model_files() takes it. Throws InputError.
    LanguageModel(std::string_view model, const LanguageModelOptions& options);
    ~LanguageModel();
    LanguageModel(LanguageModel&&) noexcept;
    LanguageModel& operator=(LanguageModel&&) noexcept;

    const ModelConfig& config() const;
    /// Entries of all parameters together.
    std::int64_t parameters() const;

    std::vector<std::int32_t> encode(std::string_view text) const;
    std::string decode(const std::vector<std::int32_t>& ids) const;
    std::string token_text(std::int32_t id) const;

    /// log p(next token | ids), one entry per token of the vocabulary, in nats. Throws InputError
    /// where `ids` is empty or longer than the model's context.
    std::vector<double> next_token_log_probabilities(const std::vector<std::int32_t>& ids) const;

    /// Continues `prompt` by at most `tokens` tokens, until the end-of-text token or until the
    /// context is full, and returns the whole text. Temperature 0 takes the likeliest token;
    /// otherwise tokens are drawn with `seed`.
    std::string generate(
        std::string_view prompt, int tokens, double temperature, std::uint64_t seed) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
