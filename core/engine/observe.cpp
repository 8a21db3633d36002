#include "core/engine/observe.h"

#include "core/base/error.h"
#include "core/discovery/edge_discovery.h"
#include "core/discovery/selection.h"
#include "core/engine/observed_questions.h"
#include "core/evaluation/task_evaluation.h"
#include "core/exchange/event_log.h"
#include "core/graph/entered_edges.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/run/checkpoint_files.h"
#include "core/run/divergence.h"
#include "core/run/held_at_once.h"
#include "core/run/observed_run.h"
#include "core/run/trainer_log.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/tuning/failure.h"
#include "core/tuning/task_records.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds looks_every{ 1 };

/// A run of the file with this configuration; nothing where there is none.
std::optional<RunSummary> run_with(const std::filesystem::path& file, const RunConfig& config)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return std::nullopt;
    const std::string wanted = to_json(config);
    for (const RunSummary& run : ExperimentReader(file).runs())
        if (is_observed(run.description) && run.description.configuration == wanted)
            return run;
    return std::nullopt;
}

class Observation
{
public:
    Observation(const ObserveRequest& request, ObservationObserver& observer, RunControl& control,
        std::stop_token stop)
        : request_(request)
        , config_(observation_config(request))
        , observer_(observer)
        , control_(control)
        , stop_(std::move(stop))
        , series_(request.series)
        , device_(pick_device(config_.device))
        , dtype_(compute_type(config_.dtype, device_))
    {
        if (config_.discovery.metric == MetricKind::kl)
            throw InputError("circuit.metric = kl compares with the untouched model, which a series "
                             "has not; choose logit-diff, log-prob or prob-diff.");
        if (const auto run = run_with(request.file, config_)) {
            if (is_under_way(run->state))
                throw InputError("Run " + std::to_string(run->id.value) + " of "
                    + request.file.string() + " is being observed by another process.");
            go_on_with(*run);
        }
    }

    RunState run()
    {
        try {
            look_and_observe();
        } catch (const Cancelled&) {
            finish(RunState::stopped);
            return RunState::stopped;
        } catch (...) {
            finish(RunState::failed, failure_in_words());
            throw;
        }
        if (stored_.empty()) {
            const std::string reason
                = "None of the checkpoints of " + request_.series + " can be used.";
            finish(RunState::failed, reason);
            throw InputError(reason);
        }
        finish(RunState::finished);
        return RunState::finished;
    }

private:
    void go_on_with(const RunSummary& run)
    {
        const ExperimentReader reader(request_.file);
        const std::vector<IterationRecord> all = reader.iterations(run.id);
        for (const IterationRecord& iteration : all)
            stored_.insert(iteration.step);
        iterations_ = static_cast<int>(all.size());
        known_ = run.id;
        graph_.emplace(run.description.shape, run.description.graph);
        if (all.empty())
            return;
        previous_ = reader.circuit(run.id, all.back().index);
    }

    /// The run in the file is opened once there is something to write.
    void open(const Transformer& model, const ModelFiles& files, int last_step)
    {
        if (writer_)
            return;
        if (known_) {
            CheckpointRecord behind;
            behind.step = stored_.empty() ? -1 : *stored_.rbegin();
            behind.iterations = iterations_;
            writer_.emplace(request_.file, *known_, behind);
        } else {
            RunDescription run;
            run.name = config_.name;
            run.method = observed_method;
            run.configuration = to_json(config_);
            run.model = files.origin;
            run.model_fingerprint = model_fingerprint(files);
            run.software = nlohmann::json{ { "circuitloom", CIRCUITLOOM_VERSION },
                { "libtorch", torch_version() }, { "device", device_description(device_) } }
                               .dump();
            run.seed = config_.seed;
            run.steps = last_step;
            run.top_n = config_.selection.rule == SelectionRule::threshold ? 0 : config_.selection.n;
            run.parameters = model.weights().count();
            run.shape = graph_->shape();
            run.graph = graph_->options();
            writer_.emplace(request_.file, run);
        }
        observer_.started(writer_->id(), device_description(device_), last_step);
    }

    FoundSeries look()
    {
        return series_.look(
            stored_, request_.watch ? request_.quiet : std::chrono::seconds(0),
            [this](const std::string& checkpoint, int done, int total) {
                require_going_on();
                observer_.reading(checkpoint, done, total);
            },
            graph_ ? std::optional(graph_->shape()) : std::nullopt);
    }

    void look_and_observe()
    {
        for (;;) {
            const FoundSeries found = look();
            for (const UnusedCheckpoint& one : found.unused)
                if (!refused_.contains(one.name))
                    tell_unused(one);
            const int total = static_cast<int>(found.used.size());
            for (int i = 0; i < total; ++i) {
                const SeriesCheckpoint& one = found.used[static_cast<std::size_t>(i)];
                if (stored_.contains(one.step) || refused_.contains(one.name))
                    continue;
                require_going_on();
                observer_.observing(one, i, total);
                observe_one(one, found.used.back().step);
            }
            if (!request_.watch) {
                if (!writer_ && known_)
                    observer_.started(*known_, device_description(device_), 0);
                return;
            }
            wait();
        }
    }

    void tell_unused(const UnusedCheckpoint& one)
    {
        if (std::ranges::find(told_, one) != told_.end())
            return;
        told_.push_back(one);
        observer_.note(one.name + " is not used: " + one.why);
    }

    void refuse(const SeriesCheckpoint& checkpoint, const std::string& why)
    {
        refused_.insert(checkpoint.name);
        tell_unused({ checkpoint.name, why });
    }

    void require_going_on() const
    {
        if (!control_.proceed(stop_))
            throw Cancelled("The observation was stopped.");
    }

    void wait() const
    {
        control_.rest(stop_, looks_every);
        require_going_on();
    }

    struct Scored
    {
        Circuit circuit;
        double metric = 0;
    };

    /// Nothing where the scores are not finite.
    std::optional<Scored> score(Transformer& model) const
    {
        DiscoveryPlan plan;
        plan.options = config_.discovery;
        plan.batch = config_.batch;
        plan.seed = config_.seed;
        plan.stop = stop_;
        const DiscoveredEdges edges = discover_edges(model, *graph_, questions_->probe, plan);
        const torch::Tensor scores = edges.scores.to(torch::kFloat32).contiguous();
        try {
            return Scored{
                select_edges(*graph_,
                    { scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()) },
                    config_.selection),
                edges.metric
            };
        } catch (const Diverged&) {
            return std::nullopt;
        }
    }

    void observe_one(const SeriesCheckpoint& checkpoint, int last_step)
    {
        const auto start = Clock::now();
        std::optional<ModelFiles> files;
        std::optional<Transformer> model;
        try {
            files = open_checkpoint_files(checkpoint.directory);
            model.emplace(load_transformer(*files, device_, dtype_));
        } catch (const InputError& reason) {
            return refuse(checkpoint, reason.what());
        }
        const GraphShape shape = model->config().graph_shape();
        if (!graph_)
            graph_.emplace(shape, config_.graph);
        // It may have changed since it was looked at.
        if (const std::string other = other_shape(graph_->shape(), shape); !other.empty())
            return refuse(checkpoint, other);
        if (!questions_)
            questions_ = observed_questions(config_, *files, observer_);
        open(*model, *files, last_step);
        const std::optional<Scored> scored = score(*model);
        if (!scored)
            return refuse(checkpoint, "its edge scores are not finite");
        const Circuit& circuit = scored->circuit;

        IterationRecord record;
        record.index = { iterations_ };
        record.step = checkpoint.step;
        record.metric = scored->metric;
        record.loss = std::log(evaluate_task(*model, questions_->probe, evaluated_at_once,
            { .metric = config_.discovery.metric,
                .perplexity = true,
                .before_batch = [this] { require_going_on(); } })
                                   .perplexity);
        record.edges = static_cast<int>(circuit.size());
        record.entered = entered_edges(circuit, previous_);
        record.tokens = checkpoint.tokens;
        std::vector<EvaluationRecord> evaluations = evaluated(*model, checkpoint.step);
        const TrainerLog log = logged(checkpoint);
        evaluations.insert(evaluations.end(), log.evaluations.begin(), log.evaluations.end());
        if (!record.tokens)
            record.tokens = log.tokens;
        record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
        writer_->add_observation(record, circuit, log.steps, evaluations,
            mark_of({ checkpoint.step, checkpoint.directory, model_fingerprint(*files) }));
        stored_.insert(checkpoint.step);
        ++iterations_;
        previous_ = circuit;
        observer_.observed(record);
    }

    std::vector<EvaluationRecord> evaluated(const Transformer& model, int step) const
    {
        const auto before_batch = [this] { require_going_on(); };
        std::vector<EvaluationRecord> records;
        if (!questions_->held_out.empty())
            records = task_records(
                evaluate_task(model, questions_->held_out, evaluated_at_once,
                    { .metric = config_.discovery.metric, .before_batch = before_batch }),
                config_.discovery.metric, step);
        for (const PreparedSuite& suite : questions_->suites)
            for (EvaluationRecord& record :
                suite.evaluate(model, step, { .before_batch = before_batch }))
                records.push_back(std::move(record));
        return records;
    }

    /// What the training itself said between the checkpoint before and this one.
    TrainerLog logged(const SeriesCheckpoint& checkpoint)
    {
        const bool events = !request_.events.empty();
        const std::filesystem::path file
            = events ? request_.events : checkpoint.directory / "trainer_state.json";
        std::error_code ignored;
        if (!events && !std::filesystem::exists(file, ignored))
            return {};
        TrainerLog log;
        try {
            if (events && (!events_ || request_.watch))
                events_ = read_event_log(file);
            log = events ? *events_ : read_trainer_log(file);
        } catch (const InputError& reason) {
            observer_.note("the losses of " + checkpoint.name + " are not used: " + reason.what());
            return {};
        }
        const int before = stored_.empty() ? -1 : *stored_.rbegin();
        const auto elsewhere = [&](const auto& record) {
            return record.step <= before || record.step > checkpoint.step;
        };
        std::erase_if(log.steps, elsewhere);
        std::erase_if(log.evaluations, elsewhere);
        for (const std::string& name : log.left_out)
            if (left_out_.insert(name).second)
                observer_.note(name + " of " + file.string() + " is left out: no measure fits it");
        return log;
    }

    void finish(RunState state, const std::string& message = {})
    {
        if (!writer_)
            return;
        try {
            writer_->set_state(state, message);
        } catch (const Error&) {
            if (state != RunState::failed)
                throw; // else what failed before matters more
        }
    }

    const ObserveRequest& request_;
    RunConfig config_;
    ObservationObserver& observer_;
    RunControl& control_;
    std::stop_token stop_;
    CheckpointSeries series_;
    torch::Device device_;
    torch::Dtype dtype_;
    std::optional<RunId> known_; ///< the run that goes on
    std::optional<RunWriter> writer_;
    std::optional<ComputationalGraph> graph_; ///< of the run, and so of every checkpoint in it
    std::optional<ObservedQuestions> questions_;
    std::set<int> stored_; ///< steps of the checkpoints in the file
    int iterations_ = 0;
    Circuit previous_;
    std::set<std::string> refused_; ///< that could not be loaded or scored
    std::set<std::string> left_out_; ///< evaluations without a measure
    std::optional<TrainerLog> events_;
    std::vector<UnusedCheckpoint> told_;
};

} // namespace

RunState observe(const ObserveRequest& request, ObservationObserver& observer, RunControl& control,
    std::stop_token stop)
{
    return Observation(request, observer, control, std::move(stop)).run();
}

} // namespace circuitloom
