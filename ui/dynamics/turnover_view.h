#pragma once

#include "ui/dynamics/dynamics_view.h"
#include "ui/dynamics/edge_changes.h"

#include <QRect>

#include <functional>
#include <optional>

namespace circuitloom::ui {

class ViewCanvas;

/// At each iteration a bar up for the edges that entered and one down for those that left, and
/// under them the turnover beside that of random circuits and what the batches alone would give. A
/// click goes there and selects those edges. Of a long run a bar is that of the iteration, of those
/// it stands for, at which most changed.
class TurnoverView : public DynamicsView
{
    Q_OBJECT

public:
    TurnoverView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    struct Parts
    {
        QRect entered; ///< where the bars up are
        QRect left; ///< the bars down
        QRect turnover;
        QRect axis;
        int columns = 0;
    };
    Parts parts() const;
    /// What a column shows; nothing where no iteration but the first is in it.
    std::optional<EdgeChange> change_at(int column) const;
    /// Of a random circuit after the one before the change; empty without a circuit.
    std::optional<double> random_turnover(const EdgeChange& change) const;
    /// What batch_turnover() says; empty where the circuits were not resampled.
    std::optional<double> turnover_by_batches(const EdgeChange& change) const;
    QString change_text(const EdgeChange& change) const;
    int column_at(double x) const;
    double column_middle(int column) const;

private:
    /// The first one that shows a change.
    int first_column() const;
    void paint(QPainter& painter) const;
    void paint_bars(QPainter& painter, const Parts& parts) const;
    void paint_turnover(QPainter& painter, const Parts& parts) const;
    void select_change(const EdgeChange& change, bool those_that_left);
    void paint_dashes(QPainter& painter, const Parts& parts, const QColor& color,
        const std::function<std::optional<double>(const EdgeChange&)>& of) const;

    ViewCanvas* canvas_;
    // Of the run that was taken last: while the view is hidden, the scores may be of another.
    int iterations_ = 0;
    std::vector<EdgeChange> changes_;
    std::vector<int> large_; ///< iterations of the largest changes
    int most_ = 1; ///< edges that entered or left at once
};

} // namespace circuitloom::ui
