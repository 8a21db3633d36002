#include "core/base/error.h"
#include "core/evaluation/task_evaluation.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/reference_transformer.h"

#include <torch/autograd.h>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

constexpr MetricKind all_kinds[]
    = { MetricKind::logit_diff, MetricKind::log_prob, MetricKind::prob_diff, MetricKind::kl };

// Three examples of different lengths; the first has three targets, two at one position.
std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 }, { 5, 11, 6 }, { 5, 2, 8 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } }, { { 6, 6, 13, 20, 22 }, { { 3, 22, 1 } } } };
}

std::vector<EncodedExample> without_alternatives()
{
    auto task = examples();
    task[0].targets[1].alternative = -1;
    task[2].targets[0].alternative = -1;
    return task;
}

ScoredBatch batch_of(const std::vector<EncodedExample>& task, torch::Dtype dtype = torch::kFloat64)
{
    std::vector<const EncodedExample*> pointers;
    for (const auto& example : task)
        pointers.push_back(&example);
    return make_batch(pointers, torch::kCPU, dtype);
}

// Probabilities of one row of logits, in plain double arithmetic.
std::vector<double> probabilities(const torch::Tensor& logits)
{
    std::vector<double> values;
    double sum = 0;
    for (std::int64_t i = 0; i < logits.size(0); ++i) {
        values.push_back(std::exp(logits[i].item<double>()));
        sum += values.back();
    }
    for (double& value : values)
        value /= sum;
    return values;
}

double literal_value(MetricKind kind, const torch::Tensor& logits, const torch::Tensor& untouched,
    const ScoredTarget& target)
{
    const auto p = probabilities(logits);
    const auto q = probabilities(untouched);
    const auto t = static_cast<std::size_t>(target.target);
    const auto a = static_cast<std::size_t>(target.alternative);
    double divergence = 0;
    switch (kind) {
    case MetricKind::logit_diff:
        return logits[target.target].item<double>() - logits[target.alternative].item<double>();
    case MetricKind::log_prob:
        return std::log(p[t]);
    case MetricKind::prob_diff:
        return p[t] - p[a];
    case MetricKind::kl:
        for (std::size_t i = 0; i < p.size(); ++i)
            divergence += q[i] * std::log(q[i] / p[i]);
        return divergence;
    }
    return 0;
}

// As algorithm.md, section 2, has it: mean over an example's spans, then over examples.
double literal_metric(MetricKind kind, const torch::Tensor& logits, const torch::Tensor& untouched,
    const std::vector<EncodedExample>& task)
{
    double total = 0;
    for (std::size_t b = 0; b < task.size(); ++b) {
        double example = 0;
        for (const auto& target : task[b].targets) {
            const auto row = static_cast<std::int64_t>(b);
            example += literal_value(
                kind, logits[row][target.position], untouched[row][target.position], target);
        }
        total += example / static_cast<double>(task[b].targets.size());
    }
    return total / static_cast<double>(task.size());
}

std::string refusal(const std::function<void()>& action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("each metric is what its definition gives from all logits")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        const Transformer model = random_model(family, 3);
        const Transformer untouched = random_model(family, 4);
        const auto batch = batch_of(examples());
        const auto logits = model.logits(batch.ids);
        const auto before = untouched.logits(batch.ids);
        const auto reference = metric_reference(untouched, batch);
        for (const MetricKind kind : all_kinds) {
            CAPTURE(metric_names[static_cast<std::size_t>(kind)]);
            const auto hidden = model.hidden(batch.ids);
            const double expected = literal_metric(kind, logits, before, examples());
            CHECK(std::abs(expected) > 1e-3);
            CHECK(task_metric(model, hidden, batch, kind, reference).item<double>()
                == doctest::Approx(expected).epsilon(1e-10));

            const auto values
                = metric_values(target_logits(model, hidden, batch), batch, kind, reference);
            REQUIRE(values.size(0) == 5);
            std::int64_t next = 0;
            const auto task = examples();
            for (std::size_t b = 0; b < task.size(); ++b)
                for (const auto& target : task[b].targets) {
                    const auto row = static_cast<std::int64_t>(b);
                    CHECK(values[next++].item<double>()
                        == doctest::Approx(literal_value(kind, logits[row][target.position],
                                               before[row][target.position], target))
                               .epsilon(1e-10));
                }
        }
    }
}

TEST_CASE("each metric's gradient is its finite difference")
{
    const Transformer model = random_model(ModelFamily::llama, 5);
    const auto batch = batch_of(examples());
    const auto reference = metric_reference(random_model(ModelFamily::llama, 6), batch);
    const auto start = model.hidden(batch.ids);
    torch::manual_seed(1);
    for (const MetricKind kind : all_kinds) {
        CAPTURE(metric_names[static_cast<std::size_t>(kind)]);
        const auto hidden = start.detach().clone().requires_grad_();
        const auto gradient = torch::autograd::grad(
            { task_metric(model, hidden, batch, kind, reference) }, { hidden })[0];
        for (int trial = 0; trial < 5; ++trial) {
            const auto direction = torch::randn_like(start);
            const double epsilon = 1e-5;
            const auto metric_at = [&](double step) {
                return task_metric(model, start + step * direction, batch, kind, reference)
                    .item<double>();
            };
            const double slope = (metric_at(epsilon) - metric_at(-epsilon)) / (2 * epsilon);
            CHECK((gradient * direction).sum().item<double>()
                == doctest::Approx(slope).epsilon(1e-6));
        }
    }
}

TEST_CASE("the divergence of a model from itself is 0, and so is its gradient")
{
    const Transformer model = random_model(ModelFamily::gpt2, 8);
    const auto batch = batch_of(examples());
    const auto reference = metric_reference(model, batch);
    const auto hidden = model.hidden(batch.ids).detach().requires_grad_();
    const auto metric = task_metric(model, hidden, batch, MetricKind::kl, reference);
    CHECK(metric.item<double>() == 0);
    const auto gradient = torch::autograd::grad({ metric }, { hidden })[0];
    CHECK(gradient.abs().max().item<double>() < 1e-12);
    CHECK_THROWS_AS(task_metric(model, hidden, batch, MetricKind::kl), Error);
}

TEST_CASE("without an alternative only log-prob and kl apply")
{
    const Transformer model = random_model(ModelFamily::gpt2, 9);
    const auto task = without_alternatives();
    const auto batch = batch_of(task);
    CHECK_FALSE(batch.all_alternatives);
    CHECK(batch.alternative[1].item<std::int64_t>() == -1);
    CHECK(batch.alternative[0].item<std::int64_t>() == 4);
    const auto hidden = model.hidden(batch.ids);
    const auto logits = model.logits(batch.ids);
    CHECK(task_metric(model, hidden, batch, MetricKind::log_prob).item<double>()
        == doctest::Approx(literal_metric(MetricKind::log_prob, logits, logits, task)));
    for (const auto kind : { MetricKind::logit_diff, MetricKind::prob_diff }) {
        const auto message = refusal([&] { task_metric(model, hidden, batch, kind); });
        CHECK(message.find("alternative") != std::string::npos);
        CHECK(message.find(metric_names[static_cast<std::size_t>(kind)]) != std::string::npos);
    }
    CHECK(refusal([&] { evaluate_task(model, task, 2); }).find("alternative") != std::string::npos);
}

TEST_CASE("probabilities are taken in float32 where the model is coarser")
{
    Transformer model = random_model(ModelFamily::gpt2, 10);
    model.to(torch::kCPU, torch::kBFloat16);
    const auto batch = batch_of(examples(), torch::kBFloat16);
    CHECK((batch.weight.scalar_type() == torch::kFloat32));
    torch::manual_seed(2);
    const auto hidden = torch::randn({ 3, 7, 16 }).to(torch::kBFloat16);
    const auto logits = model.unembed(hidden).to(torch::kFloat64);
    for (const auto kind : { MetricKind::log_prob, MetricKind::prob_diff }) {
        const auto metric = task_metric(model, hidden, batch, kind);
        CHECK((metric.scalar_type() == torch::kFloat32));
        CHECK(metric.item<double>()
            == doctest::Approx(literal_metric(kind, logits, logits, examples())).epsilon(1e-5));
    }
}

TEST_CASE("corrupted prompts stand beside the clean ones where every example has one")
{
    auto task = examples();
    CHECK_FALSE(batch_of(task).corrupted_ids.defined());
    task[0].corrupted = { 2, 6, 10, 4, 8, 3, 12 };
    task[1].corrupted = { 5, 9, 3, 11 };
    CHECK_FALSE(batch_of(task).corrupted_ids.defined());
    task[2].corrupted = { 7, 7, 14, 21, 0 };
    const auto batch = batch_of(task);
    REQUIRE(batch.corrupted_ids.defined());
    CHECK((batch.corrupted_ids.scalar_type() == torch::kInt64));
    CHECK(torch::equal(batch.corrupted_ids,
        torch::tensor(
            { { 2, 6, 10, 4, 8, 3, 12 }, { 5, 9, 3, 11, 0, 0, 0 }, { 7, 7, 14, 21, 0, 0, 0 } },
            torch::kInt64)));
}

TEST_CASE("an evaluation adds up what each example gives, however it is split")
{
    const Transformer model = random_model(ModelFamily::llama, 12);
    const Transformer untouched = random_model(ModelFamily::llama, 13);
    const auto task = examples();
    const auto batch = batch_of(task);
    const auto logits = model.logits(batch.ids);
    const auto before = untouched.logits(batch.ids);

    int right = 0;
    int exact = 0;
    double nats = 0;
    int tokens = 0;
    for (std::size_t b = 0; b < task.size(); ++b) {
        const auto row = logits[static_cast<std::int64_t>(b)];
        for (const auto& target : task[b].targets)
            right += row[target.position][target.target].item<double>()
                > row[target.position][target.alternative].item<double>();
        for (const auto& target : task[b].targets)
            exact += row[target.position].argmax().item<std::int64_t>() == target.target;
        for (std::size_t p = 1; p < task[b].ids.size(); ++p) {
            const auto position = static_cast<std::int64_t>(p) - 1;
            nats
                -= std::log(probabilities(row[position])[static_cast<std::size_t>(task[b].ids[p])]);
            ++tokens;
        }
    }
    for (const int size : { 1, 2, 16 }) {
        CAPTURE(size);
        for (const MetricKind kind : all_kinds) {
            const TaskResult result = evaluate_task(model, task, size, { kind, true, &untouched });
            CHECK(result.metric
                == doctest::Approx(literal_metric(kind, logits, before, task)).epsilon(1e-10));
            CHECK(result.logit_difference
                == doctest::Approx(literal_metric(MetricKind::logit_diff, logits, before, task))
                       .epsilon(1e-10));
            CHECK(result.log_prob
                == doctest::Approx(literal_metric(MetricKind::log_prob, logits, before, task))
                       .epsilon(1e-10));
            CHECK(result.accuracy == doctest::Approx(right / 5.0));
            CHECK(result.exact == doctest::Approx(exact / 5.0));
            CHECK(result.perplexity == doctest::Approx(std::exp(nats / tokens)).epsilon(1e-10));
            CHECK(result.examples == 3);
        }
    }
    CHECK(std::isnan(evaluate_task(model, task, 2).perplexity));
}

TEST_CASE("the untouched model is run for the metric that compares with it alone")
{
    const Transformer model = random_model(ModelFamily::gpt2, 15);
    const Transformer broken(model.config(), Weights{}); // any pass of it throws
    for (const MetricKind kind : all_kinds) {
        CAPTURE(static_cast<int>(kind));
        const auto evaluated = [&] {
            evaluate_task(model, examples(), 2, { kind, false, &broken });
        };
        if (kind == MetricKind::kl)
            CHECK_THROWS(evaluated());
        else
            CHECK_NOTHROW(evaluated());
    }
}

TEST_CASE("a target preferred to its alternative need not be the likeliest token")
{
    const Transformer model = random_model(ModelFamily::llama, 14);
    auto task = examples();
    task.resize(2);
    task[0].targets.resize(1);
    const auto logits = model.logits(batch_of(task).ids);
    for (std::size_t b = 0; b < task.size(); ++b) {
        auto& target = task[b].targets[0];
        const auto order = std::get<1>(
            logits[static_cast<std::int64_t>(b)][target.position].sort(-1, /*descending=*/true));
        // The likeliest token in one example, the second in the other; both beat the third.
        const auto rank = static_cast<std::int64_t>(b);
        target.target = static_cast<std::int32_t>(order[rank].item<std::int64_t>());
        target.alternative = static_cast<std::int32_t>(order[2].item<std::int64_t>());
    }
    const TaskResult result = evaluate_task(model, task, 2, { MetricKind::logit_diff });
    CHECK(result.accuracy == 1);
    CHECK(result.exact == 0.5);
}

TEST_CASE("without an alternative a target is right where no token beats it")
{
    const Transformer model = random_model(ModelFamily::gpt2, 14);
    auto task = without_alternatives();
    const auto logits = model.logits(batch_of(task).ids);
    const auto predicted = [&](int example, const ScoredTarget& target) {
        return static_cast<std::int32_t>(
            logits[example][target.position].argmax().item<std::int64_t>());
    };
    task[0].targets.resize(2);
    task[0].targets[1].target = predicted(0, task[0].targets[1]); // right
    task[2].targets[0].target = (predicted(2, task[2].targets[0]) + 1) % 23; // wrong
    task[1].targets[0].alternative = task[1].targets[0].target; // a tie is not a win
    const auto& first = task[0].targets[0];
    const bool wins = logits[0][first.position][first.target].item<double>()
        > logits[0][first.position][first.alternative].item<double>();
    const TaskResult result = evaluate_task(model, task, 2, { MetricKind::log_prob });
    CHECK(result.accuracy == doctest::Approx((1 + wins) / 4.0));
    CHECK(std::isnan(result.logit_difference));
    CHECK(result.metric == result.log_prob);
}
