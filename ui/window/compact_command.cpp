#include "ui/window/compact_command.h"

#include "core/base/number_text.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"

#include <QAction>
#include <QFileInfo>
#include <QMessageBox>
#include <QProgressDialog>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

QString megabytes(std::uintmax_t bytes)
{
    return CompactCommand::tr("%1 MB").arg(
        QString::fromStdString(fixed(static_cast<double>(bytes) / 1e6, 1)));
}

} // namespace

CompactCommand::CompactCommand(
    QWidget& window, ExperimentSession& session, QAction& action, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , action_(action)
    , banner_(banner)
{
    connect(&action_, &QAction::triggered, this, &CompactCommand::ask);
    connect(&session_, &ExperimentSession::file_changed, this, &CompactCommand::show_state);
    connect(&session_, &ExperimentSession::runs_changed, this, &CompactCommand::show_state);
    connect(&session_, &ExperimentSession::training_changed, this, &CompactCommand::show_state);
    connect(&session_, &ExperimentSession::compacted, this, &CompactCommand::tell);
    connect(&session_, &ExperimentSession::not_compacted, this, [this](const QString& why) {
        delete progress_;
        if (!why.isEmpty())
            banner_.show_error(why);
    });
    show_state();
}

void CompactCommand::show_state()
{
    const auto& runs = session_.runs();
    const bool growing = session_.training()
        || std::ranges::any_of(
            runs, [this](const RunHistory& run) { return session_.is_growing(run.summary.id); });
    action_.setEnabled(!session_.file().isEmpty() && !growing);
}

void CompactCommand::ask()
{
    QMessageBox question(QMessageBox::Question, tr("Compact the file"),
        tr("Remove unused space from this file?"),
        QMessageBox::Yes | QMessageBox::Cancel, &window_);
    question.setInformativeText(
        tr("Deleted runs cannot be brought back afterwards. Of each run the latest and the best "
           "checkpoint stay; finished runs keep no state of the optimizer, so they cannot be "
           "trained on from there."));
    question.button(QMessageBox::Yes)->setText(tr("&Compact"));
    question.setDefaultButton(QMessageBox::Cancel);
    const QString file = session_.file();
    if (question.exec() == QMessageBox::Yes && session_.is_open(file))
        begin();
}

void CompactCommand::begin()
{
    if (!session_.compact()) {
        banner_.show_error(tr("A run is in training; the file can be compacted once it ends."));
        return;
    }
    banner_.hide();
    auto* progress = new QProgressDialog(&window_);
    progress_ = progress;
    progress->setWindowTitle(tr("Compact the file"));
    progress->setLabelText(tr("Writing the file anew…"));
    progress->setWindowModality(Qt::WindowModal);
    progress->setMinimumDuration(300);
    progress->setRange(0, 0); // how far SQLite is cannot be told
    connect(progress, &QProgressDialog::canceled, &session_, &ExperimentSession::stop_compacting);
    progress->setAutoClose(false);
    progress->setAutoReset(false);
    progress->open();
}

void CompactCommand::tell(const Compaction& done)
{
    delete progress_;
    const QString name = session_.unsaved() ? tr("The unsaved experiment")
                                            : QFileInfo(session_.file()).fileName();
    const QString before = megabytes(done.before);
    const QString after = megabytes(done.after);
    QString said = before == after
        ? tr("%1 was compact already: it takes %2.").arg(name, after)
        : tr("%1 takes %2 now, instead of %3.").arg(name, after, before);
    if (done.checkpoints > 0)
        said += u' '
            + tr("%n checkpoint(s) that was/were not needed any more was/were removed.", nullptr,
                static_cast<int>(done.checkpoints));
    banner_.show_notice(said);
}

} // namespace circuitloom::ui
