#include "ui/window/runs_display.h"

#include "core/run/imported_run.h"
#include "core/run/seed_groups.h"
#include "ui/curves/curves_panel.h"
#include "ui/inspector/inspected_subject.h"
#include "ui/runs/runs_model.h"
#include "ui/runs/runs_panel.h"
#include "ui/session/dynamics_reader.h"
#include "ui/session/experiment_session.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr std::size_t sparkline_points = 80;
constexpr std::size_t most_items = 12; // of a selection, in the menu of plots

std::optional<RunId> id_of(const RunHistory* run)
{
    return run ? std::optional(run->summary.id) : std::nullopt;
}

/// `begun`: the run that it goes on with; null for a new one.
RunRow row_of(const QueuedRun& waiting, const RunHistory* begun)
{
    RunRow row;
    row.ticket = waiting.ticket;
    row.goes_on = waiting.goes_on.has_value();
    row.discover_every = waiting.config.discover_every;
    RunDescription& description = row.summary.description;
    description.name = begun ? begun->summary.description.name : waiting.config.name;
    description.method = method_name(waiting.config.method);
    description.top_n = waiting.config.selection.rule == SelectionRule::threshold
        ? 0
        : waiting.config.selection.n;
    return row;
}

void find_alike(std::vector<PlottedRun>& plotted, const std::vector<const RunHistory*>& histories)
{
    std::vector<std::optional<RunConfig>> configs;
    for (const RunHistory* run : histories)
        configs.push_back(known_config(run->summary.description));
    std::vector<RepeatedRun> runs;
    for (std::size_t i = 0; i < histories.size(); ++i)
        runs.push_back({ configs[i] ? &*configs[i] : nullptr,
            histories[i]->summary.description.model_fingerprint });
    for (const std::vector<std::size_t>& group : same_but_for_seed(runs))
        if (group.size() > 1)
            for (const std::size_t i : group)
                plotted[i].alike = plotted[group.front()].run;
}

} // namespace

RunsDisplay::RunsDisplay(ExperimentSession& session, RunsModel& model, RunsPanel& runs,
    CurvesPanel& curves, DynamicsReader& dynamics, QObject* parent)
    : QObject(parent)
    , session_(session)
    , runs_(runs)
    , curves_(curves)
    , dynamics_(dynamics)
{
    connect(&model, &RunsModel::plotted_changed, this, &RunsDisplay::overlay);
    connect(&model, &RunsModel::renamed, &session_, &ExperimentSession::rename);
    connect(&runs_, &RunsPanel::run_selected, &session_, &ExperimentSession::select);
    connect(
        &curves_, &CurvesPanel::hide_requested, this, [this](RunId run) { overlay(run, false); });
    connect(&curves_, &CurvesPanel::view_changed, this, &RunsDisplay::read_circuits);
    connect(&dynamics_, &DynamicsReader::changed, this, &RunsDisplay::show_circuits);
    connect(&scores_, &ItemScores::changed, this, [this] { curves_.set_runs(plotted_runs()); });
    connect(&scores_, &ItemScores::grown, &curves_, &CurvesPanel::refresh);
    connect(&scores_, &ItemScores::failed, this, &RunsDisplay::failed);
}

void RunsDisplay::set_theme(const Theme& theme)
{
    theme_ = theme;
    curves_.set_theme(theme);
    runs_.set_theme(theme);
    show_runs();
    show_curves();
}

std::vector<RunRow> RunsDisplay::rows() const
{
    std::vector<RunRow> rows;
    for (const RunHistory& run : session_.runs()) {
        RunRow row{ run.summary, color_of(run.summary.id),
            thinned(run.curves->metric(), sparkline_points), overlaid_.contains(run.summary.id),
            run.config.discover_every };
        row.measure = run.curves->metric_measure().name;
        if (session_.live_run() == run.summary.id) {
            row.summary.state = session_.paused() ? RunState::paused : RunState::running;
            row.time_left = session_.time_left();
        }
        row.elsewhere = session_.trained_elsewhere(run.summary.id);
        rows.push_back(std::move(row));
    }
    for (const QueuedRun& waiting : session_.waiting())
        rows.push_back(row_of(waiting, waiting.goes_on ? session_.run(*waiting.goes_on) : nullptr));
    return rows;
}

void RunsDisplay::show_runs()
{
    runs_.show_rows(rows(), id_of(session_.current()));
}

void RunsDisplay::show_curves()
{
    curves_.set_runs(plotted_runs());
    read_circuits();
}

void RunsDisplay::leave_file()
{
    overlaid_.clear();
    dynamics_.forget();
    scores_.forget();
    told_.clear();
    curves_.set_view({});
}

void RunsDisplay::show_records()
{
    curves_.refresh();
    read_circuits();
}

void RunsDisplay::read_circuits()
{
    const std::vector<const RunHistory*> shown = shown_runs();
    if (curves_.wants_circuits())
        for (const RunHistory* run : shown)
            dynamics_.want(session_.file(), *run);
    // Of a run that is not shown now, what was read stays, as long as any scores are plotted.
    const std::vector<std::string> items = curves_.wanted_items();
    for (const RunHistory& run : session_.runs())
        if (items.empty() || std::ranges::find(shown, &run) != shown.end())
            scores_.want(session_.file(), run, items);
}

std::vector<std::string> RunsDisplay::items_of(const GraphChoice& selection) const
{
    std::vector<std::string> items;
    if (const RunHistory* run = session_.current()) {
        const Components components(*run->graph);
        const auto parts = inspected_subject(selection, *run->graph, components).parts;
        for (std::size_t i = 0; i < std::min(parts.size(), most_items); ++i)
            items.push_back(parts[i].name.toStdString());
    }
    return items;
}

void RunsDisplay::show_circuits()
{
    if (!curves_.wants_circuits())
        return;
    curves_.set_runs(plotted_runs());
    for (const PlottedRun& run : curves_.runs()) {
        const RunHistory* history = session_.run(run.run);
        const QString failure = history ? dynamics_.known(history->graph).failure : QString();
        if (!failure.isEmpty() && told_.insert(run.run).second)
            Q_EMIT failed(failure);
    }
}

void RunsDisplay::show_current()
{
    show_curves();
    runs_.select(id_of(session_.current()));
}

void RunsDisplay::overlay(RunId run, bool overlaid)
{
    if (overlaid)
        overlaid_.insert(run);
    else
        overlaid_.erase(run);
    show_curves();
    Q_EMIT overlays_changed();
}

QColor RunsDisplay::color_of(RunId run) const
{
    // By the run's number in the file, so that deleting one does not recolour the others.
    return series_color(static_cast<int>(run.value - 1), theme_);
}

std::vector<const RunHistory*> RunsDisplay::shown_runs() const
{
    std::vector<const RunHistory*> shown;
    const RunHistory* current = session_.current();
    if (current)
        shown.push_back(current);
    for (const RunHistory& run : session_.runs())
        if (&run != current && overlaid_.contains(run.summary.id))
            shown.push_back(&run);
    return shown;
}

std::vector<PlottedRun> RunsDisplay::plotted_runs() const
{
    const std::vector<const RunHistory*> shown = shown_runs();
    std::vector<PlottedRun> plotted;
    for (const RunHistory* run : shown)
        plotted.push_back({ run->summary.id, QString::fromStdString(run->summary.description.name),
            color_of(run->summary.id), run->summary.description.steps, run->curves,
            dynamics_.known(run->graph).curves, {}, scores_.known(run->graph) });
    find_alike(plotted, shown);
    return plotted;
}

} // namespace circuitloom::ui
