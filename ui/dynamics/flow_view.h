#pragma once

#include "core/analysis/layer_flow.h"
#include "ui/dynamics/dynamics_view.h"

#include <QRectF>

#include <array>
#include <optional>
#include <vector>

class QSpinBox;

namespace circuitloom::ui {

class ColorKey;
class ViewCanvas;

/// Where the strength runs from layer to layer: at a chosen iteration, at the one that is shown, and
/// the difference of their shares. A click on a cell goes to the iteration and selects its edges.
class FlowView : public DynamicsView
{
    Q_OBJECT

public:
    FlowView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    static constexpr int start = 0; ///< which of the three matrices
    static constexpr int now = 1;
    static constexpr int difference = 2;
    /// A matrix has as many rows as columns: the input and the layers write, the layers and the
    /// logits read.
    int side() const { return flows_[start].layers() + 1; }
    QRectF matrix_rect(int matrix) const;
    /// The share of all strength in a cell, 0…1; of the difference, that of now less that of the
    /// start.
    double value(int matrix, int source, int target) const;
    QColor color_of(int matrix, double value) const;

private:
    /// A difference of shares in percentage points, as in "+1.5".
    static QString points_text(double difference);
    struct Cell
    {
        int matrix;
        int source;
        int target;
    };
    std::optional<Cell> cell_at(const QPointF& point) const;
    QRectF cell_rect(const Cell& cell) const;
    /// Where the keyboard walks: the cells that have any strength, the strongest now first.
    std::vector<Cell> walk() const;
    bool key(const QKeyEvent& event);
    int iteration_of(int matrix) const;
    void compute();
    /// Of what stands above a matrix.
    double title_height() const;
    void paint(QPainter& painter) const;
    void paint_matrix(QPainter& painter, int matrix) const;
    void go_to_cell(const Cell& cell);
    QString cell_text(const Cell& cell) const;
    QString source_name(int source) const;
    QString target_name(int target) const;

    QSpinBox* from_;
    ColorKey* key_;
    ColorKey* difference_key_;
    ViewCanvas* canvas_;
    std::array<LayerFlow, 2> flows_; ///< start and now
    std::optional<Cell> current_; ///< where the keyboard is
    int generation_ = -1; ///< of the run that it is a cell of
    double greatest_share_ = 0;
    double greatest_difference_ = 0;
};

} // namespace circuitloom::ui
