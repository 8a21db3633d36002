#pragma once

#include "ui/curves/plotted_run.h"

#include <QWidget>

#include <span>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace circuitloom::ui {

/// Says which colour is which run, where there is more than one; a click on a run beside the first
/// takes its curves away. Those that find no room are in a menu.
class RunLegend : public QWidget
{
    Q_OBJECT

public:
    explicit RunLegend(QWidget* parent = nullptr);

    void show_runs(std::span<const PlottedRun> runs);

    QSize minimumSizeHint() const override { return { 0, 0 }; }

Q_SIGNALS:
    void hide_requested(RunId run);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show_what_fits();

    QHBoxLayout* row_;
    std::vector<QToolButton*> buttons_; ///< of each run
    QToolButton* others_; ///< has those without room in its menu
};

} // namespace circuitloom::ui
