#include "core/run/studies.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr int most = std::numeric_limits<int>::max();
constexpr std::size_t most_entries = 100'000;

template <class Choice>
std::string name_of(Choice choice, const auto& names)
{
    return std::string(names[static_cast<std::size_t>(choice)]);
}

template <class Choice>
Choice choice_of(const JsonObject& object, const char* field, const auto& names)
{
    const std::string text = object.text(field);
    const auto found = std::ranges::find(names, text);
    if (found == names.end())
        object.fail(field, "is none of the known ones");
    return static_cast<Choice>(found - names.begin());
}

Json json_of(const TransferStudy& study)
{
    return { { "circuits", study.circuits }, { "models", study.models },
        { "random_draws", study.random_draws }, { "examples", study.examples } };
}

Json json_of(const GraftStudy& study)
{
    return { { "iteration", study.iteration }, { "step", study.step }, { "entries", study.entries },
        { "shares", study.shares }, { "random_draws", study.random_draws } };
}

Json json_of(const SwapStudy& study)
{
    return { { "source", study.source }, { "models", study.models }, { "parts", study.parts },
        { "random_draws", study.random_draws } };
}

Json json_of(const CrossAblationStudy& study)
{
    const DiscoveryOptions& by = study.discovery;
    return { { "tasks", study.tasks }, { "step", study.step }, { "top_n", study.top_n },
        { "method", name_of(by.method, attribution_names) },
        { "baseline", name_of(by.baseline, baseline_names) },
        { "positions", name_of(by.positions, position_names) },
        { "metric", name_of(by.metric, metric_names) }, { "random_draws", study.random_draws },
        { "examples", study.examples }, { "batch", study.batch },
        { "max_tokens", study.max_tokens }, { "seed", study.seed } };
}

int count_in(const JsonObject& object, const char* field, int least = 0)
{
    return static_cast<int>(object.integer(field, least, most));
}

template <class Value>
std::vector<Value> list_in(const JsonObject& object, const char* field)
{
    const Json& array = object.array(field);
    if (array.size() > most_entries)
        object.fail(field, "has more than " + std::to_string(most_entries) + " entries");
    std::vector<Value> values;
    for (const Json& one : array) {
        if constexpr (std::is_same_v<Value, std::string>) {
            if (!one.is_string())
                object.fail(field, "must be a list of texts");
            values.push_back(one.get<std::string>());
        } else if constexpr (std::is_same_v<Value, int>) {
            if (!one.is_number_integer() || one.get<std::int64_t>() < 0
                || one.get<std::int64_t>() > most)
                object.fail(field, "must be a list of whole numbers from 0");
            values.push_back(one.get<int>());
        } else {
            if (!one.is_number() || !(one.get<double>() >= 0 && one.get<double>() <= 1))
                object.fail(field, "must be a list of numbers from 0 to 1");
            values.push_back(one.get<double>());
        }
    }
    return values;
}

Study study_in(const std::string& kind, const JsonObject& object)
{
    if (kind == study_names[0])
        return TransferStudy{ list_in<int>(object, "circuits"), list_in<int>(object, "models"),
            count_in(object, "random_draws"), count_in(object, "examples") };
    if (kind == study_names[1])
        return GraftStudy{ count_in(object, "iteration"), count_in(object, "step", -1),
            object.boolean_or("entries", false), list_in<double>(object, "shares"),
            count_in(object, "random_draws") };
    if (kind == study_names[2])
        return SwapStudy{ count_in(object, "source"), list_in<int>(object, "models"),
            list_in<std::string>(object, "parts"), count_in(object, "random_draws") };
    if (kind != study_names[3])
        throw InputError(object.where() + " is of a kind that this version does not know.");
    CrossAblationStudy study;
    study.tasks = list_in<std::string>(object, "tasks");
    study.step = count_in(object, "step", -1);
    study.top_n = count_in(object, "top_n");
    study.discovery.method = choice_of<AttributionMethod>(object, "method", attribution_names);
    study.discovery.baseline = choice_of<Baseline>(object, "baseline", baseline_names);
    study.discovery.positions = choice_of<ScoredPositions>(object, "positions", position_names);
    study.discovery.metric = choice_of<MetricKind>(object, "metric", metric_names);
    study.random_draws = count_in(object, "random_draws");
    study.examples = count_in(object, "examples");
    study.batch = count_in(object, "batch", 1);
    study.max_tokens = count_in(object, "max_tokens", 1);
    study.seed = static_cast<std::uint64_t>(
        object.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
    return study;
}

} // namespace

std::string_view study_name(const Study& study)
{
    return study_names[study.index()];
}

std::string study_json(const Study& study, std::optional<Precision> dtype)
{
    Json json = std::visit([](const auto& one) { return json_of(one); }, study);
    if (dtype)
        json["dtype"] = name_of(*dtype, precision_names);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Study read_study(const StoredStudy& stored, const std::filesystem::path& file)
{
    const std::string where = file.string() + ": study " + std::to_string(stored.id);
    const Json json = parse_json(stored.question, where);
    return study_in(stored.kind, JsonObject(json, where));
}

std::vector<int> evenly_chosen(int all, int count)
{
    std::vector<int> chosen;
    const int number = std::min(all, count);
    for (int i = 0; i < number; ++i)
        chosen.push_back(number == 1
                ? all - 1
                : static_cast<int>(
                    (static_cast<std::int64_t>(i) * (all - 1) + (number - 1) / 2) / (number - 1)));
    return chosen;
}

std::vector<double> usual_graft_shares()
{
    return { 0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1 };
}

} // namespace circuitloom
