#pragma once

#include "core/run/compute_devices.h"
#include "core/run/run_estimate.h"
#include "core/store/records.h"
#include "ui/dialogs/run_draft.h"
#include "ui/dialogs/sweep_plan.h"

#include <QDialog>

#include <optional>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;

namespace circuitloom::ui {

class CommandPanel;
class EstimatePanel;
class HostQuestions;
class LocalCheck;
class PlaceBox;
class PreviewPanel;
class ProcessesBox;
class RemoteFile;
class RunSources;
class SettingsForm;
class StartLine;
class SweepBox;

/// A run, or the runs of a sweep, put together from a preset or from another run: model, data,
/// settings. Says as one types what is wrong with it, how its examples are read, what it is going
/// to take, and which command line does the same. Asks before it throws away what was changed.
///
/// Where the file of a host is open, the run can begin there: the host is asked what it has and
/// whether the run can begin, and starts it.
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
    /// The open file is followed at this host, where the run begins unless it is to be here.
    /// `remote` must outlive the dialog.
    void set_host(RemoteFile& remote);
    void compute_here();
    /// What the run can compute on here.
    void set_devices(const Devices& devices);
    /// The runs of the open file: those of a sweep that are there are not made again.
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
    /// `processes` share it.
    void start_requested(const RunConfig& config, int processes);
    void sweep_requested(const std::vector<RunConfig>& runs);

private:
    void build();
    QWidget* run_form();
    QWidget* side();
    void add_row(QFormLayout& form, const QString& label, QWidget* field);
    void connect_form();
    void choose_place();
    /// The run is to begin at a host.
    bool there() const;
    void begin_from_row(int row);
    void change(const std::string& setting, const std::string& text);
    QString problem() const;
    /// What is wrong with a number of edges in the graph of the chosen model, unless it is swept.
    QString edges_problem(const std::string& setting) const;
    void show_problem();
    void show_draft();
    /// What follows from the run: how its examples are read, what it takes, which command does it.
    void show_side(const RunConfig& run);
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
    std::vector<RunConfig> to_make_; ///< of the sweep; empty where there is none, or it is made
    std::vector<RunSummary> there_;
    std::vector<TimedRun> timed_;
    std::optional<Devices> devices_; ///< of this computer
    bool queued_ = false;

    HostQuestions* host_ = nullptr; ///< null where the open file is one of this computer
    PlaceBox* place_ = nullptr;
    QFormLayout* form_ = nullptr;
    QComboBox* origin_box_ = nullptr;
    QLabel* origin_sentence_ = nullptr;
    RunSources* sources_ = nullptr;
    SweepBox* sweep_ = nullptr;
    ProcessesBox* processes_ = nullptr;
    SettingsForm* settings_ = nullptr;
    PreviewPanel* preview_ = nullptr;
    LocalCheck* check_ = nullptr;
    EstimatePanel* estimate_ = nullptr;
    CommandPanel* command_ = nullptr;
    QLabel* left_out_ = nullptr;
    StartLine* start_ = nullptr;
};

} // namespace circuitloom::ui
