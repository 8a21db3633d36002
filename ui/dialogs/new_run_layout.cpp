// The new-run dialog's parts: on the left what the run is, on the right what follows from it.
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/command_panel.h"
#include "ui/dialogs/estimate_panel.h"
#include "ui/dialogs/model_box.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/dialogs/preview_panel.h"
#include "ui/dialogs/settings_form.h"
#include "ui/dialogs/task_box.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <initializer_list>

namespace circuitloom::ui {

namespace {

constexpr int side_width = 370;

QScrollArea* scrolled(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

void NewRunDialog::build()
{
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(tr("New run"));
    auto* halves = new QHBoxLayout;
    halves->setSpacing(16);
    halves->addWidget(scrolled(run_form(), this), 1);
    QScrollArea* right = scrolled(side(), this);
    right->setFixedWidth(side_width + 14); // and the scroll bar
    halves->addWidget(right);
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setProperty("error", true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->setWordWrap(true);

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
    bottom->addWidget(problem_, 1);
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
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(10);
    column->addLayout(form);
    column->addWidget(left_out_);
    column->addWidget(settings_);
    column->addStretch();
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
        part->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        column->addWidget(part);
    }
    column->addStretch();
    return content;
}

} // namespace circuitloom::ui
