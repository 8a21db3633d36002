#include "core/base/random.h"
#include "core/tuning/largest_entries.h"
#include "core/tuning/methods/shared_parameters.h"
#include "core/tuning/methods/tuning_strategy.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

torch::Tensor in_scores_type(const torch::Tensor& tensor)
{
    const auto plain = tensor.detach();
    return plain.scalar_type() == torch::kFloat64 ? plain : plain.to(torch::kFloat32);
}

/// The largest share of the entries of the blocks' matrices trains, by a score that each has.
class EntriesStrategy : public TuningStrategy
{
public:
    EntriesStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : TuningStrategy(model, graph, config)
        , candidates_(ParameterMask::block_matrices(model.weights()))
        , count_(std::max<std::int64_t>(1,
              std::llround(config.mask_share
                  * static_cast<double>(candidates_.count(model.weights())))))
    {
        require_gradients_of_shared(model_, config_);
        mask_.open(shared_parameters(config_), model_.weights());
    }

    bool needs_calibration() const override { return !is_chosen_; }
    void open_candidates() override
    {
        mask_ = candidates_;
        mask_.open(shared_parameters(config_), model_.weights());
    }

    void choose_entries(std::vector<torch::Tensor>& gradients) override
    {
        open_largest(scores(gradients));
    }

    void save(TrainingState& state) const override
    {
        for (const ParameterSlice& slice : mask_.slices())
            if (slice.entries.is_defined())
                state.tensors[bits_name(slice.parameter)] = slice.entries.bytes();
    }

    void restore(const TrainingState& state, const Circuit&) override
    {
        std::vector<ParameterSlice> slices;
        for (ParameterSlice slice : candidates_.slices()) {
            const auto bits = state.tensors.find(bits_name(slice.parameter));
            if (bits == state.tensors.end())
                continue;
            const torch::Tensor& tensor = *model_.weights().all()[slice.parameter];
            slice.entries
                = EntryBits::of_bytes(bits->second.to(tensor.device()), tensor.numel());
            slices.push_back(std::move(slice));
        }
        is_chosen_ = !slices.empty();
        mask_ = ParameterMask(std::move(slices));
        mask_.open(shared_parameters(config_), model_.weights());
    }

protected:
    /// Of each matrix's entries, not negative, from the gradients that choose_entries() is given.
    virtual std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>& gradients) const = 0;

    const std::vector<ParameterSlice>& candidates() const { return candidates_.slices(); }
    torch::Tensor matrix(std::size_t index) const
    {
        return in_scores_type(*model_.weights().all()[candidates_.slices()[index].parameter]);
    }
    /// Of the index-th matrix, of which there may be none.
    torch::Tensor gradient(const std::vector<torch::Tensor>& gradients, std::size_t index) const
    {
        return gradients[index].defined() ? in_scores_type(gradients[index])
                                          : torch::zeros_like(matrix(index));
    }
    void open_largest(const std::vector<torch::Tensor>& scores)
    {
        mask_ = candidates_.narrowed(largest_entries(scores, count_));
        mask_.open(shared_parameters(config_), model_.weights());
        is_chosen_ = true;
    }

private:
    static std::string bits_name(std::size_t parameter)
    {
        return "chosen." + std::to_string(parameter);
    }

    ParameterMask candidates_; ///< every matrix of a block
    std::int64_t count_;
    bool is_chosen_ = false;
};

template <class Score>
std::vector<torch::Tensor> each(std::size_t count, const Score& score)
{
    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(score(i));
    return all;
}

/// |Σ ∇ℓ|.
class GradientStrategy : public EntriesStrategy
{
public:
    using EntriesStrategy::EntriesStrategy;

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>& gradients) const override
    {
        return each(candidates().size(), [&](std::size_t i) { return gradient(gradients, i).abs(); });
    }
};

/// The same of each discovery's step.
class RedrawnStrategy : public GradientStrategy
{
public:
    using GradientStrategy::GradientStrategy;

    bool needs_calibration() const override { return false; }
    bool chooses_by_step() const override { return true; }

    // The gradients are those of the update too, so what is chosen of them stays.
    void choose_entries(std::vector<torch::Tensor>& gradients) override
    {
        const torch::NoGradGuard no_grad;
        GradientStrategy::choose_entries(gradients);
        std::vector<torch::Tensor> chosen;
        std::size_t candidate = 0;
        for (const ParameterSlice& slice : mask().slices()) {
            if (!slice.entries.is_defined())
                break; // what is open whatever is chosen comes last in both masks
            while (candidates()[candidate].parameter != slice.parameter)
                ++candidate;
            const torch::Tensor& whole = gradients[candidate];
            chosen.push_back(whole.defined() ? taken(whole, slice.entries) : torch::Tensor());
        }
        for (std::size_t i = candidates().size(); i < gradients.size(); ++i)
            chosen.push_back(gradients[i]);
        gradients = std::move(chosen);
    }
};

/// |w · Σ ∇ℓ|.
class SnipStrategy : public EntriesStrategy
{
public:
    using EntriesStrategy::EntriesStrategy;

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>& gradients) const override
    {
        return each(candidates().size(),
            [&](std::size_t i) { return (matrix(i) * gradient(gradients, i)).abs(); });
    }
};

/// Σ (∇ℓ)².
class FisherStrategy : public EntriesStrategy
{
public:
    using EntriesStrategy::EntriesStrategy;
    bool squares_gradients() const override { return true; }

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>& gradients) const override
    {
        return each(candidates().size(), [&](std::size_t i) { return gradient(gradients, i); });
    }
};

/// Σ (w ∇ℓ)².
class TaylorStrategy : public EntriesStrategy
{
public:
    using EntriesStrategy::EntriesStrategy;
    bool squares_gradients() const override { return true; }

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>& gradients) const override
    {
        return each(candidates().size(),
            [&](std::size_t i) { return matrix(i).square() * gradient(gradients, i); });
    }
};

/// |w| of the untouched model.
class MagnitudeStrategy : public EntriesStrategy
{
public:
    MagnitudeStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : EntriesStrategy(model, graph, config)
    {
        open_largest(MagnitudeStrategy::scores({}));
    }

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>&) const override
    {
        return each(
            candidates().size(), [&](std::size_t i) { return matrix(i).abs(); });
    }
};

/// A number drawn for each.
class RandomEntriesStrategy : public EntriesStrategy
{
public:
    RandomEntriesStrategy(
        Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : EntriesStrategy(model, graph, config)
    {
        open_largest(RandomEntriesStrategy::scores({}));
    }

protected:
    std::vector<torch::Tensor> scores(const std::vector<torch::Tensor>&) const override
    {
        constexpr std::uint64_t apart = 0x656e7472790aULL; // from the other things a seed decides
        Random random(config_.seed ^ apart);
        return each(candidates().size(), [&](std::size_t i) {
            auto drawn = torch::empty({ matrix(i).numel() }, torch::kFloat32);
            auto* const first = drawn.data_ptr<float>();
            for (std::int64_t entry = 0; entry < drawn.numel(); ++entry)
                first[entry] = static_cast<float>(random.unit());
            return drawn.to(model_.device());
        });
    }
};

} // namespace

template <class Strategy>
static std::unique_ptr<TuningStrategy> make(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<Strategy>(model, graph, config);
}

std::unique_ptr<TuningStrategy> make_entries_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    switch (config.method) {
    case TuningMethod::gradient_redrawn:
        return make<RedrawnStrategy>(model, graph, config);
    case TuningMethod::fisher:
        return make<FisherStrategy>(model, graph, config);
    case TuningMethod::magnitude:
        return make<MagnitudeStrategy>(model, graph, config);
    case TuningMethod::snip:
        return make<SnipStrategy>(model, graph, config);
    case TuningMethod::taylor:
        return make<TaylorStrategy>(model, graph, config);
    case TuningMethod::random_entries:
        return make<RandomEntriesStrategy>(model, graph, config);
    default:
        return make<GradientStrategy>(model, graph, config);
    }
}

} // namespace circuitloom
