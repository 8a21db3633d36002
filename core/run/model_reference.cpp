#include "core/run/model_reference.h"

#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/store/experiment_reader.h"

#include <charconv>
#include <optional>

namespace circuitloom {

namespace {

constexpr std::string_view suffix = ".loom";

template <class Number>
std::optional<Number> whole_number(std::string_view text)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// How long the name of an experiment at the beginning of `text` is; nothing where it names none.
std::optional<std::size_t> experiment_length(std::string_view text)
{
    // A file's name may have colons too: the last ".loom:" ends it.
    const std::size_t at = text.rfind(".loom:");
    return at == std::string_view::npos ? std::nullopt : std::optional(at + suffix.size());
}

[[noreturn]] void refuse(std::string_view text)
{
    throw InputError(std::string(text)
        + " names an experiment, but not one model of it: write FILE.loom:R@I, where R is the "
          "run's number and I is an iteration's number, s and a step's number (s120), start or "
          "end.");
}

} // namespace

ModelReference parse_model_reference(std::string_view text)
{
    if (text.ends_with(suffix))
        refuse(text);
    const std::optional<std::size_t> length = experiment_length(text);
    if (!length)
        return std::string(text);
    RunMoment moment;
    moment.file = std::string(text.substr(0, *length));
    const std::string_view rest = text.substr(*length + 1);
    const std::size_t sign = rest.find('@');
    const auto run = whole_number<std::int64_t>(rest.substr(0, sign));
    if (!run || *run < 1 || sign == std::string_view::npos)
        refuse(text);
    moment.run = { *run };
    const std::string_view when = rest.substr(sign + 1);
    if (when == "start") {
        moment.kind = RunMoment::Kind::start;
    } else if (when == "end") {
        moment.kind = RunMoment::Kind::end;
    } else {
        const bool step = when.starts_with('s');
        const auto number = whole_number<int>(step ? when.substr(1) : when);
        if (!number)
            refuse(text);
        moment.kind = step ? RunMoment::Kind::step : RunMoment::Kind::iteration;
        moment.number = *number;
    }
    return moment;
}

std::string to_string(const ModelReference& reference)
{
    if (const auto* name = std::get_if<std::string>(&reference))
        return *name;
    const RunMoment& moment = std::get<RunMoment>(reference);
    const std::string run = moment.file.string() + ":" + std::to_string(moment.run.value) + "@";
    switch (moment.kind) {
    case RunMoment::Kind::start:
        return run + "start";
    case RunMoment::Kind::iteration:
        return run + std::to_string(moment.number);
    case RunMoment::Kind::step:
        return run + "s" + std::to_string(moment.number);
    case RunMoment::Kind::end:
        break;
    }
    return run + "end";
}

int step_of(const RunMoment& moment, const ExperimentReader& reader)
{
    const RunSummary run = reader.run(moment.run);
    switch (moment.kind) {
    case RunMoment::Kind::start:
        return 0;
    case RunMoment::Kind::iteration: {
        const auto found = reader.iterations(moment.run, { moment.number });
        if (found.empty() || found.front().index.value != moment.number)
            throw reader.no_iteration(moment.run, { moment.number });
        return found.front().step;
    }
    case RunMoment::Kind::step:
        if (moment.number > run.steps_done)
            throw InputError("Run " + std::to_string(moment.run.value) + " of "
                + moment.file.string() + " has taken " + std::to_string(run.steps_done)
                + " steps, so there is no model after step " + std::to_string(moment.number) + ".");
        return moment.number;
    case RunMoment::Kind::end:
        break;
    }
    return run.steps_done;
}

std::string untouched_model(std::string_view model)
{
    const ModelReference reference = parse_model_reference(model);
    if (const auto* name = std::get_if<std::string>(&reference))
        return *name;
    const RunMoment& moment = std::get<RunMoment>(reference);
    const ExperimentReader reader(moment.file);
    step_of(moment, reader); // is there
    return reader.run(moment.run).description.model;
}

std::vector<std::filesystem::path> places_of_model(std::string_view model)
{
    const std::optional<std::size_t> length = experiment_length(model);
    if (!length)
        return model_places(model);
    std::vector<std::filesystem::path> places{ model.substr(0, *length) };
    try {
        for (std::filesystem::path& place : model_places(untouched_model(model)))
            places.push_back(std::move(place));
    } catch (const Error&) {
        // Whoever opens it says what is wrong.
    }
    return places;
}

} // namespace circuitloom
