#include "core/run/observed_run.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

constexpr std::string_view kind = "checkpoint";

/// The inverse of mark_of().
ObservedModel model_of(const MarkRecord& mark)
{
    const std::size_t space = mark.label.find(' ');
    if (space == std::string::npos)
        throw InputError(
            "The mark of step " + std::to_string(mark.step) + " names no checkpoint's folder.");
    return { mark.step, mark.label.substr(space + 1), mark.label.substr(0, space) };
}

const IterationRecord& chosen(const std::vector<IterationRecord>& all, const RunMoment& moment,
    const ExperimentReader& reader)
{
    switch (moment.kind) {
    case RunMoment::Kind::start:
        return all.front();
    case RunMoment::Kind::end:
        return all.back();
    case RunMoment::Kind::iteration: {
        const auto found = std::ranges::find_if(
            all, [&](const IterationRecord& one) { return one.index.value == moment.number; });
        if (found == all.end())
            throw reader.no_iteration(moment.run, { moment.number });
        return *found;
    }
    case RunMoment::Kind::step:
        break;
    }
    const auto after = std::ranges::upper_bound(all, moment.number, {}, &IterationRecord::step);
    return after == all.begin() ? *after : *std::prev(after);
}

} // namespace

void require_tuned(const RunDescription& run)
{
    if (is_observed(run))
        throw InputError("“" + run.name
            + "” was observed: its checkpoints were trained elsewhere, so nothing of it can be "
              "trained or replayed here. circuitloom-cli observe goes on with it.");
}

MarkRecord mark_of(const ObservedModel& model)
{
    return { model.step, std::string(kind), model.fingerprint + " " + model.directory.string() };
}

bool is_observed_model(const MarkRecord& mark)
{
    return mark.kind == kind;
}

ObservedModel observed_model(const RunMoment& moment, const ExperimentReader& reader)
{
    const std::string name
        = "Run " + std::to_string(moment.run.value) + " of " + moment.file.string();
    const std::vector<IterationRecord> all = reader.iterations(moment.run);
    if (all.empty())
        throw InputError(name + " has not observed a checkpoint yet.");
    const int step = chosen(all, moment, reader).step;
    for (const MarkRecord& mark : reader.marks(moment.run))
        if (mark.step == step && is_observed_model(mark))
            return model_of(mark);
    throw InputError(
        name + " does not say where its checkpoint of step " + std::to_string(step) + " lay.");
}

} // namespace circuitloom
