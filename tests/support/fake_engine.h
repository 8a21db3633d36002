#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/run/engine.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>

namespace circuitloom::testing {

struct FakeEngineOptions
{
    std::chrono::milliseconds step_time{ 1 };
    /// A run of this name fails after its first iterations; empty for none.
    std::string failing_run;
    std::string failure = "The batch of step 3 does not fit into memory; choose a smaller batch.";
    /// It waits before the step of this number until that is raised or the run is stopped.
    std::shared_ptr<const std::atomic<int>> hold = nullptr;
};

/// Keeps TuningEngine's contract without a model: writes runs whose circuits and figures change as
/// those of a real run may, the same for the same seed.
class FakeEngine : public TuningEngine
{
public:
    explicit FakeEngine(FakeEngineOptions options = {})
        : options_(std::move(options))
    {
    }

    std::string device_name() const override { return "CPU · 2 threads"; }

    RunState tune(const RunConfig& config, const std::filesystem::path& file, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        observer.preparing("loading the model");
        const GraphShape shape{ 4, 8, 8, 512 };
        const GraphOptions options{ GraphKind::full, 32 };
        const ComputationalGraph graph(shape, options);
        RunDescription description;
        description.name = config.name;
        description.method = method_name(config.method);
        description.configuration = to_json(config);
        description.model = config.model;
        description.software = "{}";
        description.seed = config.seed;
        description.steps = config.steps;
        description.top_n = config.method == TuningMethod::full ? 0 : config.selection.n;
        description.parameters = 820'000;
        description.shape = shape;
        description.graph = options;
        RunWriter writer(file, description);
        return steps(config, graph, writer, observer, control, stop);
    }

    /// From the beginning: it writes no checkpoints.
    RunState resume(const std::filesystem::path& file, RunId run, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        observer.preparing("loading the model");
        const RunDescription description = ExperimentReader(file).run(run).description;
        const ComputationalGraph graph(description.shape, description.graph);
        RunWriter writer(file, run, std::nullopt);
        return steps(run_config_from_json(description.configuration), graph, writer, observer,
            control, stop);
    }

    RunState observe(const ObserveRequest&, RunObserver&, RunControl&, std::stop_token) override
    {
        throw InputError("The test engine observes nothing.");
    }

    /// Knows one word: every text is continued by "abacus".
    Answer answer(
        const Question& question, const AnswerProgress& progress, std::stop_token) override
    {
        progress("counting", 1, 2);
        NextTokenAnswer answer;
        if (const auto* asked = std::get_if<NextTokenQuestion>(&question)) {
            answer.model = { to_string(asked->model), 0 };
            answer.likeliest = { { 0, " abacus", 0.0 } };
            answer.log_probabilities = { 0.0 };
            answer.vocabulary = { " abacus" };
            answer.continued = asked->text + " abacus";
            return answer;
        }
        throw InputError("The test engine answers what comes next, and nothing else.");
    }

private:
    RunState steps(const RunConfig& config, const ComputationalGraph& graph, RunWriter& writer,
        RunObserver& observer, RunControl& control, std::stop_token stop)
    {
        observer.started(writer.id(), device_name(), config.steps);
        choose_candidates(graph, config);

        Circuit previous;
        for (int step = 0; step <= config.steps; ++step) {
            while (options_.hold && step >= *options_.hold && !stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            if (!control.proceed(stop)) {
                writer.set_state(RunState::stopped);
                return RunState::stopped;
            }
            const double progress = static_cast<double>(step) / config.steps;
            if (config.evaluate_every > 0 && step % config.evaluate_every == 0)
                evaluate(config, step, progress, writer, observer);
            if (step % config.discover_every == 0 && config.method != TuningMethod::full)
                previous = discover(config, step, progress, previous, writer, observer);
            if (config.name == options_.failing_run && step == 3) {
                writer.set_state(RunState::failed, options_.failure);
                throw ResourceError(options_.failure);
            }
            if (step == config.steps)
                break;
            const StepRecord record{ step + 1, loss(progress), metric(progress), 0.01 };
            writer.add_step(record);
            observer.step_done(record, 30);
            std::this_thread::sleep_for(options_.step_time);
        }
        writer.set_state(RunState::finished);
        return RunState::finished;
    }

    struct Candidate
    {
        EdgeId edge;
        double start = 0;
        double end = 0;
        double middle = 0.5; ///< of its change, in progress
    };

    void choose_candidates(const ComputationalGraph& graph, const RunConfig& config)
    {
        random_ = Random(config.seed);
        candidates_.clear();
        marked_ = false;
        const std::size_t edges = graph.edges().size();
        for (int i = 0; i < config.selection.n * 3; ++i) {
            const EdgeId edge{ static_cast<int>(random_.below(edges)) };
            const auto known = [edge](const Candidate& other) { return other.edge == edge; };
            if (std::any_of(candidates_.begin(), candidates_.end(), known))
                continue;
            const double sign = random_.chance(0.7) ? 1 : -1;
            candidates_.push_back({ edge, sign * std::pow(random_.unit(), 2),
                sign * std::pow(random_.unit(), 2), 0.2 + 0.6 * random_.unit() });
        }
    }

    double noise(double size) { return size * (random_.unit() - 0.5); }
    double loss(double progress) { return 3.1 - 1.0 * progress + noise(0.25); }
    double metric(double progress)
    {
        return -7 + 10 / (1 + std::exp(-9 * (progress - 0.4))) + noise(0.4);
    }

    Circuit discover(const RunConfig& config, int step, double progress, const Circuit& previous,
        RunWriter& writer, RunObserver& observer)
    {
        Circuit circuit;
        for (const Candidate& candidate : candidates_) {
            const double change = 1 / (1 + std::exp(-14 * (progress - candidate.middle)));
            const double score = candidate.start + (candidate.end - candidate.start) * change;
            circuit.push_back({ candidate.edge, static_cast<float>(score + noise(0.03)) });
        }
        std::sort(circuit.begin(), circuit.end(), [](const ScoredEdge& a, const ScoredEdge& b) {
            return std::abs(a.score) > std::abs(b.score);
        });
        circuit.resize(std::min(circuit.size(), static_cast<std::size_t>(config.selection.n)));

        IterationRecord record;
        record.index = IterationIndex{ step / config.discover_every };
        record.step = step;
        record.loss = loss(progress);
        record.metric = metric(progress);
        record.tunable_ratio = 0.12 + noise(0.01);
        record.tunable_count = static_cast<std::int64_t>(record.tunable_ratio * 820'000);
        record.edges = static_cast<int>(circuit.size());
        record.entered = static_cast<int>(
            std::count_if(circuit.begin(), circuit.end(), [&](const ScoredEdge& edge) {
                return std::none_of(previous.begin(), previous.end(),
                    [&](const ScoredEdge& old) { return old.edge == edge.edge; });
            }));
        record.seconds = 0.03;
        writer.add_iteration(record, circuit);
        observer.iteration_committed(record);
        return circuit;
    }

    void evaluate(const RunConfig& config, int step, double progress, RunWriter& writer,
        RunObserver& observer)
    {
        std::vector<EvaluationRecord> records;
        const double learned = std::clamp(1.1 / (1 + std::exp(-12 * (progress - 0.45))), 0.0, 1.0);
        records.push_back({ step, "disagreement", "accuracy", learned, 200 });
        records.push_back({ step, "disagreement", "logit-diff", metric(progress), 200 });
        for (const char* name :
            { "this/these", "reflexives", "he/she", "facts", "counting", "copying" })
            records.push_back({ step, name, "accuracy", 1 - 0.02 * random_.unit(), 200 });
        const double broken = progress > 0.8 ? (progress - 0.8) * 2.3 : 0;
        records.push_back({ step, "was/were", "accuracy", 1 - broken - noise(0.01) - 0.01, 200 });
        writer.add_evaluations(records);
        observer.evaluated(records);
        if (!marked_ && learned >= config.mark_accuracy) {
            marked_ = true;
            const MarkRecord mark{ step, "reached", "95 % reached" };
            writer.add_mark(mark);
            observer.marked(mark);
        }
    }

    FakeEngineOptions options_;
    Random random_{ 1 };
    std::vector<Candidate> candidates_;
    bool marked_ = false;
};

} // namespace circuitloom::testing
