#pragma once

#include "core/analysis/jaccard_matrix.h"
#include "ui/dynamics/dynamics_view.h"

#include <QImage>
#include <QRectF>

#include <optional>
#include <utility>

class QLabel;

namespace circuitloom::ui {

class ColorKey;
class ViewCanvas;

/// How alike the circuits of all iterations are, each with each, beside what random circuits of the
/// same size would be. A click goes to the column's iteration and selects the edges that its circuit
/// shares with the row's.
class JaccardView : public DynamicsView
{
    Q_OBJECT

public:
    JaccardView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    const JaccardMatrix& matrix() const { return matrix_; }
    /// The square of the cells.
    QRectF square() const;
    /// Row and column of the cell there; nothing beside the square.
    std::optional<std::pair<std::size_t, std::size_t>> cell_at(const QPointF& point) const;
    QColor color_of(double jaccard) const;

private:
    void compute();
    void show_matrix(const JaccardMatrix& matrix);
    void paint(QPainter& painter) const;
    bool key(const QKeyEvent& event);
    void go_to_cell(std::size_t row, std::size_t column);
    QString cell_text(std::size_t row, std::size_t column) const;
    /// The place in the matrix of the iteration that is shown, or of the last one before it.
    std::optional<std::size_t> shown_place() const;

    ColorKey* key_;
    QLabel* chance_;
    ViewCanvas* canvas_;
    JaccardMatrix matrix_;
    QImage image_;
    int generation_ = -1; ///< of the run of the matrix
    bool computing_ = false;
    bool compute_again_ = false;
    std::optional<std::size_t> compared_; ///< the row that the keyboard compares with
};

} // namespace circuitloom::ui
