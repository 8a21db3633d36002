#include "core/run/trainer_log.h"

#include "core/base/error.h"
#include "core/base/measure.h"
#include "core/formats/input_file.h"
#include "core/formats/json_input.h"

#include <array>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t largest_file = std::size_t{ 64 } << 20;
constexpr std::int64_t most_steps = std::numeric_limits<int>::max();
constexpr double greatest = std::numeric_limits<double>::max();

/// How an evaluation took its time, which is no figure of the model.
bool is_about_time(const std::string& name)
{
    return name == "eval_runtime" || name.ends_with("_per_second");
}

/// `left_out` are the names that log.left_out has.
void add_evaluations(const JsonObject& entry, const nlohmann::json& fields, int step,
    TrainerLog& log, std::set<std::string>& left_out)
{
    for (const auto& [name, value] : fields.items()) {
        if (!name.starts_with("eval_") || is_about_time(name))
            continue;
        const std::string_view measure = trainer_measure(name);
        if (measure.empty() || !value.is_number()) {
            if (left_out.insert(name).second)
                log.left_out.push_back(name);
            continue;
        }
        log.evaluations.push_back({ step, std::string(trainer_suite), std::string(measure),
            entry.number_or(name.c_str(), 0, -greatest, greatest), 0 });
    }
}

} // namespace

std::string_view trainer_measure(std::string_view name)
{
    constexpr std::string_view evaluation = "eval_";
    for (const Measure& measure :
        { measures::loss, measures::accuracy, measures::perplexity })
        if (name.starts_with(evaluation) && name.substr(evaluation.size()) == measure.name)
            return measure.name;
    return {};
}

TrainerLog read_trainer_log(const std::filesystem::path& file)
{
    const nlohmann::json parsed
        = parse_python_json(read_input_file(file, largest_file), file.string());
    const JsonObject json(parsed, file.string());
    TrainerLog log;
    std::set<std::string> left_out;
    std::map<int, StepRecord> steps; // one that is logged twice keeps its last figures
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    const nlohmann::json& history = json.array("log_history");
    const std::vector<JsonObject> entries = json.objects("log_history");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const JsonObject& entry = entries[i];
        const int step = static_cast<int>(entry.integer("step", 0, most_steps));
        if (entry.mentions("loss") && step > 0)
            steps[step] = { step, entry.number_or("loss", unknown, -greatest, greatest), unknown,
                entry.number_or("learning_rate", 0, 0, greatest) };
        add_evaluations(entry, history[i], step, log, left_out);
    }
    for (const auto& [step, record] : steps)
        log.steps.push_back(record);
    if (const std::int64_t tokens = json.integer_or(
            "num_input_tokens_seen", 0, 0, std::numeric_limits<std::int64_t>::max());
        tokens > 0)
        log.tokens = tokens;
    return log;
}

} // namespace circuitloom
