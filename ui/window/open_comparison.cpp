#include "ui/window/open_comparison.h"

#include "core/run/imported_run.h"
#include "ui/compare/comparison_dialog.h"
#include "ui/export/sweep_picture.h"
#include "ui/runs/runs_panel.h"
#include "ui/session/experiment_session.h"

#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int interval = 400; // milliseconds: a run in training has news all the time

} // namespace

OpenComparison::OpenComparison(QWidget& window, ExperimentSession& session, const RunsPanel& runs)
    : window_(window)
    , session_(session)
    , runs_(runs)
{
    soon_.setSingleShot(true);
    soon_.setInterval(interval);
    connect(&soon_, &QTimer::timeout, this, &OpenComparison::follow);
}

void OpenComparison::show()
{
    if (!dialog_)
        open();
    follow();
    dialog_->show();
    dialog_->raise();
    dialog_->activateWindow();
}

void OpenComparison::open()
{
    dialog_ = new ComparisonDialog(&window_);
    dialog_->setAttribute(Qt::WA_DeleteOnClose);
    dialog_->set_theme(theme_);
    connect(dialog_, &ComparisonDialog::run_chosen, &session_, &ExperimentSession::select);
    connect(dialog_, &ComparisonDialog::sweep_picture_requested, this,
        [this](const SweepChart& chart) { ask_for_sweep_picture(*dialog_, chart, theme_); });
}

void OpenComparison::set_theme(const Theme& theme)
{
    theme_ = theme;
    if (dialog_)
        dialog_->set_theme(theme);
}

void OpenComparison::follow_soon()
{
    if (dialog_ && !soon_.isActive())
        soon_.start();
}

void OpenComparison::follow()
{
    if (!dialog_)
        return;
    std::vector<ComparedRun> compared;
    for (const RunRow& row : runs_.rows()) {
        const RunHistory* run = row.ticket == 0 ? session_.run(row.summary.id) : nullptr;
        if (run)
            compared.push_back(
                { row.summary, row.color, run->curves, seconds_per_step(*run), run->config,
                    run == session_.current(), known_config(row.summary.description).has_value() });
    }
    dialog_->show_runs(compared);
}

} // namespace circuitloom::ui
