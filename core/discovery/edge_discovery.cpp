#include "core/discovery/edge_discovery.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/edge_attribution.h"
#include "core/discovery/exact_patching.h"
#include "core/discovery/integrated_gradients.h"
#include "core/discovery/memory.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"

#include <algorithm>

namespace circuitloom {

namespace {

std::int64_t longest(std::span<const EncodedExample> examples)
{
    std::size_t most = 0;
    for (const EncodedExample& example : examples)
        most = std::max(most, example.ids.size());
    return static_cast<std::int64_t>(most);
}

std::int64_t element_bytes(const Transformer& model)
{
    return static_cast<std::int64_t>(c10::elementSize(model.dtype()));
}

[[noreturn]] void throw_stopped()
{
    throw InputError("The discovery was stopped.");
}

/// While it lives, parameters ask for no gradients; those that did do so again afterwards.
class FrozenParameters
{
public:
    explicit FrozenParameters(Transformer& model)
    {
        for (auto* tensor : model.weights().all())
            if (tensor->requires_grad())
                thawed_.push_back(*tensor);
        model.set_requires_grad(false);
    }
    ~FrozenParameters()
    {
        for (torch::Tensor& tensor : thawed_)
            tensor.requires_grad_();
    }
    FrozenParameters(const FrozenParameters&) = delete;
    FrozenParameters& operator=(const FrozenParameters&) = delete;

private:
    std::vector<torch::Tensor> thawed_;
};

/// One discovery by eap or eap-ig, batch by batch.
class Attribution
{
public:
    Attribution(Transformer& model, const ComputationalGraph& graph,
        std::span<const EncodedExample> examples, const DiscoveryPlan& plan)
        : model_(model)
        , frozen_(model)
        , graph_(graph)
        , examples_(examples)
        , plan_(plan)
        , division_(divide_memory(model.config(), model.device(), plan.memory_bytes, plan.batch,
              longest(examples), element_bytes(model)))
        , scores_(model, graph, division_.scoring)
    {
    }

    DiscoveredEdges run()
    {
        const bool integrated = plan_.options.method == AttributionMethod::eap_ig;
        // Where each gradient depends on the baseline, the means must be known before.
        if (integrated && plan_.options.baseline == Baseline::mean)
            for_each_batch([this](const ScoredBatch& batch, double) {
                const torch::NoGradGuard no_grad;
                ForwardTaps taps;
                model_.hidden(batch.ids, &taps);
                means_.add(taps, batch.mask);
            });
        if (integrated && plan_.options.baseline == Baseline::mean)
            baseline_ = means_.mean();
        if (plan_.options.baseline == Baseline::zero)
            baseline_ = zero_baseline(model_);

        int done = 0;
        for_each_batch([&](const ScoredBatch& batch, double share) {
            if (plan_.stop.stop_requested())
                throw_stopped();
            integrated ? add_integrated(batch, share) : add_at_clean_input(batch, share);
            done += static_cast<int>(batch.examples);
            if (plan_.progress)
                plan_.progress(done, static_cast<int>(examples_.size()));
        });
        // Scored against the first batch's means, whose difference from all is linear.
        if (!integrated && plan_.options.baseline == Baseline::mean)
            scores_.rebase(baseline_, means_.mean());
        return { scores_.scores().to(torch::kCPU).contiguous(), metric_, predicted() };
    }

private:
    std::int64_t predicted() const
    {
        const auto positions = longest(examples_);
        std::size_t targets = 0;
        for (const EncodedExample& example : examples_)
            targets = std::max(targets, example.targets.size());
        const auto each = plan_.options.positions == ScoredPositions::all
            ? positions
            : static_cast<std::int64_t>(targets);
        return predicted_memory(model_.config(), graph_, division_, positions,
            each * division_.batch, element_bytes(model_));
    }

    template <class Use>
    void for_each_batch(const Use& use)
    {
        const auto size = static_cast<std::size_t>(division_.batch);
        for (std::size_t first = 0; first < examples_.size(); first += size) {
            std::vector<const EncodedExample*> part;
            for (std::size_t i = first; i < std::min(examples_.size(), first + size); ++i)
                part.push_back(&examples_[i]);
            use(make_batch(part, model_.device(), model_.dtype()),
                static_cast<double>(part.size()) / static_cast<double>(examples_.size()));
        }
    }

    void add_at_clean_input(const ScoredBatch& batch, double share)
    {
        ForwardTaps taps;
        ForwardEdits root;
        root.embedding = model_.embed(batch.ids).requires_grad_();
        model_.hidden(batch.ids, &taps, root);
        const auto tail = metric_tail(model_, taps, batch.row);
        const auto metric = task_metric_of_rows(model_, tail.hidden, batch, plan_.options.metric);
        metric_ += share * metric.item<double>();
        const auto gradients = tap_gradients(metric, tail, taps, graph_);
        if (plan_.options.baseline == Baseline::mean) {
            means_.add(taps, batch.mask);
            if (!baseline_.embedding.defined())
                baseline_ = means_.mean();
        }
        scores_.add(taps, baseline_of(batch), taps, gradients,
            scored_rows(batch, plan_.options.positions), share);
    }

    void add_integrated(const ScoredBatch& batch, double share)
    {
        ForwardTaps clean;
        {
            const torch::NoGradGuard no_grad;
            const auto hidden = model_.hidden(batch.ids, &clean);
            metric_ += share * metric_of(hidden, batch).item<double>();
        }
        add_integrated_gradients(
            scores_, model_, graph_, batch.ids, clean, baseline_of(batch),
            [&](const torch::Tensor& hidden) { return metric_of(hidden, batch); },
            scored_rows(batch, plan_.options.positions), plan_.options, share);
    }

    // The model is the untouched one, so kl's reference is what it gives itself.
    torch::Tensor metric_of(const torch::Tensor& hidden, const ScoredBatch& batch) const
    {
        const auto kind = plan_.options.metric;
        return task_metric(model_, hidden, batch, kind,
            kind == MetricKind::kl ? metric_reference(model_, batch) : torch::Tensor());
    }

    BaselineActivations baseline_of(const ScoredBatch& batch) const
    {
        if (plan_.options.baseline != Baseline::corrupted)
            return baseline_;
        return corrupted_baseline(model_, batch);
    }

    Transformer& model_;
    FrozenParameters frozen_;
    const ComputationalGraph& graph_;
    std::span<const EncodedExample> examples_;
    const DiscoveryPlan& plan_;
    DiscoveryMemory division_;
    EdgeScores scores_;
    MeanAccumulator means_;
    BaselineActivations baseline_;
    double metric_ = 0;
};

// Until it is stopped, all edges one by one.
DiscoveredEdges patch_every_edge(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan)
{
    const torch::NoGradGuard no_grad;
    const AblationBatches batches(
        model, examples, plan.options.baseline, plan.options.positions, plan.batch);
    const auto kind = plan.options.metric;
    const HiddenMetric metric = [&](const torch::Tensor& hidden, const ScoredBatch& batch) {
        return task_metric(model, hidden, batch, kind,
            kind == MetricKind::kl ? metric_reference(model, batch) : torch::Tensor())
            .item<double>();
    };
    std::vector<EdgeId> edges(graph.edges().size());
    for (std::size_t i = 0; i < edges.size(); ++i)
        edges[i].value = static_cast<std::int32_t>(i);
    ExactPatchingOptions options;
    if (plan.memory_bytes > 0)
        options.memory_bytes = plan.memory_bytes;
    options.stop = plan.stop;
    if (plan.progress)
        options.progress = [&](std::int64_t done, std::int64_t total) {
            plan.progress(static_cast<int>(done), static_cast<int>(total));
        };
    const auto scores = exact_scores(model, graph, edges, batches, metric, options);
    if (!scores)
        throw_stopped();
    return { torch::tensor(*scores, torch::kFloat64),
        evaluate_task(model, examples, plan.batch, { .metric = kind, .untouched = &model }).metric,
        options.memory_bytes };
}

// A control: uniform in [-1, 1), whatever the task.
DiscoveredEdges draw_scores(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan)
{
    Random random(plan.seed);
    std::vector<double> scores(graph.edges().size());
    for (double& score : scores)
        score = 2 * random.unit() - 1;
    return { torch::tensor(scores, torch::kFloat64),
        evaluate_task(
            model, examples, plan.batch, { .metric = plan.options.metric, .untouched = &model })
            .metric,
        0 };
}

} // namespace

DiscoveredEdges discover_edges(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan)
{
    if (examples.empty())
        throw InputError("There is no example to score the edges on.");
    switch (plan.options.method) {
    case AttributionMethod::exact:
        return patch_every_edge(model, graph, examples, plan);
    case AttributionMethod::random:
        return draw_scores(model, graph, examples, plan);
    case AttributionMethod::eap:
        if (plan.options.metric == MetricKind::kl)
            throw InputError("The metric kl is flat at the untouched model, where eap would score "
                             "every edge 0; choose the method eap-ig or exact.");
        break;
    case AttributionMethod::eap_ig:
        break;
    }
    return Attribution(model, graph, examples, plan).run();
}

} // namespace circuitloom
