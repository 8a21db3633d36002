#pragma once

#include "core/graph/certainty.h"
#include "core/store/records.h"
#include "ui/circuit/view_state.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QPushButton;
class QToolButton;

namespace circuitloom::ui {

class FilterForm;
class FittingLabel;
class SearchField;
class StrongestControl;

/// The controls above a circuit: layout, colour, strongest edges, filter, search, and how much of
/// the circuit is shown. They show a ViewState and say what the user wants; they change nothing
/// themselves.
class CircuitToolbar : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitToolbar(QWidget* parent = nullptr);

    /// Does not emit.
    void set_state(const ViewState& state);
    void set_layers(int count);
    /// How many edges there are to choose the strongest from. Does not emit.
    void set_edge_count(int edges);
    /// The iteration that ColorChoice::since_chosen compares with.
    void set_chosen_iteration(int iteration);
    /// The name of what the colours compare with; empty for nothing.
    void set_reference(const QString& name);
    /// How many of the circuit's edges are shown at an iteration, and how stable the circuit is;
    /// nothing where that was not measured.
    void set_summary(int shown, int all, const IterationRecord& record,
        const std::optional<CircuitStability>& stability = {});
    void clear_summary();
    /// More or, where negative, fewer edges, as if the number had been changed.
    void change_strongest(int by);

    SearchField* search() const { return search_; }

Q_SIGNALS:
    void colors_chosen(ColorChoice colors);
    void layout_chosen(LayoutChoice layout);
    void filter_changed(const CircuitFilter& filter);
    void show_all_requested();
    void fit_requested();

private:
    void build_choices();
    void build_filter();
    void arrange();
    /// For the number of edges, and for the stability in any case where there is one.
    void keep_room(bool for_stability);

    QComboBox* color_;
    QPushButton* lattice_;
    QPushButton* dot_;
    QPushButton* matrix_;
    StrongestControl* strongest_;
    QToolButton* filter_;
    FilterForm* filter_form_;
    FittingLabel* summary_;
    QToolButton* show_all_;
    SearchField* search_;
    QToolButton* fit_;
    CircuitFilter shown_filter_ = first_filter();
};

} // namespace circuitloom::ui
