#pragma once

#include "core/analysis/components.h"
#include "ui/panels/shown_drift.h"

#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace circuitloom::ui {

class PlotWidget;

/// How far the parameters behind what is selected have moved since the run began: those of a node,
/// or of both ends of an edge, at the iteration shown; and a curve through all moments that are
/// known, to which a button adds those of the run's checkpoints.
class DriftSection : public QWidget
{
    Q_OBJECT

public:
    DriftSection(PanelContext& context, QWidget* parent);

    /// What is selected in the circuit, at that place.
    void show_selection(const ShownPlace& place, const Components& components);
    void forget();

private:
    void take();
    void ask_next_checkpoint();
    void show_figures();
    void show_curve();
    /// What of an answer is about the subject, in its order.
    std::vector<MovedPart> of_subject(const DriftAnswer& answer) const;

    PanelContext& context_;
    ShownDrift drift_;
    Inquiry at_checkpoints_;
    QLabel* figures_;
    QLabel* state_;
    PlotWidget* plot_;
    QPushButton* checkpoints_;
    std::vector<ParameterPart> parts_; ///< of the subject
    std::optional<ShownPlace> of_; ///< the run that the answers are about
    std::map<int, DriftAnswer> answers_; ///< by step
    double last_step_ = 0; ///< of the curve's axis
    std::vector<int> steps_; ///< of checkpoints that are still to be asked about
};

/// The parts that read or write behind what is selected, each once.
std::vector<ParameterPart> inspected_parts(const GraphChoice& choice,
    const ComputationalGraph& graph, const Components& components);

} // namespace circuitloom::ui
