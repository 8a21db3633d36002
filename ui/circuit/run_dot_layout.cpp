#include "ui/circuit/run_dot_layout.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int settle_ms = 400; // before a layout is made for what may change again
constexpr int missing_ms = 2500; // before one is made for nodes that came in
constexpr int quiet_ms = 200; // shorter work needs no progress

// An edge is shown at a node that the layout has only as a place, or put with the rest of a layer.
bool misses_nodes(const CircuitScene& scene)
{
    if (!scene.layout)
        return false;
    const auto is_missed = [&](DrawnNodeId node) {
        return !scene.layout->nodes[static_cast<std::size_t>(node.value)].used;
    };
    return std::ranges::any_of(scene.edges, [&](const EdgeAppearance& edge) {
        return is_missed(source_of(scene, edge.edge)) || is_missed(target_of(scene, edge.edge));
    });
}

} // namespace

RunDotLayout::RunDotLayout(const QString& program, QObject* parent)
    : QObject(parent)
    , filter_(first_filter())
{
    set_program(program);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (!has_iteration_)
            return;
        waits_for_edges_ = true;
        read_until_ = std::max(read_until_, shown_iteration_);
        Q_EMIT edges_wanted(filter_);
    });
}

void RunDotLayout::set_program(const QString& program)
{
    layouts_ = std::make_unique<DotLayouts>(program);
    connect(layouts_.get(), &DotLayouts::ready, this,
        [this](std::shared_ptr<const CircuitLayout> layout) {
            Q_EMIT busy_changed(false);
            Q_EMIT ready(std::move(layout));
        });
    connect(layouts_.get(), &DotLayouts::failed, this, &RunDotLayout::failed);
}

void RunDotLayout::begin_run()
{
    has_iteration_ = false;
    read_until_ = -1;
}

void RunDotLayout::show_iteration(int index, const CircuitScene& scene)
{
    shown_iteration_ = index;
    if (!std::exchange(has_iteration_, true))
        ask_soon(0);
    else if (index > read_until_ && misses_nodes(scene) && !timer_.isActive() && !layouts_->busy())
        ask_soon(missing_ms);
}

void RunDotLayout::follow(bool wanted, const CircuitFilter& filter)
{
    const bool other_wish = std::exchange(wanted_, wanted) != wanted;
    const bool other_filter = std::exchange(filter_, filter) != filter;
    if (!wanted) {
        layouts_->cancel();
        Q_EMIT busy_changed(false);
    }
    if (other_filter)
        ask_soon(settle_ms);
    else if (other_wish && wanted)
        ask_soon(0);
}

void RunDotLayout::base_changed()
{
    layouts_->cancel();
    if (wanted_)
        ask_soon(0);
}

void RunDotLayout::edges_changed()
{
    ask_soon(settle_ms);
}

void RunDotLayout::set_edges(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const CircuitLayout> base, std::vector<EdgeId> edges)
{
    waits_for_edges_ = false;
    if (wanted_ && has_iteration_)
        layouts_->request(std::move(graph), std::move(base), std::move(edges));
}

void RunDotLayout::ask_soon(int in_ms)
{
    if (!has_iteration_)
        return;
    timer_.start(in_ms);
    if (!wanted_)
        return;
    QTimer::singleShot(in_ms + quiet_ms, this, [this] {
        if (wanted_ && (timer_.isActive() || waits_for_edges_ || layouts_->busy()))
            Q_EMIT busy_changed(true);
    });
}

} // namespace circuitloom::ui
