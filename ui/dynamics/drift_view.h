#pragma once

#include "ui/dynamics/drift_map.h"
#include "ui/dynamics/dynamics_view.h"
#include "ui/panels/shown_drift.h"

#include <QRectF>

#include <optional>
#include <vector>

class QLabel;

namespace circuitloom::ui {

class ColorKey;
class ViewCanvas;

/// How far each part of the model has moved from where the run began, at the iteration that is
/// shown: a map of layers × heads' queries, keys, values and outputs, MLPs, and the rest. A click on
/// a part selects its nodes in the circuit.
class DriftView : public DynamicsView
{
    Q_OBJECT

public:
    DriftView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    /// Of the canvas; where the map lies.
    QRectF map_rect() const;
    const DriftMap& map() const { return map_; }
    QColor color_of(const Moved& moved) const;

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void show_answer();
    void say(const QString& awaited);
    void paint(QPainter& painter) const;
    void paint_names(QPainter& painter, const QRectF& where) const;
    bool key(const QKeyEvent& event);
    std::optional<std::size_t> part_at(const QPointF& point) const;
    /// Parts from the one that moved farthest to the one that moved least.
    std::vector<std::size_t> by_distance() const;
    std::size_t part_of(int place) const; ///< in that order
    void select(std::size_t part);
    bool is_selected(std::size_t part) const;
    QString part_text(std::size_t part) const;
    QString section_name(ParameterPart::Kind kind) const;

    ShownDrift drift_;
    ColorKey* key_;
    QLabel* state_;
    ViewCanvas* canvas_;
    DriftMap map_;
    double greatest_ = 0; ///< relative drift of any part
    std::optional<std::size_t> current_; ///< where the keyboard is
};

} // namespace circuitloom::ui
