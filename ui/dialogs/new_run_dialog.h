#pragma once

#include "core/run/compute_devices.h"
#include "core/run/run_estimate.h"
#include "core/store/records.h"
#include "ui/dialogs/run_draft.h"
#include "ui/dialogs/sweep_plan.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace circuitloom::ui {

class CapabilityList;
class CommandPanel;
class EstimatePanel;
class ModelBox;
class PreviewPanel;
class SettingsForm;
class SweepBox;
class TaskBox;

/// A run, or the runs of a sweep, put together from a preset or from another run: model, data,
/// settings. Says as one types
/// what is wrong with it, how its examples are read, what it is going to take, and which command
/// line does the same. Asks before it throws away what was changed.
class NewRunDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewRunDialog(QWidget* parent = nullptr);

    /// Chooses a preset by its name.
    void begin_from_preset(const std::string& name);
    /// Begins from a run instead of a preset.
    void begin_from_run(const QString& name, const RunConfig& config);
    /// Runs whose speed tells how long this one takes; the latest last.
    void set_timed_runs(std::vector<TimedRun> timed);
    /// What the run can compute on.
    void set_devices(const Devices& devices);
    /// The runs of the file: those of a sweep that are there are not made again.
    void set_runs_there(std::vector<RunSummary> runs);
    /// The run will wait for others.
    void set_queued(bool queued);

    /// The run that the fields describe; an invalid field counts as what the run begins from.
    const RunConfig& config() const { return draft_.config(); }
    void use_model(const std::string& model);
    void use_task(const std::string& source);

    void accept() override;
    void reject() override;

Q_SIGNALS:
    void start_requested(const RunConfig& config);
    void sweep_requested(const std::vector<RunConfig>& runs);

private:
    void build();
    QWidget* run_form();
    QWidget* side();
    void add_row(QFormLayout& form, const QString& label, QWidget* field);
    void begin_from_row(int row);
    void change(const std::string& setting, const std::string& text);
    QString problem() const;
    /// What is wrong with a number of edges in the graph of the chosen model; empty for nothing, or
    /// while that is not known.
    QString too_many_edges(const std::string& setting) const;
    /// What the run can be started with, though it is hardly meant.
    QString warning() const;
    void show_problem();
    void show_draft();
    void plan();
    /// Says on the button what it starts.
    void show_start();

    struct Origin
    {
        QString title;
        QString sentence;
        RunConfig config;
    };
    std::vector<Origin> origins_; ///< one for each row of origin_box_
    RunDraft draft_;
    SweepPlan plan_;
    std::vector<RunConfig> to_make_; ///< of the sweep; empty where there is none
    std::vector<RunSummary> there_;
    bool queued_ = false;

    QComboBox* origin_box_ = nullptr;
    QLabel* origin_sentence_ = nullptr;
    ModelBox* model_ = nullptr;
    TaskBox* task_ = nullptr;
    TaskBox* held_out_ = nullptr;
    CapabilityList* capabilities_ = nullptr;
    SweepBox* sweep_ = nullptr;
    SettingsForm* settings_ = nullptr;
    PreviewPanel* preview_ = nullptr;
    EstimatePanel* estimate_ = nullptr;
    CommandPanel* command_ = nullptr;
    QLabel* left_out_ = nullptr;
    QLabel* problem_ = nullptr;
    QLabel* warning_ = nullptr;
    QPushButton* start_ = nullptr;
};

} // namespace circuitloom::ui
