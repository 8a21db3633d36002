#pragma once

#include "core/architecture/model_files.h"
#include "core/model/transformer.h"
#include "core/run/questions.h"
#include "core/store/records.h"
#include "core/tokenizer/tokenizer.h"
#include "core/tuning/replay.h"

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace circuitloom {

class ExperimentReader;

/// A model to be asked something, with what belongs to it. Copies share it.
struct SourcedModel
{
    ModelShown shown;
    std::shared_ptr<Transformer> model; ///< nobody changes its weights
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<const ModelFiles> files; ///< of the untouched model, where it is a run's
    std::optional<RunDescription> run; ///< where it is a run's
};

/// A run that trains in this process, whose model can be copied as it is.
class LiveRun
{
public:
    virtual ~LiveRun() = default;
    /// Whether it is that run of that file.
    virtual bool is(const std::filesystem::path& file, RunId run) const = 0;
    /// Steps taken, and the model after them; valid while a question has its turn.
    virtual int steps_taken() const = 0;
    virtual const Transformer& model() const = 0;
};

/// Finds the models that questions name: loads them, rebuilds those of runs, reads those of an
/// observed run where its checkpoints lie, and keeps the ones used last.
/// One instance belongs to one thread.
class ModelSource
{
public:
    /// `cache_bytes`: what the kept models' weights may take together; the newest always stays.
    explicit ModelSource(std::int64_t cache_bytes = std::int64_t{ 1 } << 30);

    /// Throws Cancelled once `stop` is requested, InputError where there is no such model, run or
    /// iteration, or what a run began with is gone or has changed. Where `live` is the run that is
    /// asked about, its model as it is now serves for RunMoment::Kind::end.
    SourcedModel get(const ModelReference& reference, const ComputeOptions& compute,
        const AnswerProgress& progress = {}, std::stop_token stop = {},
        const LiveRun* live = nullptr);

private:
    struct Kept
    {
        std::string key;
        SourcedModel model;
        std::int64_t bytes = 0;
    };

    SourcedModel named(const std::string& name, const ComputeOptions& compute);
    SourcedModel of_run(const RunMoment& moment, const ComputeOptions& compute,
        const AnswerProgress& progress, std::stop_token stop, const LiveRun* live);
    SourcedModel of_series(const RunMoment& moment, const ExperimentReader& reader,
        const RunDescription& run, const ComputeOptions& compute);
    const SourcedModel* find(const std::string& key);
    const SourcedModel& keep(const std::string& key, SourcedModel model);

    std::int64_t limit_;
    std::list<Kept> kept_; ///< the one used last comes first
    std::string replayed_; ///< which run replay_ is of
    std::unique_ptr<Replay> replay_;
    std::shared_ptr<const Tokenizer> replay_tokenizer_;
    std::shared_ptr<const ModelFiles> replay_files_;
};

} // namespace circuitloom
