#include "ui/dialogs/new_run_dialog.h"

#include "ui/base/scrolling.h"
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/command_panel.h"
#include "ui/dialogs/estimate_panel.h"
#include "ui/dialogs/local_check.h"
#include "ui/dialogs/place_box.h"
#include "ui/dialogs/preview_panel.h"
#include "ui/dialogs/processes_box.h"
#include "ui/dialogs/run_sources.h"
#include "ui/dialogs/settings_form.h"
#include "ui/dialogs/start_line.h"
#include "ui/dialogs/sweep_box.h"
#include "ui/theme/text_scale.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>

#include <initializer_list>

// Where the parts of the dialog stand, and what a change of each does.

namespace circuitloom::ui {

namespace {

constexpr int side_width = 370;
constexpr int least_side_width = 180;

} // namespace

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
    right->setMaximumWidth(scaled(side_width) + 14); // and the scroll bar
    halves->addWidget(right, 2); // all of its width, where the dialog has its own
    start_ = new StartLine(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    column->addLayout(halves, 1);
    column->addWidget(start_);
    resize(scaled(QSize(1120, 740)));
}

void NewRunDialog::add_row(QFormLayout& form, const QString& text, QWidget* field)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    label->setFixedWidth(scaled(form_label_width));
    label->setContentsMargins(0, 6, 0, 0); // level with the field's text
    form.addRow(label, field);
}

QWidget* NewRunDialog::run_form()
{
    auto* content = new QWidget(this);
    place_ = new PlaceBox(content);
    auto* origin = new QWidget(content);
    origin_box_ = choice_box("preset", origin);
    for (const Origin& one : origins_)
        origin_box_->addItem(one.title);
    origin_sentence_ = dim_label(origin);
    lay_out_choice(*origin, origin_box_, {}, origin_sentence_);
    sources_ = new RunSources(content);
    left_out_ = dim_label(content);
    left_out_->setObjectName(QStringLiteral("leftOut"));
    sweep_ = new SweepBox(content);
    processes_ = new ProcessesBox(content);
    settings_ = new SettingsForm(draft_, content);

    form_ = new QFormLayout;
    form_->setHorizontalSpacing(12);
    form_->setVerticalSpacing(12);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    add_row(*form_, tr("Compute &on"), place_);
    form_->labelForField(place_)->hide();
    place_->hide();
    add_row(*form_, tr("Start &from"), origin);
    add_row(*form_, tr("&Model"), sources_->model_row());
    add_row(*form_, tr("&Task"), sources_->task_row());
    add_row(*form_, tr("&Held-out task"), sources_->held_out_row());
    add_row(*form_, tr("Ca&pabilities"), sources_->capabilities());
    add_row(*form_, tr("Se&veral runs"), sweep_);
    add_row(*form_, tr("P&rocesses"), processes_);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(10);
    column->addLayout(form_);
    column->addWidget(left_out_);
    column->addWidget(settings_, 1); // what is left over is below its fields, not between the others
    return content;
}

QWidget* NewRunDialog::side()
{
    auto* content = new QWidget(this);
    content->setFixedWidth(scaled(side_width));
    preview_ = new PreviewPanel(content);
    check_ = new LocalCheck(this);
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

void NewRunDialog::connect_form()
{
    const auto set = [this](const std::string& setting) {
        return [this, setting](const std::string& text) { change(setting, text); };
    };
    connect(origin_box_, &QComboBox::currentIndexChanged, this, &NewRunDialog::begin_from_row);
    connect(sources_, &RunSources::model_chosen, this, &NewRunDialog::use_model);
    connect(sources_, &RunSources::model_read, this, &NewRunDialog::show_draft);
    connect(sources_, &RunSources::task_chosen, this, &NewRunDialog::use_task);
    connect(sources_, &RunSources::held_out_chosen, this, set("task.held_out"));
    connect(settings_, &SettingsForm::edited, this,
        [this](const std::string& setting, const QString& text) {
            change(setting, text.toStdString());
        });
    connect(settings_, &SettingsForm::reset_requested, this, [this](const std::string& setting) {
        draft_.reset(setting);
        show_draft();
    });
    connect(sources_, &RunSources::capabilities_edited, this,
        [this](const std::vector<SuiteReference>& suites) {
            draft_.set_capabilities(suites);
            show_draft();
        });
    connect(place_, &PlaceBox::place_chosen, this, &NewRunDialog::choose_place);
    connect(start_, &StartLine::start_clicked, this, &NewRunDialog::accept);
    connect(start_, &StartLine::cancel_clicked, this, &QDialog::reject);
    connect(sweep_, &SweepBox::edited, this, &NewRunDialog::show_draft);
    connect(processes_, &ProcessesBox::edited, this, &NewRunDialog::show_draft);
    connect(preview_, &PreviewPanel::task_read, this, &NewRunDialog::show_draft);
    connect(check_, &LocalCheck::told, this, &NewRunDialog::show_draft);
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

} // namespace circuitloom::ui
