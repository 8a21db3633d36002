#include "ui/tryit/run_circuit.h"

#include "ui/base/counted_text.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunCircuit)
};

constexpr int baseline_examples = 64; ///< of the task, over which an ablated output is averaged

} // namespace

RunCircuit circuit_of(const RunHistory* run, const RunMoment& moment)
{
    if (!run || run->config.task.empty())
        return {};
    const auto index = static_cast<std::size_t>(moment.number);
    if (index >= run->iterations.size() || run->iterations[index].edges == 0)
        return { {}, Words::tr("this iteration has no circuit") };
    CircuitAlone alone;
    alone.iteration = moment;
    alone.task = run->config.task;
    alone.max_tokens = run->config.max_tokens;
    alone.examples = baseline_examples;
    alone.baseline = run->config.discovery.baseline == Baseline::zero ? Baseline::zero
                                                                      : Baseline::mean;
    const int edges = run->iterations[index].edges;
    return { alone,
        alone.baseline == Baseline::zero
            ? Words::tr("circuit of %1, the rest zero").arg(edges_text(edges))
            : Words::tr("circuit of %1, the rest at its mean over %2 examples")
                  .arg(edges_text(edges))
                  .arg(baseline_examples) };
}

} // namespace circuitloom::ui
