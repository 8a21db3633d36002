#include "core/model/continuation.h"

#include "core/base/error.h"

#include <string>

namespace circuitloom {

namespace {

/// Of the token that comes after one position's `hidden`, [d_model].
std::vector<double> log_probabilities(const Transformer& model, const torch::Tensor& hidden)
{
    const auto values = torch::log_softmax(model.unembed(hidden), -1)
                            .to(torch::kCPU, torch::kFloat64)
                            .contiguous();
    const auto* first = values.data_ptr<double>();
    return { first, first + values.numel() };
}

/// The final norm's output of one text, [position, d_model].
torch::Tensor hidden_of(
    const Transformer& model, std::span<const std::int32_t> ids, const HiddenPass& pass)
{
    const auto row = token_row(ids, model);
    return pass ? pass(row)[0] : model.hidden(row)[0];
}

} // namespace

torch::Tensor token_row(std::span<const std::int32_t> ids, const Transformer& model)
{
    const ModelConfig& config = model.config();
    if (ids.empty())
        throw InputError("There is no token to go on from: give a text of at least one token.");
    if (ids.size() > static_cast<std::size_t>(config.max_positions))
        throw InputError("The text has " + std::to_string(ids.size())
            + " tokens; this model's context holds " + std::to_string(config.max_positions) + ".");
    const auto vocabulary = static_cast<std::int64_t>(config.vocabulary);
    for (const std::int32_t id : ids)
        if (id < 0 || id >= vocabulary)
            throw InputError("The tokenizer gives the token " + std::to_string(id)
                + ", but config.json says vocab_size is " + std::to_string(vocabulary) + ".");
    return torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()))
        .unsqueeze(0)
        .to(model.device());
}

std::vector<double> next_token_log_probabilities(
    const Transformer& model, std::span<const std::int32_t> ids, const HiddenPass& pass)
{
    const torch::NoGradGuard no_grad;
    return log_probabilities(model, hidden_of(model, ids, pass)[-1]);
}

void for_each_next_token(const Transformer& model, std::span<const std::int32_t> ids,
    const std::function<void(std::size_t position, const std::vector<double>& row)>& use,
    const HiddenPass& pass)
{
    const torch::NoGradGuard no_grad;
    const auto hidden = hidden_of(model, ids, pass);
    for (std::size_t position = 0; position < ids.size(); ++position)
        use(position, log_probabilities(model, hidden[static_cast<std::int64_t>(position)]));
}

std::vector<std::int32_t> tokens_or_start(std::vector<std::int32_t> ids, const ModelConfig& config)
{
    if (ids.empty() && config.bos_token >= 0)
        ids.push_back(config.bos_token);
    return ids;
}

} // namespace circuitloom
