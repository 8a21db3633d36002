#include "ui/dialogs/estimate_panel.h"

#include "core/base/number_text.h"
#include "core/run/sweep_estimate.h"
#include "ui/base/background.h"
#include "ui/base/counted_text.h"
#include "ui/base/device_text.h"
#include "ui/base/size_text.h"
#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/memory_estimate.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>
#include <cstddef>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype longest_name = 36; ///< letters
constexpr qsizetype most_names = 3; ///< of settings
constexpr int settle = 150; ///< milliseconds without a change

struct Estimates
{
    RunEstimate run; ///< of all processes that share it on one device
    int together = 1; ///< how many these are
    std::vector<std::string> fitting; ///< settings with which it would fit, where it does not
    std::optional<ComputeDevice> device; ///< that it computes on
    SweepEstimate sweep;
    std::size_t runs = 1; ///< of a sweep, more
};

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
    if (time->differing.empty())
        return duration_text(time->seconds) + EstimatePanel::tr(", at the speed of “%1”").arg(run);
    QStringList names;
    for (const std::string& name : time->differing)
        names << QString::fromStdString(name);
    const qsizetype more = names.size() - most_names;
    QString list = names.mid(0, most_names).join(QStringLiteral(", "));
    if (more > 0)
        list = EstimatePanel::tr("%1 and %2 more").arg(list).arg(more);
    return duration_text(time->seconds)
        + EstimatePanel::tr(", only roughly: from the speed of “%1”, which differs in %2")
              .arg(run, list);
}

} // namespace

EstimatePanel::EstimatePanel(QWidget* parent)
    : QWidget(parent)
    , memory_(new MemoryEstimate(this))
    , time_(dim_label(this))
    , file_(dim_label(this))
{
    auto* heading = new QLabel(tr("WHAT IT TAKES"), this);
    heading->setProperty("heading", true);
    time_->setObjectName(QStringLiteral("timeEstimate"));
    file_->setObjectName(QStringLiteral("fileEstimate"));
    connect(memory_, &MemoryEstimate::fit_requested, this, &EstimatePanel::fit_requested);
    // A form would give wrapped texts in a column less height than they need.
    auto* rows = new QGridLayout;
    rows->setHorizontalSpacing(12);
    rows->setVerticalSpacing(4);
    rows->setColumnStretch(1, 1);
    const auto add_row = [this, rows](const QString& name, QWidget* texts) {
        auto* label = new QLabel(name, this);
        label->setBuddy(texts);
        rows->addWidget(label, rows->rowCount(), 0, Qt::AlignTop);
        rows->addWidget(texts, rows->rowCount() - 1, 1);
    };
    add_row(tr("Memory"), memory_);
    add_row(tr("Time"), time_);
    add_row(tr("File"), file_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(heading);
    column->addLayout(rows);
    soon_.setSingleShot(true);
    soon_.setInterval(settle);
    connect(&soon_, &QTimer::timeout, this, &EstimatePanel::work_out);
}

void EstimatePanel::show_run(
    const RunConfig& config, const std::optional<ModelConfig>& model, const TaskSize& task)
{
    if (config.model != run_.model || config.graph != run_.graph || !model)
        edges_.reset();
    run_ = config;
    model_ = model;
    task_ = task;
    show_sweep({});
}

void EstimatePanel::show_nothing(const QString& why)
{
    ++awaited_;
    soon_.stop();
    edges_.reset();
    memory_->show_problem(why);
    time_->setText(why);
    file_->setText(why);
}

void EstimatePanel::show_sweep(std::vector<RunConfig> runs)
{
    sweep_ = std::move(runs);
    ++awaited_; // what is being worked out is of others
    memory_->withdraw_offer();
    show_time();
    soon_.start();
}

void EstimatePanel::set_devices(const std::optional<Devices>& devices)
{
    devices_ = devices;
    memory_->setToolTip(devices ? tip_text(devices_text(*devices)) : QString());
    ++awaited_;
    soon_.start();
}

const RunConfig& EstimatePanel::one_run() const
{
    return sweep_.size() == 1 ? sweep_.front() : run_;
}

RunConfig EstimatePanel::run_on(const ComputeDevice* device) const
{
    RunConfig run = one_run();
    if (device)
        run.device = device->capability.empty() ? "cpu" : "cuda";
    return run;
}

void EstimatePanel::show_time()
{
    const std::optional<int> steps = planned_steps(one_run(), task_);
    if (!steps)
        time_->setText(tr("not known before the task was read"));
    else if (sweep_.size() < 2)
        time_->setText(time_text(estimate_time(one_run(), *steps, timed_)));
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
        const QString why = tr("not known: the model cannot be read");
        memory_->show_problem(why);
        file_->setText(why);
        return;
    }
    const int ticket = ++awaited_;
    const ComputeDevice* device = devices_ ? device_named(*devices_, one_run().device) : nullptr;
    const int cards = devices_ ? static_cast<int>(devices_->all.size()) - 1 : 0;
    const int together = processes_on_device(one_run().device, processes_, cards);
    in_background(
        this,
        [config = run_on(device), sweep = sweep_, model = *model_, task = task_,
            on = device ? std::optional(*device) : std::nullopt, processes = processes_, together] {
            Estimates all{ held_together(estimate_run(config, model, task, processes), together),
                together, {}, on, estimate_sweep(sweep, model, task),
                std::max<std::size_t>(1, sweep.size()) };
            if (on && memory_fit(all.run, on->free) == MemoryFit::none)
                if (const auto fitting = fitting_run(config, model, task, on->free / together,
                        !on->capability.empty(), processes))
                    all.fitting = changed_settings(config, *fitting);
            return all;
        },
        [this, ticket](const Estimates& of) {
            if (ticket != awaited_)
                return;
            const RunEstimate& run = of.run;
            if (of.runs > 1)
                memory_->show_sweep(of.sweep.memory, run.parameters, of.device);
            else
                memory_->show_run(run, of.device, of.fitting, sweep_.empty(), of.together);
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
            memory_->show_problem(problem);
            file_->clear();
        });
}

} // namespace circuitloom::ui
