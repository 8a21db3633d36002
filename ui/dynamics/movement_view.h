#pragma once

#include "core/analysis/run_dynamics.h"
#include "ui/dynamics/dynamics_view.h"

#include <QRectF>

#include <optional>
#include <vector>

namespace circuitloom::ui {

class ViewCanvas;

/// When the circuit settled and when each suite moved: a line each over the run's steps, the
/// earliest first, with a dot where half of its change was behind it and a bar between the two
/// evaluations with the largest change (dynamics.md, "What moved when"). A click goes there.
class MovementView : public DynamicsView
{
    Q_OBJECT

public:
    /// One curve.
    struct Line
    {
        QString name;
        QString values; ///< as in "100.0 % → 32.0 %"
        QString lag; ///< behind the circuit, in steps; empty of the circuit itself
        bool circuit = false;
        Curve points;
        std::optional<Movement> movement; ///< empty where it stayed the same
    };

    MovementView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    const std::vector<Line>& lines() const { return lines_; }
    /// Where the line of this number is drawn, in the canvas.
    QRectF track(std::size_t line) const;
    double x_of(double step) const;
    /// What is written of a line, as wide as it may be: its name, and its values with the lag.
    QRectF name_box(std::size_t line) const;
    QRectF values_box(std::size_t line) const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show_dynamics();
    Line line_of(const CapabilityMovement& one, std::size_t iterations) const;
    static QString line_text(const Line& line);
    static QString written_values(const Line& line);
    int name_width(const Line& line) const;
    int values_width(const Line& line) const;
    void paint(QPainter& painter) const;
    void paint_line(QPainter& painter, std::size_t line) const;
    void go_to_step(double step);
    std::optional<std::size_t> line_at(double y) const;
    void arrange();
    int row_height() const;
    int last_step() const;
    bool key(const QKeyEvent& event);

    ViewCanvas* canvas_;
    std::vector<Line> lines_;
    std::optional<double> circuit_halfway_;
    int name_width_ = 0; ///< of the widest name, at most widest_name
    int values_width_ = 0;
    /// In a narrow panel names and values stand above the tracks, in a line or in one each; 0 where
    /// they stand beside them.
    int text_lines_ = 0;
    int current_ = -1; ///< where the keyboard is
};

} // namespace circuitloom::ui
