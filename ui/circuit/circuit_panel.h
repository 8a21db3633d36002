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

/// The circuit view under its toolbar: colour, strongest edges, search, fit.
class CircuitPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CircuitPanel(QWidget* parent = nullptr);

    void set_graph(std::shared_ptr<const ComputationalGraph> graph);
    /// `previous` and `first` are what the change colours may compare with; empty where there is
    /// none.
    void show_iteration(const IterationRecord& record, const Circuit& now, const Circuit& previous,
        const Circuit& first, bool animate);
    /// No graph, no circuit: only this line.
    void clear(const QString& placeholder);
    void set_theme(const Theme& theme);

    CircuitView* view() const { return view_; }
    /// More or, where negative, fewer edges.
    void change_strongest(int by);

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

    IterationRecord record_;
    Circuit now_;
    Circuit previous_;
    Circuit first_;
    bool has_iteration_ = false;
    int wanted_ = 35; ///< the user's choice, kept through iterations that have fewer edges
};

} // namespace circuitloom::ui
