#pragma once

#include "core/evaluation/task_metric.h"

namespace circuitloom {

/// The metric of batches of one model's passes, as a HiddenMetric. What `kl` compares with is the
/// model itself, and is kept for the batch under way, because every circuit is run over it in turn.
class ModelMetric
{
public:
    ModelMetric(const Transformer& model, MetricKind kind)
        : model_(model)
        , kind_(kind)
    {
    }

    double operator()(const torch::Tensor& hidden, const ScoredBatch& batch)
    {
        return task_metric(model_, hidden, batch, kind_, reference(batch)).item<double>();
    }

    torch::Tensor reference(const ScoredBatch& batch)
    {
        if (kind_ != MetricKind::kl)
            return {};
        if (!ids_.defined() || !ids_.is_same(batch.ids)) {
            reference_ = metric_reference(model_, batch);
            ids_ = batch.ids;
        }
        return reference_;
    }

private:
    const Transformer& model_;
    MetricKind kind_;
    torch::Tensor ids_;
    torch::Tensor reference_;
};

} // namespace circuitloom
