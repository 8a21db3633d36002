#include "core/model/language_model.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tokenizer/model_tokenizer.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

struct LanguageModel::Impl
{
    Tokenizer tokenizer;
    Transformer transformer;
};

namespace {

std::int32_t draw(const std::vector<double>& log_probabilities, double temperature, Random& random)
{
    const double greatest = *std::ranges::max_element(log_probabilities);
    std::vector<double> weights;
    double total = 0;
    for (const double value : log_probabilities) {
        weights.push_back(std::exp((value - greatest) / temperature));
        total += weights.back();
    }
    double left = random.unit() * total;
    for (std::size_t id = 0; id < weights.size(); ++id)
        if ((left -= weights[id]) < 0)
            return static_cast<std::int32_t>(id);
    return static_cast<std::int32_t>(weights.size() - 1);
}

} // namespace

LanguageModel::LanguageModel(std::string_view model, const LanguageModelOptions& options)
{
    const ModelFiles files = open_model_files(model);
    const auto device = pick_device(options.device);
    impl_ = std::make_unique<Impl>(Impl{ tokenizer_of(files),
        load_transformer(files, device, compute_type(options.dtype, device)) });
}

LanguageModel::~LanguageModel() = default;
LanguageModel::LanguageModel(LanguageModel&&) noexcept = default;
LanguageModel& LanguageModel::operator=(LanguageModel&&) noexcept = default;

const ModelConfig& LanguageModel::config() const
{
    return impl_->transformer.config();
}

std::int64_t LanguageModel::parameters() const
{
    return impl_->transformer.weights().count();
}

std::vector<std::int32_t> LanguageModel::encode(std::string_view text) const
{
    return impl_->tokenizer.encode(text);
}

std::string LanguageModel::decode(const std::vector<std::int32_t>& ids) const
{
    return impl_->tokenizer.decode(ids);
}

std::string LanguageModel::token_text(std::int32_t id) const
{
    return impl_->tokenizer.token_text(id);
}

std::vector<double> LanguageModel::next_token_log_probabilities(
    const std::vector<std::int32_t>& ids) const
{
    const Transformer& model = impl_->transformer;
    if (ids.empty())
        throw InputError("There is no token to go on from: give a text of at least one token.");
    if (ids.size() > static_cast<std::size_t>(config().max_positions))
        throw InputError("The text has " + std::to_string(ids.size())
            + " tokens; this model's context holds " + std::to_string(config().max_positions)
            + ".");
    const auto vocabulary = static_cast<std::int64_t>(config().vocabulary);
    for (const std::int32_t id : ids)
        if (id < 0 || id >= vocabulary)
            throw InputError("The tokenizer gives the token " + std::to_string(id)
                + ", but config.json says vocab_size is " + std::to_string(vocabulary) + ".");
    const torch::NoGradGuard no_grad;
    const auto input = torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()))
                           .unsqueeze(0)
                           .to(model.device());
    const auto values = torch::log_softmax(model.unembed(model.hidden(input)[0][-1]), -1)
                            .to(torch::kCPU, torch::kFloat64)
                            .contiguous();
    const auto* first = values.data_ptr<double>();
    return { first, first + values.numel() };
}

std::string LanguageModel::generate(
    std::string_view prompt, int tokens, double temperature, std::uint64_t seed) const
{
    auto ids = encode(prompt);
    if (ids.empty() && config().bos_token >= 0)
        ids.push_back(config().bos_token);
    Random random(seed);
    for (int i = 0; i < tokens; ++i) {
        if (ids.size() >= static_cast<std::size_t>(config().max_positions))
            break;
        const auto next = next_token_log_probabilities(ids);
        const auto id = temperature > 0
            ? draw(next, temperature, random)
            : static_cast<std::int32_t>(std::ranges::max_element(next) - next.begin());
        if (id == config().eos_token)
            break;
        ids.push_back(id);
    }
    return decode(ids);
}

} // namespace circuitloom
