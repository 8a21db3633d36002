#include "app/cli/commands/tune_fair.h"

#include "app/cli/commands/run_alone.h"
#include "app/cli/commands/table.h"
#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/engine/tuning_engine.h"
#include "core/engine/validation.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/budget.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

constexpr double as_good_accuracy = 0.01;
constexpr double as_good_of_metric = 0.05; ///< of the untouched model's
constexpr int never = 10'000'000; // but at the start and the end

bool is_driven_to_zero(const RunConfig& config)
{
    return config.metric_penalty > 0;
}

/// Runs that are made to choose by, one after another into a file of their own.
class Trials
{
public:
    Trials(std::filesystem::path file, TuningProgress& progress, std::stop_token stop)
        : file_(std::move(file))
        , progress_(progress)
        , stop_(std::move(stop))
        , engine_(make_tuning_engine())
    {
    }

    /// Tries each rate. False where it was stopped.
    bool try_rates(FairEntry& entry, const std::vector<double>& rates)
    {
        std::vector<RunId> runs;
        for (const double rate : rates) {
            RunConfig one = trial_of(entry.config);
            one.learning_rate = rate;
            one.name = std::string(method_name(one.method)) + ", rate " + shortest(rate);
            validate(one);
            FairEntry::Tried tried{ rate, {} };
            bool stopped = false;
            train_alone(progress_, one.name, [&] {
                RunControl control;
                stopped = engine_->tune(one, file_, progress_, control, stop_) != RunState::finished;
                if (stopped)
                    return;
                const double found = score(one, progress_.run());
                if (std::isfinite(found))
                    tried.score = found;
                else
                    progress_.note(one.name + ": the model's predictions are not numbers");
                mean_counts_[{ one.method, rate }] = mean_count(progress_.run());
            });
            if (stopped)
                return false;
            entry.tried.push_back(tried);
        }
        return true;
    }

    /// Of the trial with that rate: the mean of what its circuits opened.
    double count(TuningMethod method, double rate) const
    {
        return mean_counts_.at({ method, rate });
    }

    /// How near to one another scores count as equal: a trial's last metric was this before.
    double tolerance(const RunConfig& config) const
    {
        return is_driven_to_zero(config) ? as_good_of_metric * metric_before_ : as_good_accuracy;
    }

private:
    // With nothing that takes time beside.
    static RunConfig trial_of(const RunConfig& config)
    {
        RunConfig trial = config;
        trial.capabilities.clear();
        trial.reference_task.clear();
        trial.stop_measure.clear();
        trial.stop_reach = 0;
        trial.stop_patience = 0;
        trial.evaluate_every = never;
        trial.checkpoint_every = 0;
        trial.checkpoint_keep_best = false;
        trial.lora_learning_rate = 0;
        return trial;
    }

    double score(const RunConfig& config, RunId run)
    {
        const ExperimentReader reader(file_);
        const Validation found = validate_run(reader, run);
        if (!is_driven_to_zero(config))
            return found.accuracy;
        const Measure metric = measure_of(config.discovery.metric);
        for (const EvaluationRecord& record : reader.evaluations(run))
            if (record.suite == task_suite && record.measure == metric.name) {
                metric_before_ = std::abs(record.value);
                break;
            }
        return std::abs(found.metric);
    }

    double mean_count(RunId run) const
    {
        double sum = 0;
        const auto iterations = ExperimentReader(file_).iterations(run);
        for (const IterationRecord& iteration : iterations)
            sum += static_cast<double>(iteration.tunable_count);
        return sum / static_cast<double>(std::max<std::size_t>(1, iterations.size()));
    }

    std::filesystem::path file_;
    TuningProgress& progress_;
    std::stop_token stop_;
    std::unique_ptr<TuningEngine> engine_;
    std::map<std::pair<TuningMethod, double>, double> mean_counts_;
    double metric_before_ = 0;
};

// The smallest of the rates that are as good as the best; none where all diverged.
std::optional<double> best_rate(const FairEntry& entry, double tolerance)
{
    const bool lower = is_driven_to_zero(entry.config);
    std::optional<double> best;
    for (const FairEntry::Tried& tried : entry.tried)
        if (tried.score && (!best || (lower ? *tried.score < *best : *tried.score > *best)))
            best = tried.score;
    std::optional<double> rate;
    for (const FairEntry::Tried& tried : entry.tried)
        if (tried.score && std::abs(*tried.score - *best) <= tolerance
            && (!rate || tried.learning_rate < *rate))
            rate = tried.learning_rate;
    return rate;
}

std::string score_text(const FairEntry& entry, const FairEntry::Tried& tried)
{
    if (!tried.score)
        return "diverged";
    return is_driven_to_zero(entry.config) ? fixed(*tried.score, 3) : percent(*tried.score);
}

// As in "examples 201 to 400 of demo/disagreement-held-out".
std::string examples_text(const RunConfig& config, int from)
{
    return "examples " + std::to_string(from + 1) + " to "
        + std::to_string(from + config.evaluation_items) + " of " + config.held_out_task;
}

} // namespace

std::filesystem::path rates_file(const std::filesystem::path& file)
{
    std::filesystem::path rates = file;
    rates.replace_filename(file.stem().string() + "-rates" + file.extension().string());
    return rates;
}

std::optional<std::vector<FairEntry>> fair_entries(const RunConfig& config,
    const std::vector<std::string>& methods, const FairTerms& terms,
    const std::filesystem::path& file, TuningProgress& progress, std::stop_token stop)
{
    if (config.held_out_task.empty())
        throw InputError("task.held_out is empty, and the learning rates are chosen on a part of "
                         "it; name a task.");
    const bool chooses = !terms.learning_rates.empty();
    if (chooses || terms.match_budget)
        require_validation(config);
    progress.follow(rates_file(file));
    Trials trials(rates_file(file), progress, std::move(stop));
    std::vector<FairEntry> entries;
    std::optional<double> budget;
    for (const TuningMethod method : compared_methods(methods)) {
        FairEntry entry{ config, false, {} };
        entry.config.method = method;
        if (budget && tuning_method_info(method).size_setting.empty())
            progress.note(std::string(method_name(method))
                + " has no size to match, and opens what it opens");
        else if (budget)
            entry.config = match_budget(entry.config, *budget, progress).config;
        const std::vector<double> rates
            = chooses ? terms.learning_rates : std::vector{ entry.config.learning_rate };
        // Circuit-tuning's own count is known only once it has run.
        if (chooses || (terms.match_budget && !budget)) {
            if (!trials.try_rates(entry, rates))
                return std::nullopt;
            const std::optional<double> rate = best_rate(entry, trials.tolerance(config));
            entry.diverges = !rate;
            if (rate)
                entry.config.learning_rate = *rate;
        }
        if (chooses)
            entry.config.lora_learning_rate = 0; // it takes the place of the one that was chosen
        const std::string name(method_name(method));
        if (entry.diverges && terms.match_budget && !budget)
            throw InputError("The training of " + name
                + " diverged, so there is no budget to match; "
                + (chooses ? "add smaller ones to --learning-rates."
                           : "lower optimizer.learning_rate."));
        if (entry.diverges) {
            progress.note(name + ": diverged with every learning rate; add smaller ones to "
                                 "--learning-rates");
            entries.push_back(std::move(entry));
            continue;
        }
        if (terms.match_budget && !budget)
            budget = trials.count(method, entry.config.learning_rate);
        progress.note(name + ": learning rate " + shortest(entry.config.learning_rate));
        entries.push_back(std::move(entry));
    }
    progress.follow(file);
    return entries;
}

std::string fair_rates_table(const std::vector<FairEntry>& entries)
{
    const RunConfig& config = entries.front().config;
    std::vector<Table::Column> columns{ { "learning rate" } };
    std::size_t most = 0;
    for (const FairEntry& entry : entries)
        most = std::max(most, entry.tried.size());
    const auto widest = std::ranges::find_if(
        entries, [most](const FairEntry& entry) { return entry.tried.size() == most; });
    if (most == 0)
        return {};
    for (const FairEntry::Tried& tried : widest->tried)
        columns.push_back({ shortest(tried.learning_rate), true });
    columns.push_back({ "chosen", true });
    Table table(columns);
    for (const FairEntry& entry : entries) {
        std::vector<std::string> cells{ std::string(method_name(entry.config.method)) };
        for (const FairEntry::Tried& tried : entry.tried)
            cells.push_back(score_text(entry, tried));
        cells.resize(most + 1, "–");
        cells.push_back(entry.diverges ? "–" : shortest(entry.config.learning_rate));
        table.add(std::move(cells));
    }
    return std::string(is_driven_to_zero(config) ? "Size of the metric" : "Task accuracy")
        + " after the last step, on " + examples_text(config, config.evaluation_items)
        + "; what is reported below is on " + examples_text(config, 0) + "\n" + table.text() + "\n";
}

Json fair_rates_json(const std::vector<FairEntry>& entries)
{
    const RunConfig& config = entries.front().config;
    Json all{ { "validation", examples_text(config, config.evaluation_items) },
        { "reported", examples_text(config, 0) },
        { "score", is_driven_to_zero(config) ? "size of the metric" : "accuracy" } };
    for (const FairEntry& entry : entries) {
        Json& one = all["methods"][std::string(method_name(entry.config.method))];
        one["learning_rate"] = entry.diverges ? Json(nullptr) : Json(entry.config.learning_rate);
        one["tried"] = Json::array();
        for (const FairEntry::Tried& tried : entry.tried)
            one["tried"].push_back({ { "learning_rate", tried.learning_rate },
                { "score", tried.score ? Json(*tried.score) : Json(nullptr) } });
    }
    return all;
}

} // namespace circuitloom
