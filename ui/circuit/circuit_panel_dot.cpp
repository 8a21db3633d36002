// How CircuitPanel comes by a dot layout: the edges of the run from whoever has its file, then
// Graphviz's places from another process.
#include "ui/circuit/circuit_panel.h"

#include <QFrame>
#include <QLabel>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int settle_ms = 400; // before a layout is made for what may change again
constexpr int miss_ms = 2500; // before one is made for nodes that came in
constexpr int quiet_ms = 200; // shorter work needs no progress

} // namespace

void CircuitPanel::set_dot_program(const QString& program)
{
    dot_layouts_ = std::make_unique<DotLayouts>(program);
    connect(dot_layouts_.get(), &DotLayouts::ready, this,
        [this](std::shared_ptr<const CircuitLayout> layout) {
            progress_->hide();
            view_->set_dot_layout(std::move(layout));
        });
    connect(dot_layouts_.get(), &DotLayouts::failed, this, [this](const QString& sentence) {
        set_layout_choice(LayoutChoice::lattice);
        Q_EMIT failed(sentence);
    });
}

void CircuitPanel::want_dot(int in_ms)
{
    if (view_->state().layout != LayoutChoice::dot || !has_iteration_)
        return;
    dot_timer_.start(in_ms);
    QTimer::singleShot(in_ms + quiet_ms, this, [this] {
        if (dot_timer_.isActive() || waits_for_edges_ || dot_layouts_->busy())
            show_progress(QStringLiteral("Graphviz is laying the circuit out"));
    });
}

void CircuitPanel::set_edges_of_run(std::vector<EdgeId> edges)
{
    waits_for_edges_ = false;
    if (view_->state().layout != LayoutChoice::dot || !has_iteration_)
        return;
    dot_layouts_->request(view_->scene().graph, view_->plain_layout(), std::move(edges));
}

void CircuitPanel::edges_of_run_changed()
{
    want_dot(settle_ms);
}

void CircuitPanel::show_progress(const QString& sentence)
{
    progress_text_->setText(sentence);
    // Over the picture, which would move if it had to make room.
    progress_->adjustSize();
    progress_->move(view_->pos() + QPoint(16, 10));
    progress_->raise();
    progress_->show();
}

void CircuitPanel::mind_missing_nodes()
{
    if (shown_.record.index.value > read_until_ && misses_nodes() && !dot_timer_.isActive()
        && !dot_layouts_->busy())
        want_dot(miss_ms);
}

// An edge is shown at a node that the dot layout has put with the rest of its layer.
bool CircuitPanel::misses_nodes() const
{
    const CircuitScene& scene = view_->scene();
    if (!scene.layout || view_->state().layout != LayoutChoice::dot)
        return false;
    const auto is_missed = [&](DrawnNodeId node) {
        return is_rest(scene.layout->nodes[static_cast<std::size_t>(node.value)]);
    };
    return std::ranges::any_of(scene.edges, [&](const EdgeAppearance& edge) {
        return is_missed(source_of(scene, edge.edge)) || is_missed(target_of(scene, edge.edge));
    });
}

} // namespace circuitloom::ui
