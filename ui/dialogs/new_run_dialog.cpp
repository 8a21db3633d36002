#include "ui/dialogs/new_run_dialog.h"

#include "core/run/runs_made.h"
#include "ui/base/tip_text.h"
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/command_panel.h"
#include "ui/dialogs/estimate_panel.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/model_box.h"
#include "ui/dialogs/preview_panel.h"
#include "ui/dialogs/recent_choices.h"
#include "ui/dialogs/setting_use.h"
#include "ui/dialogs/settings_form.h"
#include "ui/dialogs/sweep_box.h"
#include "ui/dialogs/task_box.h"
#include "ui/runs/presets.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <initializer_list>

namespace circuitloom::ui {

namespace {

constexpr int side_width = 370;
constexpr int least_side_width = 180;

QScrollArea* scrolled(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

NewRunDialog::NewRunDialog(QWidget* parent)
    : QDialog(parent)
    , draft_(preset(preset_choices().front().name))
{
    for (const PresetChoice& choice : preset_choices())
        origins_.push_back({ choice.title, choice.sentence, preset(choice.name) });
    build();
    begin_from_row(0);

    const auto set = [this](const std::string& setting) {
        return [this, setting](const std::string& text) { change(setting, text); };
    };
    connect(origin_box_, &QComboBox::currentIndexChanged, this, &NewRunDialog::begin_from_row);
    connect(model_, &ModelBox::model_chosen, this, &NewRunDialog::use_model);
    connect(model_, &ModelBox::model_read, this, &NewRunDialog::show_draft);
    connect(task_, &TaskBox::task_chosen, this, &NewRunDialog::use_task);
    connect(held_out_, &TaskBox::task_chosen, this, set("task.held_out"));
    connect(settings_, &SettingsForm::edited, this,
        [this](const std::string& setting, const QString& text) {
            change(setting, text.toStdString());
        });
    connect(settings_, &SettingsForm::reset_requested, this, [this](const std::string& setting) {
        draft_.reset(setting);
        show_draft();
    });
    connect(capabilities_, &CapabilityList::edited, this,
        [this](const std::vector<SuiteReference>& suites) {
            draft_.set_capabilities(suites);
            show_draft();
        });
    connect(sweep_, &SweepBox::edited, this, &NewRunDialog::show_draft);
    connect(preview_, &PreviewPanel::task_read, this, &NewRunDialog::show_draft);
    connect(estimate_, &EstimatePanel::graph_read, this, &NewRunDialog::show_draft);
    connect(estimate_, &EstimatePanel::fit_requested, this,
        [this](const std::vector<std::string>& changes) {
            for (const std::string& change : changes) {
                const auto equals = change.find('=');
                draft_.set(change.substr(0, equals), change.substr(equals + 1));
            }
            show_draft();
        });
}

// On the left what the run is, on the right what follows from it.
void NewRunDialog::build()
{
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(tr("New run"));
    auto* halves = new QHBoxLayout;
    halves->setSpacing(16);
    halves->addWidget(scrolled(run_form(), this), 3);
    QScrollArea* right = scrolled(side(), this);
    right->setMinimumWidth(least_side_width); // on a small screen it scrolls sideways
    right->setMaximumWidth(side_width + 14); // and the scroll bar
    halves->addWidget(right, 2); // all of its width, where the dialog has its own
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setProperty("error", true);
    warning_ = new QLabel(this);
    warning_->setObjectName(QStringLiteral("warning"));
    // Room for two lines at all times: nothing moves when there is something to say.
    auto* sayings = new QWidget(this);
    sayings->setMinimumHeight(2 * problem_->fontMetrics().lineSpacing() + 4);
    auto* said = new QVBoxLayout(sayings);
    said->setContentsMargins(0, 0, 0, 0);
    for (QLabel* label : { problem_, warning_ }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        said->addWidget(label);
    }

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    start_ = new QPushButton(tr("Start"), this);
    start_->setObjectName(QStringLiteral("startRun"));
    start_->setProperty("primary", true);
    start_->setDefault(true);
    connect(start_, &QPushButton::clicked, this, &NewRunDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(10);
    bottom->addWidget(sayings, 1);
    bottom->addWidget(cancel);
    bottom->addWidget(start_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    column->addLayout(halves, 1);
    column->addLayout(bottom);
    resize(1120, 740);
}

void NewRunDialog::add_row(QFormLayout& form, const QString& text, QWidget* field)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    label->setFixedWidth(form_label_width);
    label->setContentsMargins(0, 6, 0, 0); // level with the field's text
    form.addRow(label, field);
}

QWidget* NewRunDialog::run_form()
{
    auto* content = new QWidget(this);
    auto* origin = new QWidget(content);
    origin_box_ = choice_box("preset", origin);
    for (const Origin& one : origins_)
        origin_box_->addItem(one.title);
    origin_sentence_ = dim_label(origin);
    lay_out_choice(*origin, origin_box_, {}, origin_sentence_);
    model_ = new ModelBox(content);
    task_ = new TaskBox("task", built_in_task_choices(), content);
    held_out_ = new TaskBox("heldOut", held_out_task_choices(), content);
    capabilities_ = new CapabilityList(content);
    left_out_ = dim_label(content);
    left_out_->setObjectName(QStringLiteral("leftOut"));
    sweep_ = new SweepBox(content);
    settings_ = new SettingsForm(draft_, content);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    add_row(*form, tr("Start &from"), origin);
    add_row(*form, tr("&Model"), model_);
    add_row(*form, tr("&Task"), task_);
    add_row(*form, tr("&Held-out task"), held_out_);
    add_row(*form, tr("Ca&pabilities"), capabilities_);
    add_row(*form, tr("Se&veral runs"), sweep_);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(10);
    column->addLayout(form);
    column->addWidget(left_out_);
    column->addWidget(settings_, 1); // what is left over is below its fields, not between the others
    return content;
}

QWidget* NewRunDialog::side()
{
    auto* content = new QWidget(this);
    content->setFixedWidth(side_width);
    preview_ = new PreviewPanel(content);
    estimate_ = new EstimatePanel(content);
    command_ = new CommandPanel(content);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(18);
    for (QWidget* part : std::initializer_list<QWidget*>{ preview_, estimate_, command_ }) {
        column->addWidget(part);
    }
    column->addStretch();
    return content;
}

void NewRunDialog::begin_from_preset(const std::string& name)
{
    const std::vector<PresetChoice> choices = preset_choices();
    const auto found = std::find_if(choices.begin(), choices.end(),
        [&](const PresetChoice& choice) { return choice.name == name; });
    if (found != choices.end())
        origin_box_->setCurrentIndex(static_cast<int>(found - choices.begin()));
}

void NewRunDialog::begin_from_run(const QString& name, const RunConfig& config)
{
    origins_.push_back(
        { tr("Run “%1”").arg(name), tr("The same again, with what you change."), config });
    origin_box_->addItem(origins_.back().title);
    origin_box_->setCurrentIndex(origin_box_->count() - 1);
}

void NewRunDialog::set_timed_runs(std::vector<TimedRun> timed)
{
    estimate_->set_timed_runs(std::move(timed));
    show_draft();
}

void NewRunDialog::set_devices(const Devices& devices)
{
    estimate_->set_devices(devices);
}

void NewRunDialog::set_runs_there(std::vector<RunSummary> runs)
{
    there_ = std::move(runs);
    show_draft();
}

void NewRunDialog::set_queued(bool queued)
{
    queued_ = queued;
    show_start();
}

void NewRunDialog::show_start()
{
    if (to_make_.size() < 2)
        start_->setText(queued_ ? tr("Add to the queue") : tr("Start"));
    else
        start_->setText((queued_ ? tr("Add %1 runs to the queue") : tr("Start %1 runs"))
                            .arg(to_make_.size()));
}

void NewRunDialog::use_model(const std::string& model)
{
    change("model", model);
}

void NewRunDialog::use_task(const std::string& source)
{
    // Its held-out examples come with it.
    draft_.reset("task.held_out");
    change("task.train", source);
}

void NewRunDialog::begin_from_row(int row)
{
    const Origin& origin = origins_[static_cast<std::size_t>(row)];
    origin_sentence_->setText(origin.sentence);
    draft_.begin_from(origin.config);
    show_draft();
}

void NewRunDialog::change(const std::string& setting, const std::string& text)
{
    draft_.set(setting, text);
    show_draft();
}

QString NewRunDialog::problem() const
{
    if (!model_->chosen().unusable.isEmpty())
        return model_->chosen().unusable;
    if (!draft_.problems().empty())
        return form_sentence(draft_.problems().begin()->second);
    for (const QString& too_many :
        { too_many_edges("circuit.top_n"), too_many_edges("circuit.top_n_start") })
        if (!too_many.isEmpty())
            return too_many;
    if (!preview_->task_problem().isEmpty())
        return preview_->task_problem();
    if (const QString swept = plan_.first_problem(); !swept.isEmpty())
        return swept;
    return sweep_->is_used() && to_make_.empty()
        ? tr("All runs of this sweep are in the file already.")
        : QString();
}

QString NewRunDialog::too_many_edges(const std::string& setting) const
{
    const RunConfig& run = draft_.config();
    const int edges = setting == "circuit.top_n" ? run.selection.n : run.top_n_start;
    const std::optional<std::int64_t> all = estimate_->graph_edges();
    const bool swept = std::ranges::any_of(plan_.axes,
        [&](const SweepAxis& axis) { return axis.setting == setting; });
    if (swept || !all || edges <= *all || !why_unused(setting, run).isEmpty())
        return {};
    return tr("“%1” is %2, but the graph of this model has %3 edges; choose at most that many.")
        .arg(setting_title(setting))
        .arg(edges)
        .arg(*all);
}

QString NewRunDialog::warning() const
{
    const RunConfig& run = draft_.config();
    const std::optional<int> steps = planned_steps(run, preview_->task_size());
    if (!steps || run.warm_up < *steps)
        return {};
    return tr(
        "“%1” is %2 and the run has %3 steps: all of it is warm-up, and the learning rate stays "
        "below what is set. Choose a shorter warm-up, or 0 for none.")
        .arg(setting_title("optimizer.warm_up"))
        .arg(run.warm_up)
        .arg(*steps);
}

void NewRunDialog::accept()
{
    if (!problem().isEmpty())
        return;
    const QString model = QString::fromStdString(config().model);
    remember_choice(RecentKind::model, model);
    if (sweep_->is_used())
        Q_EMIT sweep_requested(to_make_);
    else
        Q_EMIT start_requested(config());
    QDialog::accept();
}

void NewRunDialog::reject()
{
    if (!draft_.changed() && !sweep_->is_used()) {
        QDialog::reject();
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Question, tr("New run"),
        tr("Close without starting this run? What you have changed in the form is lost."),
        QMessageBox::NoButton, this);
    question->setObjectName(QStringLiteral("discardQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* discard = question->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton* keep = question->addButton(tr("Keep editing"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    question->open();
}

void NewRunDialog::show_draft()
{
    const RunConfig& run = draft_.config();
    model_->choose(run.model);
    task_->choose(run.task);
    held_out_->choose(run.held_out_task);
    capabilities_->show_suites(run.capabilities);
    settings_->show_draft(draft_);
    RunConfig fitted = draft_.fitted_base();
    if (fitted.held_out_task.empty()) // until others are chosen
        fitted.held_out_task = run.held_out_task;
    left_out_->setText(left_out(draft_.base(), fitted));
    left_out_->setVisible(!left_out_->text().isEmpty());
    preview_->show_run(run);
    estimate_->show_run(run, model_->chosen().config, preview_->task_size());
    plan();
    if (!to_make_.empty())
        estimate_->show_sweep(to_make_);
    command_->show_run(run, plan_.axes, sweep_->seeds());
    show_start();
    show_problem();
}

void NewRunDialog::plan()
{
    const RunConfig& run = draft_.config();
    plan_ = plan_sweep(run, sweep_->swept(), sweep_->seeds(), estimate_->graph_edges());
    to_make_.clear();
    if (sweep_->is_used()) {
        const auto made = runs_made(plan_.runs, there_);
        for (std::size_t i = 0; i < plan_.runs.size(); ++i)
            if (!made[i] || made[i]->state != RunState::finished)
                to_make_.push_back(plan_.runs[i]);
    }
    sweep_->show_plan(plan_, run, plan_.runs.size() - (sweep_->is_used() ? to_make_.size() : 1));
}

void NewRunDialog::show_problem()
{
    for (const char* setting : { "circuit.top_n", "circuit.top_n_start" })
        if (!draft_.problems().contains(setting))
            settings_->show_problem(setting, too_many_edges(setting));
    const QString wrong = problem();
    problem_->setText(wrong);
    problem_->setVisible(!wrong.isEmpty());
    warning_->setText(wrong.isEmpty() ? warning() : QString());
    warning_->setVisible(!warning_->text().isEmpty());
    start_->setEnabled(wrong.isEmpty());
    start_->setToolTip(tip_text(wrong));
}

} // namespace circuitloom::ui
