#include "core/engine/model_source.h"

#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/run/checkpoint_files.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/store/experiment_reader.h"
#include "core/tokenizer/model_tokenizer.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace circuitloom {

namespace {

// Changes when the files of a model do; the built-in model's never change.
std::string state_of(const std::string& name)
{
    std::error_code error;
    std::filesystem::file_time_type newest{};
    const auto look_at = [&](const std::filesystem::path& path) {
        const auto time = std::filesystem::last_write_time(path, error);
        if (!error)
            newest = std::max(newest, time);
    };
    look_at(name);
    if (std::filesystem::is_directory(name, error))
        for (const auto& entry : std::filesystem::directory_iterator(name, error))
            look_at(entry.path());
    return std::to_string(newest.time_since_epoch().count());
}

std::string written(const ComputeOptions& compute)
{
    return compute.device + "\n"
        + (compute.dtype ? std::string(precision_names[static_cast<std::size_t>(*compute.dtype)])
                         : std::string("as it was"));
}

// A copy of its own, without gradients, where and as it is wanted.
std::shared_ptr<Transformer> copied(const Transformer& model, const ComputeOptions& compute)
{
    const torch::NoGradGuard no_grad;
    const auto device = pick_device(compute.device);
    const auto dtype = compute.dtype ? compute_type(*compute.dtype, device) : model.dtype();
    Weights weights = model.weights();
    for (auto* tensor : weights.all())
        *tensor = tensor->detach().to(device, dtype, false, true);
    return std::make_shared<Transformer>(model.config(), std::move(weights));
}

std::int64_t bytes_of(const Transformer& model)
{
    return model.weights().count() * static_cast<std::int64_t>(c10::elementSize(model.dtype()));
}

} // namespace

ModelSource::ModelSource(std::int64_t cache_bytes)
    : limit_(cache_bytes)
{
}

const SourcedModel* ModelSource::find(const std::string& key)
{
    const auto found
        = std::ranges::find_if(kept_, [&](const Kept& kept) { return kept.key == key; });
    if (found == kept_.end())
        return nullptr;
    kept_.splice(kept_.begin(), kept_, found);
    return &kept_.front().model;
}

const SourcedModel& ModelSource::keep(const std::string& key, SourcedModel model)
{
    const std::int64_t bytes = bytes_of(*model.model);
    kept_.push_front({ key, std::move(model), bytes });
    std::int64_t total = 0;
    for (auto place = kept_.begin(); place != kept_.end();) {
        total += place->bytes;
        place = total > limit_ && place != kept_.begin() ? kept_.erase(place) : std::next(place);
    }
    return kept_.front().model;
}

SourcedModel ModelSource::get(const ModelReference& reference, const ComputeOptions& compute,
    const AnswerProgress& progress, std::stop_token stop, const LiveRun* live)
{
    if (stop.stop_requested())
        throw Cancelled("The question was called off.");
    if (const auto* name = std::get_if<std::string>(&reference))
        return named(*name, compute);
    return of_run(std::get<RunMoment>(reference), compute, progress, std::move(stop), live);
}

SourcedModel ModelSource::named(const std::string& name, const ComputeOptions& compute)
{
    const std::string key = name + "\n" + state_of(name) + "\n" + written(compute);
    if (const SourcedModel* known = find(key))
        return *known;
    auto files = std::make_shared<ModelFiles>(open_model_files(name));
    const auto device = pick_device(compute.device);
    const auto dtype = compute_type(compute.dtype.value_or(Precision::float32), device);
    auto tokenizer = std::make_shared<const Tokenizer>(tokenizer_of(*files));
    auto model = std::make_shared<Transformer>(load_transformer(*files, device, dtype));
    return keep(key, { { name, -1 }, std::move(model), std::move(tokenizer), files, {} });
}

SourcedModel ModelSource::of_series(const RunMoment& moment, const ExperimentReader& reader,
    const RunDescription& run, const ComputeOptions& compute)
{
    const ObservedModel observed = observed_model(moment, reader);
    const ModelShown shown{ to_string(moment), observed.step };
    const std::string place = observed.directory.string();
    const std::string key = place + "\n" + state_of(place) + "\n" + observed.fingerprint + "\n"
        + written(compute);
    if (const SourcedModel* known = find(key)) {
        SourcedModel found = *known;
        found.shown = shown;
        found.run = run;
        return found;
    }
    const std::string name = "The checkpoint of step " + std::to_string(observed.step)
        + " that “" + run.name + "” observed, " + place + ",";
    std::error_code ignored;
    if (!std::filesystem::exists(observed.directory, ignored))
        throw InputError(name + " is gone; put it back where it lay to ask its model.");
    auto files = std::make_shared<ModelFiles>(open_checkpoint_files(observed.directory));
    if (model_fingerprint(*files) != observed.fingerprint)
        throw InputError(name + " has changed since it was observed.");
    const auto device = pick_device(compute.device);
    const auto dtype = compute_type(compute.dtype.value_or(config_of(run).dtype), device);
    auto tokenizer = std::make_shared<const Tokenizer>(tokenizer_of(*files));
    auto model = std::make_shared<Transformer>(load_transformer(*files, device, dtype));
    return keep(key, { shown, std::move(model), std::move(tokenizer), files, run });
}

SourcedModel ModelSource::of_run(const RunMoment& moment, const ComputeOptions& compute,
    const AnswerProgress& progress, std::stop_token stop, const LiveRun* live)
{
    const ExperimentReader reader(moment.file);
    const RunSummary run = reader.run(moment.run);
    if (is_observed(run.description))
        return of_series(moment, reader, run.description, compute);
    if (live && !live->is(moment.file, moment.run))
        live = nullptr;
    const int step = live && moment.kind == RunMoment::Kind::end ? live->steps_taken()
                                                                 : step_of(moment, reader);
    const ModelShown shown{ to_string(moment), step };

    // Another run may have come to be in a file of the same name.
    const std::string of_run = std::filesystem::absolute(moment.file).string() + "\n"
        + std::to_string(moment.run.value) + "\n" + std::to_string(run.created) + "\n"
        + run.description.model_fingerprint + "\n" + run.description.configuration;
    const std::string key = of_run + "\n" + std::to_string(step) + "\n" + written(compute);
    if (const SourcedModel* known = find(key)) {
        SourcedModel found = *known;
        found.shown = shown;
        return found;
    }
    if (replayed_ != of_run) {
        replayed_.clear(); // whatever fails below, nothing passes for the run before
        replay_.reset(); // so that there are never two
        replay_ = std::make_unique<Replay>(moment.file, moment.run);
        replay_files_ = std::make_shared<const ModelFiles>(replay_->files());
        replay_tokenizer_ = std::make_shared<const Tokenizer>(tokenizer_of(*replay_files_));
        replayed_ = of_run;
    }
    SourcedModel sourced{ shown, nullptr, replay_tokenizer_, replay_files_, run.description };
    if (live && live->steps_taken() == step) {
        sourced.model = copied(live->model(), compute);
        return keep(key, std::move(sourced));
    }
    if (step == 0) { // which leaves the replay where it is
        sourced.model = copied(replay_->untouched(), compute);
        return keep(key, std::move(sourced));
    }
    replay_->go_to(step, [&](int taken, int last) {
        if (progress)
            progress("rebuilding the model of step " + std::to_string(last), taken, last);
        if (stop.stop_requested())
            throw Cancelled("The rebuilding of step " + std::to_string(last)
                + " was called off at step " + std::to_string(taken) + ".");
    });
    sourced.model = copied(replay_->model(), compute);
    return keep(key, std::move(sourced));
}

} // namespace circuitloom
