#pragma once

#include "core/store/records.h"
#include "ui/circuit/circuit_view.h"
#include "ui/circuit/dot_layouts.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QStringListModel;
class QToolButton;

namespace circuitloom::ui {

class FilterForm;

/// One iteration with all that the colours may need. Circuits are empty where there is none.
struct ShownIteration
{
    IterationRecord record;
    Circuit now;
    Circuit previous;
    Circuit first;
    Circuit chosen; ///< of the iteration the user compares with
    std::vector<int> ages; ///< of the edges of `now`, see SceneOptions
};

/// The circuit view under its toolbar: layout, colour, strongest edges, filter, search, fit.
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
    /// The iteration that "change since iteration …" compares with, for which colours are shown at
    /// once if `choose`. Its circuit comes with show_iteration().
    void set_chosen_iteration(int iteration, bool choose);
    /// No graph, no circuit: only this line.
    void clear(const QString& placeholder);
    void set_theme(const Theme& theme);

    CircuitView* view() const { return view_; }
    /// What edges_wanted() asked for, strongest first.
    void set_edges_of_run(std::vector<EdgeId> edges);
    /// Another answer is to be had.
    void edges_of_run_changed();
    /// The search field has the focus, and typing replaces what is in it.
    void begin_search();
    /// More or, where negative, fewer edges.
    void change_strongest(int by);
    /// The colours chosen say how old the edges are.
    bool shows_age() const;

Q_SIGNALS:
    /// The colours now say how old the edges are.
    void ages_wanted();
    /// The dot layout needs all edges that this filter shows in any iteration; comes again when
    /// that may have changed.
    void edges_wanted(const CircuitFilter& filter);
    /// A sentence for the user.
    void failed(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void show_colors(bool animate);
    void apply_strongest(int n);
    /// Shows in the controls what the view is at, be it after an undo.
    void follow_state();
    void update_summary();
    void update_completions(const QString& typed);
    void set_layout_choice(LayoutChoice choice);
    /// Has the dot layout made anew, soon, where it is wanted.
    void want_dot(int in_ms);
    void show_progress(const QString& sentence);
    void mind_missing_nodes();
    bool misses_nodes() const;
    void search();
    void set_search_state(bool found);

    CircuitView* view_ = nullptr;
    QComboBox* color_ = nullptr;
    QPushButton* lattice_ = nullptr;
    QPushButton* dot_ = nullptr;
    QSlider* strongest_ = nullptr;
    QToolButton* filter_ = nullptr;
    FilterForm* filter_form_ = nullptr;
    QToolButton* show_all_ = nullptr;
    QLabel* summary_ = nullptr;
    QLineEdit* search_ = nullptr;
    QToolButton* fit_ = nullptr;
    QStringListModel* found_ = nullptr;
    QFrame* progress_ = nullptr;
    QLabel* progress_text_ = nullptr;

    std::unique_ptr<DotLayouts> dot_layouts_;
    QTimer dot_timer_;
    ColorChoice colors_ = ColorChoice::since_previous; ///< as shown
    int chosen_iteration_ = 0;
    bool dot_shown_ = false; ///< the layout that was wanted when the state changed last
    bool waits_for_edges_ = false;
    int read_until_ = -1; ///< the newest iteration that was shown when edges were asked for
    CircuitFilter laid_out_ = first_filter();
    ShownIteration shown_;
    bool has_iteration_ = false;
};

} // namespace circuitloom::ui
