// The new-run dialog's fields, top to bottom.
#include "ui/dialogs/decimal_box.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/runs/presets.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>

namespace circuitloom::ui {

namespace {

// Wider than what is valid: a number out of range is said to be so, not changed under the hand.
constexpr int largest_typed = 999'999'999;

QLabel* dim_label(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("dim", true);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QComboBox* choice_box(const char* name, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(36);
    return box;
}

QSpinBox* number_box(const char* name, int value, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(0, largest_typed);
    box->setValue(value);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    return box;
}

QPushButton* file_button(const QString& text, const QString& tip, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoDefault(false);
    return button;
}

/// The label, the box with its buttons, and the sentence below.
void add_choice(QGridLayout& grid, const QString& text, QComboBox* box,
    const QList<QPushButton*>& buttons, QLabel* sentence)
{
    const int row = grid.rowCount();
    auto* label = new QLabel(text, box->parentWidget());
    label->setBuddy(box);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(box, 1);
    for (QPushButton* button : buttons)
        line->addWidget(button);
    grid.addWidget(label, row, 0);
    grid.addLayout(line, row, 1, 1, 2);
    grid.addWidget(sentence, row + 1, 1, 1, 2);
    grid.setRowMinimumHeight(row + 2, 4);
}

} // namespace

NewRunDialog::NewRunDialog(QWidget* parent)
    : QDialog(parent)
    , models_{ demo_model_choice() }
    , tasks_(built_in_task_choices())
{
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(tr("New run"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setColumnStretch(2, 1);
    add_preset_field(*grid);
    add_model_field(*grid);
    add_task_field(*grid);
    add_number_fields(*grid);
    left_out_ = dim_label(this);
    left_out_->setObjectName(QStringLiteral("leftOut"));
    left_out_->setMinimumHeight(fontMetrics().lineSpacing());
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setProperty("error", true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->setWordWrap(true);
    problem_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    problem_->setMinimumHeight(2 * fontMetrics().lineSpacing());

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    start_ = new QPushButton(tr("Start"), this);
    start_->setObjectName(QStringLiteral("startRun"));
    start_->setProperty("primary", true);
    start_->setDefault(true);
    buttons->addButton(start_, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewRunDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addLayout(grid);
    column->addWidget(left_out_);
    column->addWidget(command_line());
    column->addWidget(problem_);
    column->addStretch();
    column->addWidget(buttons);
    resize(780, sizeHint().height());

    follow_preset();
    connect(presets_box_, &QComboBox::currentIndexChanged, this, &NewRunDialog::follow_preset);
    for (QComboBox* box : { models_box_, tasks_box_ })
        connect(box, &QComboBox::currentIndexChanged, this, &NewRunDialog::check);
    for (QSpinBox* box : { edges_, group_size_, steps_, batch_ })
        connect(box, &QSpinBox::valueChanged, this, &NewRunDialog::check);
    connect(learning_rate_, &QDoubleSpinBox::valueChanged, this, &NewRunDialog::check);
    scan_cache();
}

void NewRunDialog::add_preset_field(QGridLayout& grid)
{
    presets_box_ = choice_box("preset", this);
    for (const PresetChoice& choice : preset_choices())
        presets_box_->addItem(choice.title);
    preset_sentence_ = dim_label(this);
    add_choice(grid, tr("Start &from"), presets_box_, {}, preset_sentence_);
}

void NewRunDialog::add_model_field(QGridLayout& grid)
{
    models_box_ = choice_box("model", this);
    model_rows_ = new QStandardItemModel(this);
    model_rows_->appendRow(new QStandardItem);
    show_model(0);
    models_box_->setModel(model_rows_);
    model_sentence_ = dim_label(this);
    QPushButton* directory = file_button(
        tr("&Directory…"), tr("Choose the directory of a model in the Hugging Face layout"), this);
    QPushButton* gguf = file_button(tr("&GGUF file…"), tr("Choose a GGUF file"), this);
    connect(directory, &QPushButton::clicked, this, &NewRunDialog::ask_model_directory);
    connect(gguf, &QPushButton::clicked, this, &NewRunDialog::ask_model_file);
    add_choice(grid, tr("&Model"), models_box_, { directory, gguf }, model_sentence_);
}

void NewRunDialog::add_task_field(QGridLayout& grid)
{
    tasks_box_ = choice_box("task", this);
    for (const TaskChoice& choice : tasks_)
        tasks_box_->addItem(choice.title);
    task_sentence_ = dim_label(this);
    QPushButton* file = file_button(tr("F&ile…"), tr("Choose a task file"), this);
    connect(file, &QPushButton::clicked, this, &NewRunDialog::ask_task_file);
    add_choice(grid, tr("&Task"), tasks_box_, { file }, task_sentence_);
}

void NewRunDialog::add_number_fields(QGridLayout& grid)
{
    edges_ = number_box("edges", preset_.selection.n, this);
    group_size_ = number_box("groupSize", preset_.graph.mlp_group_size, this);
    steps_ = number_box("steps", preset_.steps, this);
    learning_rate_ = new DecimalBox(this);
    learning_rate_->setObjectName(QStringLiteral("learningRate"));
    learning_rate_->setRange(0, largest_typed);
    learning_rate_->setValue(preset_.learning_rate);
    batch_ = number_box("batch", preset_.batch, this);
    add_number(grid, tr("&Edges (N)"), edges_, "circuit.top_n",
        tr("How many edges the circuit holds, chosen anew during training."));
    add_number(grid, tr("Neuron g&roups"), group_size_, "graph.mlp_group_size",
        tr("How many neurons of an MLP make one node; 0 keeps each layer's MLP whole."));
    add_number(grid, tr("&Steps"), steps_, "run.steps",
        tr("How often the model is updated; the timeline shows the circuit at each."));
    add_number(grid, tr("&Learning rate"), learning_rate_, "optimizer.learning_rate",
        tr("How far one update goes; too far breaks the model."));
    add_number(grid, tr("&Batch"), batch_, "run.batch",
        tr("How many examples make one update; more need more memory."));
}

void NewRunDialog::add_number(
    QGridLayout& grid, const QString& text, QWidget* box, const char* option, const QString& help)
{
    const int row = grid.rowCount();
    auto* label = new QLabel(text, this);
    label->setBuddy(box);
    auto* sentence = dim_label(this);
    sentence->setText(help);
    box->setMinimumWidth(120);
    box->setAccessibleDescription(help);
    box->setToolTip(tr("%1 in files and on the command line").arg(QString::fromLatin1(option)));
    grid.addWidget(label, row, 0);
    grid.addWidget(box, row, 1);
    grid.addWidget(sentence, row, 2);
    numbers_.push_back({ box, option });
}

QWidget* NewRunDialog::command_line()
{
    auto* frame = new QWidget(this);
    auto* heading = new QLabel(tr("THE SAME ON THE COMMAND LINE"), frame);
    heading->setProperty("heading", true);
    command_ = new QPlainTextEdit(frame);
    command_->setObjectName(QStringLiteral("command"));
    command_->setReadOnly(true);
    command_->setTabChangesFocus(true);
    command_->setAccessibleName(tr("Command line"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    command_->setFont(fixed);
    command_->setFixedHeight(3 * QFontMetrics(fixed).lineSpacing() + 18);
    copy_ = new QPushButton(tr("Copy"), frame);
    copy_->setObjectName(QStringLiteral("copyCommand"));
    copy_->setAutoDefault(false);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(command_->toPlainText());
        copy_->setText(tr("Copied"));
    });
    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(copy_);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(command_);
    return frame;
}

} // namespace circuitloom::ui
