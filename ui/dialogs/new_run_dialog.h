#pragma once

#include "core/run/run_config.h"
#include "ui/dialogs/model_choices.h"
#include "ui/dialogs/task_choices.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStandardItemModel;

namespace circuitloom::ui {

class DecimalBox;

/// A run put together from a preset: another model, another task, other numbers. Says at once what
/// is wrong with it, and which command line does the same. The models of the local Hugging Face
/// cache appear when they were read in the background.
class NewRunDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewRunDialog(QWidget* parent = nullptr);

    /// As the fields say, valid or not.
    RunConfig config() const;
    /// Chooses a directory in the Hugging Face layout or a GGUF file.
    void use_model(const QString& path);
    void use_task_file(const QString& file);

    void accept() override;

Q_SIGNALS:
    void start_requested(const RunConfig& config);

private:
    struct NumberField
    {
        QWidget* box;
        std::string option; ///< as validate() names it
    };

    void add_preset_field(QGridLayout& grid);
    void add_model_field(QGridLayout& grid);
    void add_task_field(QGridLayout& grid);
    void add_number_fields(QGridLayout& grid);
    void add_number(QGridLayout& grid, const QString& label, QWidget* box, const char* option,
        const QString& help);
    QWidget* command_line();

    void scan_cache();
    void show_cached(const std::vector<ModelChoice>& found, const QString& cache);
    void show_model(int row);
    void ask_model_directory();
    void ask_model_file();
    void ask_task_file();
    void follow_preset();
    void choose_task(const std::string& source);
    const ModelChoice& model() const;
    const TaskChoice& task() const;
    QString problem() const;
    void check();

    RunConfig preset_; ///< the fields that were not changed follow it
    std::string preset_name_;
    std::vector<ModelChoice> models_; ///< row by row
    std::vector<TaskChoice> tasks_;
    std::vector<NumberField> numbers_;

    QComboBox* presets_box_;
    QLabel* preset_sentence_;
    QComboBox* models_box_;
    QStandardItemModel* model_rows_;
    QLabel* model_sentence_;
    QComboBox* tasks_box_;
    QLabel* task_sentence_;
    QSpinBox* edges_;
    QSpinBox* group_size_;
    QSpinBox* steps_;
    DecimalBox* learning_rate_;
    QSpinBox* batch_;
    QLabel* left_out_;
    QLabel* problem_;
    QPlainTextEdit* command_;
    QPushButton* copy_;
    QPushButton* start_;
};

} // namespace circuitloom::ui
