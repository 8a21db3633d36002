#pragma once

#include "ui/curves/curve_plots.h"

#include <QWidget>

#include <span>

class QHBoxLayout;

namespace circuitloom::ui {

/// Says which colour is which run, where there is more than one; a click on a run beside the first
/// takes its curves away.
class RunLegend : public QWidget
{
    Q_OBJECT

public:
    explicit RunLegend(QWidget* parent = nullptr);

    void show_runs(std::span<const PlottedRun> runs);

Q_SIGNALS:
    void hide_requested(RunId run);

private:
    QHBoxLayout* row_;
};

} // namespace circuitloom::ui
