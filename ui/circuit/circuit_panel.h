#pragma once

#include "core/analysis/run_edges.h"
#include "core/store/records.h"
#include "ui/circuit/circuit_view.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

class CircuitToolbar;
class EmptyNotice;
class LayoutProgress;
class RunDotLayout;

/// One iteration with what its colours compare with. Of the circuits that are compared with only
/// the one that the colours need has to be there; it is empty where the run has none.
struct ShownIteration
{
    IterationRecord record;
    Circuit now;
    std::optional<Circuit> previous;
    std::optional<Circuit> first;
    std::optional<Circuit> chosen; ///< of the iteration the user compares with
    std::vector<int> ages; ///< of the edges of `now`, see SceneOptions
    std::shared_ptr<const CertainEdges> certain; ///< likewise
    std::optional<CircuitStability> stability = {}; ///< where the circuit was resampled
};

/// Joins the circuit view with its toolbar and with the layouts of the run.
class CircuitPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitPanel(QWidget* parent = nullptr);

    /// The program that lays out for LayoutChoice::dot: circuitloom itself, where nothing else is
    /// said.
    void set_dot_program(const QString& program);

    void set_graph(std::shared_ptr<const ComputationalGraph> graph);
    void show_iteration(ShownIteration iteration, bool animate);
    /// More is known of how old the edges are.
    void set_ages(std::vector<int> ages);
    /// It is known now how sure the edges are.
    void set_certain(std::shared_ptr<const CertainEdges> certain);
    /// The iteration that "change since iteration …" compares with, for which colours are shown at
    /// once if `choose`. Its circuit comes with show_iteration().
    void set_chosen_iteration(int iteration, bool choose);
    /// No graph, no circuit: only this line.
    void clear(const QString& placeholder);
    void set_theme(const Theme& theme);
    void set_reduced_motion(bool reduced);

    CircuitView* view() const { return view_; }
    /// What edges_wanted() asked for.
    void set_edges_of_run(RunEdges edges);
    /// Another answer to edges_wanted() is to be had.
    void edges_of_run_changed();
    /// The search field has the focus, and typing replaces what is in it.
    void begin_search();
    /// More or, where negative, fewer edges.
    void change_strongest(int by);
    /// The colours chosen say how old the edges are.
    bool shows_age() const;

Q_SIGNALS:
    /// The colours chosen compare with a circuit that is not there. They are shown with the next
    /// show_iteration().
    void reference_wanted();
    /// The colours now say how old the edges are.
    void ages_wanted();
    /// The layouts need all edges that this filter shows in any iteration; comes again when that
    /// may have changed.
    void edges_wanted(const CircuitFilter& filter);
    /// A sentence for the user.
    void failed(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connect_toolbar();
    void connect_dot_layout();
    void show_colors(bool animate);
    /// Shows in the controls what the view is at, be it after an undo.
    void follow_state();
    void update_summary();
    /// Where nothing of the circuit is shown, says so.
    void update_notice();
    void clear_filter();
    void search(const QString& text);

    CircuitView* view_;
    CircuitToolbar* toolbar_;
    LayoutProgress* progress_;
    EmptyNotice* empty_;
    RunDotLayout* dot_;
    ColorChoice colors_ = ColorChoice::since_start; ///< as shown
    int chosen_iteration_ = 0;
    std::optional<ShownIteration> shown_;
};

} // namespace circuitloom::ui
