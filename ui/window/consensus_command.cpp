#include "ui/window/consensus_command.h"

#include "core/base/number_text.h"
#include "ui/base/counted_text.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/remote_commands.h"
#include "ui/window/runs_display.h"

#include <QAction>
#include <QInputDialog>

#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int usual_percent = 50;

} // namespace

ConsensusCommand::ConsensusCommand(QWidget& window, ExperimentSession& session,
    RemoteCommands& remote, const RunsDisplay& runs, QAction& action, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , remote_(remote)
    , runs_(runs)
    , action_(action)
    , tip_(action.toolTip())
    , banner_(banner)
{
    connect(&action_, &QAction::triggered, this, &ConsensusCommand::ask);
    connect(&session_, &ExperimentSession::runs_changed, this, &ConsensusCommand::show_state);
    connect(
        &session_, &ExperimentSession::current_run_changed, this, &ConsensusCommand::show_state);
    connect(&remote.remote(), &RemoteFile::status_changed, this, &ConsensusCommand::show_state);
    show_state();
}

void ConsensusCommand::show_state()
{
    const bool another_machines = session_.current() && !remote_.takes_runs();
    action_.setEnabled(session_.current() && !busy_ && !another_machines);
    action_.setToolTip(
        another_machines ? tr(
            "The open file is another machine's and takes no runs of this one. Save a copy: that "
            "takes them.")
                         : tip_);
}

void ConsensusCommand::ask()
{
    std::vector<RunId> runs;
    for (const PlottedRun& run : runs_.plotted_runs())
        runs.push_back(run.run);
    if (runs.empty() || busy_)
        return;
    auto* question = new QInputDialog(&window_);
    question->setObjectName(QStringLiteral("consensusShare"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Consensus circuit"));
    question->setLabelText(runs.size() == 1
            ? tr("An edge is in it where this percentage of the run's circuits have it:")
            : tr("An edge is in it where this percentage of the %1 runs' last circuits have it:")
                  .arg(runs.size()));
    question->setInputMode(QInputDialog::IntInput);
    question->setIntRange(1, 100);
    question->setIntValue(usual_percent);
    connect(question, &QInputDialog::intValueSelected, this,
        // What was asked about, whatever is shown by then.
        [this, file = session_.file(), runs](int percent) { begin(file, runs, percent / 100.0); });
    question->open();
}

void ConsensusCommand::begin(const QString& file, const std::vector<RunId>& runs, double share)
{
    if (std::exchange(busy_, true))
        return;
    banner_.hide();
    show_state();
    background_.run(
        this,
        [path = path_of(file), runs, share] { return write_consensus(path, runs, share); },
        [this, file](const ConsensusRun& made) { take(file, made); },
        [this](const QString& sentence) {
            busy_ = false;
            show_state();
            banner_.show_error(sentence);
        });
}

void ConsensusCommand::take(const QString& file, const ConsensusRun& made)
{
    busy_ = false;
    show_state();
    session_.select_once_read(file, made.run);
    const auto edges = static_cast<std::int64_t>(made.found.edges.size());
    banner_.show_notice(
        tr("In at least %1 of %2: %3. Random circuits would agree on %4.")
            .arg(QString::number(made.found.needed), circuits_text(made.found.circuits),
                edges_text(edges), QString::fromStdString(fixed(made.found.by_chance, 2))));
}

} // namespace circuitloom::ui
