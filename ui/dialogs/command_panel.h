#pragma once

#include "core/run/run_config.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace circuitloom::ui {

/// The command line that does the same as the dialog, to copy; and the run as a TOML file, to save.
class CommandPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPanel(QWidget* parent = nullptr);

    void show_run(const RunConfig& config);

private:
    void save();

    RunConfig run_;
    QPlainTextEdit* command_;
    QPushButton* copy_;
};

} // namespace circuitloom::ui
