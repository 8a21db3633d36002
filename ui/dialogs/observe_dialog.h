#pragma once

#include "core/run/run_config.h"

#include <QDialog>
#include <QString>

#include <string>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace circuitloom::ui {

class CapabilityList;
class SeriesPreview;
class StartLine;
class TaskBox;

/// Asks for checkpoints that others trained, which are to become a run, and for what they are
/// asked: task, held-out task, suites, edges of a circuit; or for circuits that others found, which
/// are asked nothing. Shows which there are and in which order, and which will not be used and why.
class ObserveDialog : public QDialog
{
    Q_OBJECT

public:
    /// `open_file`: the experiment that the run may come into; empty where there is none.
    explicit ObserveDialog(const QString& open_file, QWidget* parent = nullptr);

    void use_series(const QString& series);
    void use_task(const std::string& source);
    /// Asks for what was filled in. The dialog stays until whoever answers closes it by done().
    void accept() override;
    /// Asks first where something was filled in.
    void reject() override;

Q_SIGNALS:
    /// As observation_config() gives it; `watch`: further checkpoints are waited for.
    void observe_requested(const RunConfig& config, bool watch, bool in_new_file);
    /// Circuits: of each the strongest `edges` become an iteration of a run of this name.
    void import_requested(
        const QString& series, const QString& name, int edges, bool in_new_file);

private:
    void build(const QString& open_file);
    QWidget* series_row();
    void ask_folder();
    void ask_list();
    void take_look();
    void show_state();
    QString problem() const;
    bool is_filled_in() const;
    /// Throws InputError where it is not sound.
    RunConfig chosen() const;

    RunConfig config_;
    QString usual_name_; ///< as it was filled in
    int usual_edges_ = 0;
    QLineEdit* series_;
    QLineEdit* name_;
    TaskBox* task_;
    TaskBox* held_out_;
    CapabilityList* capabilities_;
    QSpinBox* edges_;
    QComboBox* place_;
    QCheckBox* watch_;
    SeriesPreview* preview_;
    StartLine* start_;
};

} // namespace circuitloom::ui
