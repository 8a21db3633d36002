#pragma once

#include "core/store/records.h"
#include "ui/circuit/circuit_view.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;

namespace circuitloom::ui {

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

/// The circuit view under its toolbar: colour, strongest edges, search, fit.
class CircuitPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitPanel(QWidget* parent = nullptr);

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
    /// More or, where negative, fewer edges.
    void change_strongest(int by);
    /// The colours chosen say how old the edges are.
    bool shows_age() const;

Q_SIGNALS:
    /// The colours now say how old the edges are.
    void ages_wanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show_colors(bool animate);
    void apply_strongest(int n);
    void update_summary();
    void search();
    void set_search_state(bool found);

    CircuitView* view_ = nullptr;
    QComboBox* color_ = nullptr;
    QSlider* strongest_ = nullptr;
    QLabel* summary_ = nullptr;
    QLineEdit* search_ = nullptr;
    QToolButton* fit_ = nullptr;

    ShownIteration shown_;
    bool has_iteration_ = false;
    int wanted_ = 35; ///< the user's choice, kept through iterations that have fewer edges
};

} // namespace circuitloom::ui
