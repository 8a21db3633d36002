#include "ui/window/consensus_command.h"

#include "core/base/number_text.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
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
    const RunsDisplay& runs, QAction& action, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , runs_(runs)
    , action_(action)
    , banner_(banner)
{
    connect(&action_, &QAction::triggered, this, &ConsensusCommand::ask);
    connect(&session_, &ExperimentSession::runs_changed, this, &ConsensusCommand::select_made);
    connect(&session_, &ExperimentSession::runs_changed, this, &ConsensusCommand::show_state);
    connect(
        &session_, &ExperimentSession::current_run_changed, this, &ConsensusCommand::show_state);
    show_state();
}

void ConsensusCommand::show_state()
{
    action_.setEnabled(session_.current() && !busy_);
}

void ConsensusCommand::ask()
{
    const std::size_t runs = runs_.plotted_runs().size();
    if (runs == 0 || busy_)
        return;
    auto* question = new QInputDialog(&window_);
    question->setObjectName(QStringLiteral("consensusShare"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Consensus circuit"));
    question->setLabelText(runs == 1
            ? tr("An edge is in it where this percentage of the run's circuits have it:")
            : tr("An edge is in it where this percentage of the %1 runs' last circuits have it:")
                  .arg(runs));
    question->setInputMode(QInputDialog::IntInput);
    question->setIntRange(1, 100);
    question->setIntValue(usual_percent);
    connect(question, &QInputDialog::intValueSelected, this,
        [this](int percent) { begin(percent / 100.0); });
    question->open();
}

void ConsensusCommand::begin(double share)
{
    std::vector<RunId> runs;
    for (const PlottedRun& run : runs_.plotted_runs())
        runs.push_back(run.run);
    if (runs.empty() || std::exchange(busy_, true))
        return;
    banner_.hide();
    show_state();
    background_.run(
        this,
        [file = path_of(session_.file()), runs, share] {
            return write_consensus(file, runs, share);
        },
        [this, file = session_.file()](const ConsensusRun& made) { take(file, made); },
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
    to_select_ = Place{ file, made.run };
    select_made();
    banner_.show_notice(
        tr("%1 edges are in at least %2 of %3 circuits; random circuits would agree on %4.")
            .arg(made.found.edges.size())
            .arg(made.found.needed)
            .arg(made.found.circuits)
            .arg(QString::fromStdString(fixed(made.found.by_chance, 2))));
}

void ConsensusCommand::select_made()
{
    if (!to_select_)
        return;
    if (session_.file() != to_select_->file)
        to_select_.reset(); // Another experiment was opened meanwhile.
    else if (session_.run(to_select_->run))
        session_.select(std::exchange(to_select_, std::nullopt)->run);
}

} // namespace circuitloom::ui
