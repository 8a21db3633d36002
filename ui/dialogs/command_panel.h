#pragma once

#include "core/run/sweep.h"

#include <QWidget>

#include <vector>

class QPlainTextEdit;
class QPushButton;

namespace circuitloom::ui {

/// The command line that does the same as the dialog, to copy; and the run as a TOML file, to save.
class CommandPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPanel(QWidget* parent = nullptr);

    /// The run, which so many processes share, or the sweep that begins with it.
    void show_run(const RunConfig& config, const std::vector<SweepAxis>& axes = {}, int seeds = 1,
        int processes = 1);

    /// The command that starts it, or the sweep, at this address, from the file that is saved here.
    void show_remote(const RunConfig& config, const QString& address,
        const std::vector<SweepAxis>& axes, int seeds);

private:
    void save();
    void show_command(const QString& command);

    RunConfig run_;
    QPlainTextEdit* command_;
    QPushButton* copy_;
};

} // namespace circuitloom::ui
