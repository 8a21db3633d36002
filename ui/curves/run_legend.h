#pragma once

#include "ui/curves/curve_plots.h"

#include <QWidget>

#include <span>

class QHBoxLayout;

namespace circuitloom::ui {

/// Which colour is which run, where there is more than one; a click takes away what stands beside
/// the first.
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
