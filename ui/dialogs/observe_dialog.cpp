#include "ui/dialogs/observe_dialog.h"

#include "core/base/error.h"
#include "core/run/observation.h"
#include "ui/base/scrolling.h"
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/discard_question.h"
#include "ui/dialogs/series_preview.h"
#include "ui/dialogs/start_line.h"
#include "ui/dialogs/task_box.h"
#include "ui/dialogs/wheel_guard.h"
#include "ui/theme/text_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <initializer_list>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int most_edges = 1'000'000;
const QString name_of_observed = QStringLiteral("observed");

std::vector<TaskChoice> task_choices()
{
    std::vector<TaskChoice> choices(1);
    choices.front().title = ObserveDialog::tr("Choose a task");
    for (TaskChoice& choice : built_in_task_choices())
        choices.push_back(std::move(choice));
    return choices;
}

} // namespace

ObserveDialog::ObserveDialog(const QString& open_file, QWidget* parent)
    : QDialog(parent)
    , series_(new QLineEdit(this))
    , name_(new QLineEdit(name_of_observed, this))
    , task_(new TaskBox("observedTask", task_choices(), this))
    , held_out_(new TaskBox("observedHeldOut", held_out_task_choices(), this))
    , capabilities_(new CapabilityList(this))
    , edges_(new QSpinBox(this))
    , place_(choice_box("observeInto", this))
    , watch_(new QCheckBox(tr("&Wait for further checkpoints, until the run is stopped"), this))
    , preview_(new SeriesPreview(this))
    , start_(new StartLine(this))
{
    build(open_file);
    connect(preview_, &SeriesPreview::looked, this, &ObserveDialog::take_look);
    connect(series_, &QLineEdit::textChanged, this, [this](const QString& text) {
        preview_->show_series(text.trimmed());
    });
    connect(name_, &QLineEdit::textChanged, this, &ObserveDialog::show_state);
    connect(task_, &TaskBox::task_chosen, this, &ObserveDialog::use_task);
    connect(held_out_, &TaskBox::task_chosen, this, [this](const std::string& source) {
        config_.held_out_task = source;
        show_state();
    });
    connect(capabilities_, &CapabilityList::edited, this,
        [this](const std::vector<SuiteReference>& suites) {
            config_.capabilities = suites;
            show_state();
        });
    connect(edges_, &QSpinBox::valueChanged, this, &ObserveDialog::show_state);
    connect(start_, &StartLine::start_clicked, this, &ObserveDialog::accept);
    connect(start_, &StartLine::cancel_clicked, this, &ObserveDialog::reject);
    show_state();
    series_->setFocus();
}

void ObserveDialog::build(const QString& open_file)
{
    setObjectName(QStringLiteral("observeDialog"));
    setWindowTitle(tr("Observe a series"));
    series_->setObjectName(QStringLiteral("series"));
    series_->setAccessibleName(tr("Series"));
    series_->setPlaceholderText(
        tr("a folder with checkpoint-N, a list (.toml), a model of the hub cache, or circuits"));
    series_->setToolTip(tr("Checkpoints: a folder with checkpoint-N folders, a list in TOML, or "
                           "the id of a model in the hub cache. Circuits: a folder of graph JSON "
                           "(500.json and so on), or log.jsonl"));
    name_->setObjectName(QStringLiteral("observedName"));
    edges_->setObjectName(QStringLiteral("observedEdges"));
    edges_->setRange(1, most_edges);
    edges_->setValue(config_.selection.n);
    usual_name_ = name_->text();
    usual_edges_ = edges_->value();
    install_wheel_guard(*edges_);
    watch_->setObjectName(QStringLiteral("watchSeries"));
    if (!open_file.isEmpty())
        place_->addItem(tr("The open experiment, %1").arg(open_file));
    place_->addItem(tr("A new experiment"));
    start_->set_start_text(tr("Observe"));

    auto* fields = new QWidget;
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 8, 0); // beside the scroll bar of a low screen
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    const auto add = [&](const QString& text, QWidget* field, QWidget* buddy) {
        auto* label = new QLabel(text, this);
        label->setBuddy(buddy);
        label->setFixedWidth(scaled(form_label_width));
        form->addRow(label, field);
    };
    add(tr("&Series"), series_row(), series_);
    add(tr("&Task"), task_, task_->focusProxy());
    add(tr("&Held-out task"), held_out_, held_out_->focusProxy());
    add(tr("Ca&pabilities"), capabilities_, capabilities_->focusProxy());
    add(tr("&Edges"), edges_, edges_);
    add(tr("&Name"), name_, name_);
    add(tr("&Into"), place_, place_);
    form->addRow(QString(), watch_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    column->addWidget(scrolled(fields, this), 3);
    column->addWidget(preview_, 2);
    column->addWidget(start_);
    task_->choose({});
    held_out_->choose({});
    resize(scaled(QSize(760, 680)));
}

QWidget* ObserveDialog::series_row()
{
    auto* row = new QWidget(this);
    QPushButton* folder = choice_button(
        tr("&Folder…"), tr("Choose a folder with checkpoint-N folders, or of circuits"), row);
    QPushButton* list = choice_button(
        tr("&List…"), tr("Choose a list of checkpoints in TOML, or a log of circuits"), row);
    connect(folder, &QPushButton::clicked, this, &ObserveDialog::ask_folder);
    connect(list, &QPushButton::clicked, this, &ObserveDialog::ask_list);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(series_, 1);
    line->addWidget(folder);
    line->addWidget(list);
    return row;
}

void ObserveDialog::ask_folder()
{
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("A folder with checkpoint-N folders, or of circuits"));
    if (!folder.isEmpty())
        use_series(folder);
}

void ObserveDialog::ask_list()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("A list of checkpoints, or a log of circuits"), {},
        tr("Lists of checkpoints, logs of circuits (*.toml *.jsonl);;All files (*)"));
    if (!file.isEmpty())
        use_series(file);
}

void ObserveDialog::use_series(const QString& series)
{
    series_->setText(series);
}

void ObserveDialog::use_task(const std::string& source)
{
    config_.task = source;
    show_state();
}

RunConfig ObserveDialog::chosen() const
{
    ObserveRequest request;
    request.series = series_->text().trimmed().toStdString();
    request.config = config_;
    request.config.name = name_->text().trimmed().toStdString();
    request.config.selection.n = edges_->value();
    return observation_config(request);
}

QString ObserveDialog::problem() const
{
    if (series_->text().trimmed().isEmpty())
        return tr("Choose a series: checkpoints that a training left, one after another.");
    if (!preview_->problem().isEmpty())
        return preview_->problem();
    if (preview_->circuits())
        return {};
    if (config_.task.empty())
        return tr("Choose a task: edges are scored on examples of it.");
    try {
        chosen();
    } catch (const Error& why) {
        return QString::fromUtf8(why.what());
    }
    return preview_->found() ? QString() : tr("The series is being looked at …");
}

/// What was filled in and not changed since becomes what is usual for what was found.
void ObserveDialog::take_look()
{
    const FoundCircuits* circuits = preview_->circuits();
    const QString name = circuits ? QString::fromStdString(circuits->name) : name_of_observed;
    const int edges
        = circuits ? static_cast<int>(SeriesOptions().top_n) : RunConfig().selection.n;
    if (preview_->found()) {
        if (name_->text() == std::exchange(usual_name_, name))
            name_->setText(name);
        if (edges_->value() == std::exchange(usual_edges_, edges))
            edges_->setValue(edges);
    }
    // Circuits are there already: no model is asked anything.
    for (QWidget* field :
        std::initializer_list<QWidget*>{ task_, held_out_, capabilities_, watch_ })
        field->setEnabled(!circuits);
    show_state();
}

void ObserveDialog::show_state()
{
    task_->choose(config_.task);
    held_out_->choose(config_.held_out_task);
    capabilities_->show_suites(config_.capabilities);
    start_->show_problem(problem(), {});
}

void ObserveDialog::accept()
{
    if (!problem().isEmpty())
        return;
    const bool in_new_file = place_->currentIndex() == place_->count() - 1;
    if (preview_->circuits())
        Q_EMIT import_requested(series_->text().trimmed(), name_->text().trimmed(),
            edges_->value(), in_new_file);
    else
        Q_EMIT observe_requested(chosen(), watch_->isChecked(), in_new_file);
}

void ObserveDialog::reject()
{
    if (is_filled_in())
        ask_to_discard(*this, [this] { QDialog::reject(); });
    else
        QDialog::reject();
}

bool ObserveDialog::is_filled_in() const
{
    return !series_->text().trimmed().isEmpty() || !config_.task.empty()
        || !config_.held_out_task.empty() || !config_.capabilities.empty();
}

} // namespace circuitloom::ui
