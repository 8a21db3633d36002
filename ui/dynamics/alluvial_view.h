#pragma once

#include "ui/dynamics/alluvial_flow.h"
#include "ui/dynamics/dynamics_view.h"

#include <QPainterPath>
#include <QRectF>

class QComboBox;
class QLineEdit;

namespace circuitloom::ui {

class ViewCanvas;

/// Which edges stayed, left and came between some iterations, by layer or by chosen nodes: a block
/// for each group at each of the iterations, as high as its edges are many, and ribbons between
/// them. A click selects the edges of a block or ribbon and goes to its iteration.
class AlluvialView : public DynamicsView
{
    Q_OBJECT

public:
    AlluvialView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

    const AlluvialFlow& flow() const { return flow_; }
    QRectF rect_of(const AlluvialFlow::Block& block) const;
    QPainterPath path_of(const AlluvialFlow::Ribbon& ribbon) const;

private:
    enum class Grouping
    {
        writing_layer,
        reading_layer,
        selected_nodes
    };
    Grouping grouping() const;
    std::vector<int> chosen_moments() const;
    void compute();
    QString group_name(int group) const;
    QColor group_color(int group) const;
    double moment_x(std::size_t moment) const;
    /// Pixels of an edge.
    double edge_height() const;
    double y_of(double bottom) const;
    void paint(QPainter& painter) const;
    /// The edges of what lies at a point, and the sentence of it; no moment beside everything.
    struct Found
    {
        int iteration = -1;
        std::vector<EdgeId> edges;
        QString text;
    };
    Found at(const QPointF& point) const;
    Found found_block(const AlluvialFlow::Block& block) const;
    Found found_ribbon(const AlluvialFlow::Ribbon& ribbon) const;
    /// The keyboard walks through the blocks, then the ribbons.
    Found found_number(int number) const;
    bool key(const QKeyEvent& event);

    QComboBox* groups_;
    QLineEdit* moments_;
    ViewCanvas* canvas_;
    AlluvialFlow flow_;
    std::vector<QString> names_; ///< of the groups
    int current_ = -1; ///< where the keyboard is
    int generation_ = -1;
    bool moments_typed_ = false;
};

} // namespace circuitloom::ui
