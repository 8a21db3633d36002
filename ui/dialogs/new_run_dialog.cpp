#include "ui/dialogs/new_run_dialog.h"

#include "core/base/error.h"
#include "core/formats/huggingface.h"
#include "ui/dialogs/background_work.h"
#include "ui/dialogs/decimal_box.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/runs/presets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyle>

#include <algorithm>

namespace circuitloom::ui {

namespace {

/// Follows the preset unless the user chose another value.
template <class Box, class Number>
void follow(Box& box, Number before, Number now)
{
    if (box.value() == before)
        box.setValue(now);
}

void mark_invalid(QWidget& box, bool invalid)
{
    if (box.property("invalid").toBool() == invalid)
        return;
    box.setProperty("invalid", invalid);
    box.style()->unpolish(&box);
    box.style()->polish(&box);
}

} // namespace

RunConfig NewRunDialog::config() const
{
    RunConfig config = fitted_run(preset_, model().model, task().source);
    config.selection.n = edges_->value();
    config.graph.mlp_group_size = group_size_->value();
    config.steps = steps_->value();
    config.learning_rate = learning_rate_->value();
    config.batch = batch_->value();
    return config;
}

void NewRunDialog::accept()
{
    if (!problem().isEmpty())
        return;
    Q_EMIT start_requested(config());
    QDialog::accept();
}

const ModelChoice& NewRunDialog::model() const
{
    return models_[static_cast<std::size_t>(models_box_->currentIndex())];
}

const TaskChoice& NewRunDialog::task() const
{
    return tasks_[static_cast<std::size_t>(tasks_box_->currentIndex())];
}

void NewRunDialog::scan_cache()
{
    const std::filesystem::path cache = hub_cache();
    const QString where = QString::fromStdString(cache.string());
    if (cache.empty())
        return;
    model_sentence_->setText(tr("Looking through the Hugging Face cache %1 …").arg(where));
    in_background(
        this, [cache] { return cached_model_choices(cache); },
        [this, where](const std::vector<ModelChoice>& found) { show_cached(found, where); });
}

void NewRunDialog::show_cached(const std::vector<ModelChoice>& found, const QString& cache)
{
    int row = 1; // after the demo, before what the user chose meanwhile
    for (const ModelChoice& choice : found) {
        models_.insert(models_.begin() + row, choice);
        model_rows_->insertRow(row, new QStandardItem);
        show_model(row++);
    }
    if (found.empty())
        model_sentence_->setText(tr("The Hugging Face cache %1 holds no models.").arg(cache));
    else
        model_sentence_->setText(
            tr("The demo, and what is in the Hugging Face cache %1.").arg(cache));
    check();
}

void NewRunDialog::show_model(int row)
{
    const ModelChoice& choice = models_[static_cast<std::size_t>(row)];
    QStandardItem* item = model_rows_->item(row);
    const QString detail = choice.unusable.isEmpty() ? choice.detail : tr("cannot be used");
    item->setText(detail.isEmpty() ? choice.title : choice.title + QStringLiteral(" · ") + detail);
    const QString tip
        = choice.unusable.isEmpty() ? QString::fromStdString(choice.model) : choice.unusable;
    item->setToolTip(QStringLiteral("<p>") + tip.toHtmlEscaped() + QStringLiteral("</p>")); // wraps
    item->setAccessibleDescription(choice.unusable);
    item->setEnabled(choice.unusable.isEmpty());
}

void NewRunDialog::use_model(const QString& path)
{
    const ModelChoice choice = local_model_choice(path);
    const auto row_of = [this](const std::string& model) {
        const auto found = std::find_if(models_.begin(), models_.end(),
            [&](const ModelChoice& one) { return one.model == model; });
        return static_cast<int>(found - models_.begin());
    };
    if (row_of(choice.model) == static_cast<int>(models_.size())) {
        models_.push_back(choice);
        model_rows_->appendRow(new QStandardItem);
    }
    const int row = row_of(choice.model);
    show_model(row);
    models_box_->setCurrentIndex(row);
    in_background(
        this, [path] { return read_local_model(path); },
        [this, row_of](const ModelChoice& read) {
            const int now = row_of(read.model);
            models_[static_cast<std::size_t>(now)] = read;
            show_model(now);
            check();
        });
}

void NewRunDialog::use_task_file(const QString& file)
{
    const TaskChoice choice = task_file_choice(file);
    const bool known = std::any_of(tasks_.begin(), tasks_.end(),
        [&](const TaskChoice& one) { return one.source == choice.source; });
    if (!known) {
        tasks_.push_back(choice);
        tasks_box_->addItem(choice.title);
    }
    choose_task(choice.source);
}

void NewRunDialog::choose_task(const std::string& source)
{
    const auto found = std::find_if(
        tasks_.begin(), tasks_.end(), [&](const TaskChoice& one) { return one.source == source; });
    if (found != tasks_.end())
        tasks_box_->setCurrentIndex(static_cast<int>(found - tasks_.begin()));
}

void NewRunDialog::ask_model_directory()
{
    const QString directory = QFileDialog::getExistingDirectory(this,
        tr("Directory of a model: config.json and "
           "model.safetensors"));
    if (!directory.isEmpty())
        use_model(directory);
}

void NewRunDialog::ask_model_file()
{
    const QString file
        = QFileDialog::getOpenFileName(this, tr("GGUF model"), {}, tr("GGUF models (*.gguf)"));
    if (!file.isEmpty())
        use_model(file);
}

void NewRunDialog::ask_task_file()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Task"), {}, tr("Tasks, one JSON object a line (*.jsonl);;All files (*)"));
    if (!file.isEmpty())
        use_task_file(file);
}

void NewRunDialog::follow_preset()
{
    const RunConfig before = preset_;
    const PresetChoice choice
        = preset_choices()[static_cast<std::size_t>(presets_box_->currentIndex())];
    preset_name_ = choice.name;
    preset_ = preset(choice.name);
    preset_sentence_->setText(choice.sentence);
    if (task().source == before.task || before.task.empty())
        choose_task(preset_.task);
    follow(*edges_, before.selection.n, preset_.selection.n);
    follow(*group_size_, before.graph.mlp_group_size, preset_.graph.mlp_group_size);
    follow(*steps_, before.steps, preset_.steps);
    follow(*learning_rate_, before.learning_rate, preset_.learning_rate);
    follow(*batch_, before.batch, preset_.batch);
    check();
}

QString NewRunDialog::problem() const
{
    if (!model().unusable.isEmpty())
        return model().unusable;
    try {
        validate(config());
    } catch (const InputError& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

void NewRunDialog::check()
{
    const QString problem = this->problem();
    problem_->setText(problem);
    start_->setEnabled(problem.isEmpty());
    for (const NumberField& field : numbers_)
        mark_invalid(*field.box, problem.startsWith(QString::fromStdString(field.option) + u' '));
    task_sentence_->setText(task().sentence);
    const RunConfig run = config();
    left_out_->setText(left_out(preset_, run));
    const QString command = tune_command(preset_name_, run);
    if (command != command_->toPlainText()) {
        command_->setPlainText(command);
        copy_->setText(tr("Copy"));
    }
}

} // namespace circuitloom::ui
