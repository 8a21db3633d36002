#include "ui/dialogs/estimate_panel.h"

#include "core/base/number_text.h"
#include "core/run/sweep_estimate.h"
#include "ui/base/background.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/memory_bar.h"
#include "ui/dialogs/form_sentence.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qsizetype longest_name = 36; ///< letters
constexpr qsizetype most_names = 3; ///< of settings
constexpr int settle = 150; ///< milliseconds without a change

struct Estimates
{
    RunEstimate run;
    std::optional<RunConfig> fitting; ///< where the run does not fit
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

/// Settings as `--set` takes them, as a dialog says them.
QString setting_texts(const std::vector<std::string>& changes)
{
    QStringList words;
    for (const std::string& change : changes) {
        const auto equals = change.find('=');
        words.append(QStringLiteral("%1 = %2").arg(setting_title(change.substr(0, equals)),
            QString::fromStdString(change.substr(equals + 1))));
    }
    return words.join(QStringLiteral(", "));
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
    , memory_(dim_label(this))
    , bar_(new MemoryBar(this))
    , fits_(dim_label(this))
    , fit_(new QPushButton(tr("Use settings that fit"), this))
    , time_(dim_label(this))
    , file_(dim_label(this))
{
    auto* heading = new QLabel(tr("WHAT IT TAKES"), this);
    heading->setProperty("heading", true);
    memory_->setObjectName(QStringLiteral("memoryEstimate"));
    time_->setObjectName(QStringLiteral("timeEstimate"));
    file_->setObjectName(QStringLiteral("fileEstimate"));
    fits_->setObjectName(QStringLiteral("fitsEstimate"));
    fit_->setObjectName(QStringLiteral("fitRun"));
    fit_->setAutoDefault(false);
    connect(fit_, &QPushButton::clicked, this, [this] { Q_EMIT fit_requested(fitting_); });
    for (QWidget* part : std::initializer_list<QWidget*>{ bar_, fits_, fit_ })
        part->hide();
    auto* memory = new QVBoxLayout;
    memory->setSpacing(4);
    memory->addWidget(memory_);
    memory->addWidget(bar_);
    memory->addWidget(fits_);
    memory->addWidget(fit_, 0, Qt::AlignLeft);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Memory"), memory);
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

void EstimatePanel::set_devices(const Devices& devices)
{
    devices_ = devices;
    soon_.start();
}

const ComputeDevice* EstimatePanel::device() const
{
    return devices_ ? device_named(*devices_, run_.device) : nullptr;
}

void EstimatePanel::show_memory(const RunEstimate& run)
{
    const std::int64_t first = run.first_memory.total();
    const std::int64_t most = run.memory.total();
    memory_->setText((first < most ? tr("about %1, and up to %2 once its circuits opened all of the "
                                        "blocks; the model has %3 parameters")
                                         .arg(size_text(first), size_text(most))
                                   : tr("about %1 beside the program; the model has %2 parameters")
                                         .arg(size_text(most)))
                         .arg(count_text(run.parameters)));
    const ComputeDevice* on = device();
    bar_->show_memory(run.first_memory, run.memory, on ? on->free : 0);
    bar_->show();
    fits_->setVisible(on != nullptr);
    if (on) {
        const QString name = QString::fromStdString(on->what);
        const QString free = size_text(on->free);
        if (first > on->free)
            fits_->setText(tr("%1 has %2 free: the run does not fit.").arg(name, free)
                + (fitting_.empty() ? tr(" No smaller batch makes it fit.")
                                    : tr(" It would with %1.").arg(setting_texts(fitting_))));
        else if (most > on->free)
            fits_->setText(tr("%1 has %2 free, which may become too little.").arg(name, free));
        else
            fits_->setText(tr("%1 has %2 free.").arg(name, free));
    }
    fit_->setVisible(on && first > on->free && !fitting_.empty());
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
        for (QWidget* part : std::initializer_list<QWidget*>{ bar_, fits_, fit_ })
            part->hide();
        file_->setText(memory_->text());
        return;
    }
    const int ticket = ++awaited_;
    in_background(
        this,
        [config = sweep_.size() == 1 ? sweep_.front() : run_, sweep = sweep_, model = *model_,
            task = task_, free = device() ? device()->free : 0,
            card = device() && !device()->capability.empty()] {
            Estimates all{ estimate_run(config, model, task), {},
                estimate_sweep(sweep, model, task), sweep.size() };
            if (free > 0 && all.run.first_memory.total() > free)
                all.fitting = fitting_run(config, model, task, free, card);
            return all;
        },
        [this, ticket](const Estimates& of) {
            if (ticket != awaited_)
                return;
            const RunEstimate& run = of.run;
            fitting_.clear();
            if (of.fitting)
                fitting_ = changed_settings(run_, *of.fitting);
            show_memory(run);
            if (of.runs > 1)
                memory_->setText(tr("about %1 at the most; the model has %2 parameters")
                                     .arg(size_text(of.sweep.memory), count_text(run.parameters)));
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
            bar_->hide();
            file_->clear();
        });
}

} // namespace circuitloom::ui
