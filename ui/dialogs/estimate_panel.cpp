#include "ui/dialogs/estimate_panel.h"

#include "core/base/number_text.h"
#include "core/run/sweep_estimate.h"
#include "ui/base/background.h"
#include "ui/dialogs/choice_line.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <cmath>
#include <cstddef>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype longest_name = 36; ///< letters
constexpr int settle = 150; ///< milliseconds without a change

struct Estimates
{
    RunEstimate run;
    SweepEstimate sweep;
    std::size_t runs = 0; ///< of the sweep
};

QString size_text(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

/// Large numbers for reading, as in "135 million".
QString count_text(std::int64_t count)
{
    if (count < 1'000'000)
        return QLocale().toString(static_cast<qlonglong>(count));
    const double millions = static_cast<double>(count) / 1e6;
    return EstimatePanel::tr("%1 million").arg(millions, 0, 'f', millions < 10 ? 1 : 0);
}

/// As in "about 40 s", "about 1 h 20 min".
QString duration_text(double seconds)
{
    return EstimatePanel::tr("about %1").arg(QString::fromStdString(duration(std::ceil(seconds))));
}

QString time_text(const std::optional<TimeEstimate>& time)
{
    if (!time)
        return EstimatePanel::tr("known after the first steps: this file has no run of this model");
    // A word as long as a name may be would not wrap.
    QString run = QString::fromStdString(time->run);
    if (run.size() > longest_name)
        run = run.left(longest_name - 1) + QChar(0x2026);
    return duration_text(time->seconds)
        + (time->alike ? EstimatePanel::tr(", at the speed of “%1”").arg(run)
                       : EstimatePanel::tr(", roughly, from the speed of “%1” with other settings")
                             .arg(run));
}

} // namespace

EstimatePanel::EstimatePanel(QWidget* parent)
    : QWidget(parent)
    , memory_(dim_label(this))
    , time_(dim_label(this))
    , file_(dim_label(this))
{
    auto* heading = new QLabel(tr("WHAT IT TAKES"), this);
    heading->setProperty("heading", true);
    memory_->setObjectName(QStringLiteral("memoryEstimate"));
    time_->setObjectName(QStringLiteral("timeEstimate"));
    file_->setObjectName(QStringLiteral("fileEstimate"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Memory"), memory_);
    form->addRow(tr("Time"), time_);
    form->addRow(tr("File"), file_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(heading);
    column->addLayout(form);
    soon_.setSingleShot(true);
    soon_.setInterval(settle);
    connect(&soon_, &QTimer::timeout, this, &EstimatePanel::work_out);
}

void EstimatePanel::show_run(
    const RunConfig& config, const std::optional<ModelConfig>& model, const TaskSize& task)
{
    if (config.model != run_.model || config.graph != run_.graph || !model) {
        edges_.reset();
        ++awaited_; // what is being worked out is of another graph
    }
    run_ = config;
    model_ = model;
    task_ = task;
    sweep_.clear();
    show_time();
    soon_.start();
}

void EstimatePanel::show_sweep(std::vector<RunConfig> runs)
{
    sweep_ = std::move(runs);
    show_time();
    soon_.start();
}

void EstimatePanel::show_time()
{
    const std::optional<int> steps = planned_steps(run_, task_);
    if (!steps)
        time_->setText(tr("not known before the task was read"));
    else if (sweep_.empty())
        time_->setText(time_text(estimate_time(run_, *steps, timed_)));
    else if (const auto time = estimate_sweep_time(sweep_, task_, timed_))
        time_->setText(tr("%1 for the %2 runs, one after the other")
                           .arg(time_text(time))
                           .arg(sweep_.size()));
    else
        time_->setText(time_text(std::nullopt));
}

void EstimatePanel::work_out()
{
    if (!model_) {
        memory_->setText(tr("not known: the model cannot be read"));
        file_->setText(memory_->text());
        return;
    }
    const int ticket = ++awaited_;
    in_background(
        this,
        [config = run_, sweep = sweep_, model = *model_, task = task_] {
            return Estimates{ estimate_run(sweep.size() == 1 ? sweep.front() : config, model, task),
                estimate_sweep(sweep, model, task),
                sweep.size() };
        },
        [this, ticket](const Estimates& of) {
            if (ticket != awaited_)
                return;
            const RunEstimate& run = of.run;
            const std::int64_t memory = of.runs > 1 ? of.sweep.memory : run.memory.total();
            memory_->setText(tr("about %1 beside the program; the model has %2 parameters")
                                 .arg(size_text(memory), count_text(run.parameters)));
            // Who hears of it may show another run.
            const bool is_news = edges_ != run.edges;
            edges_ = run.edges;
            if (is_news)
                Q_EMIT graph_read();
            if (of.runs > 1) {
                file_->setText(tr("about %1 for the %2 runs with the checkpoints that are left of "
                                  "them, and up to %3 more while one runs")
                                   .arg(size_text(of.sweep.file))
                                   .arg(of.runs)
                                   .arg(size_text(of.sweep.meanwhile)));
                return;
            }
            file_->setText(
                tr("about %1 for %2 circuits in a graph of %3 edges; checkpoints take up to %4 while "
                   "it runs, %5 once it is finished")
                    .arg(size_text(run.file), count_text(run.iterations), count_text(run.edges),
                        size_text(run.checkpoints), size_text(run.finished)));
        },
        [this, ticket](const QString& problem) {
            if (ticket != awaited_)
                return;
            memory_->setText(problem);
            file_->clear();
        });
}

} // namespace circuitloom::ui
