#include "ui/circuit/circuit_view.h"

#include "core/layout/lattice_layout.h"
#include "ui/circuit/hover_card.h"
#include "ui/theme/color_mix.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int motion_ms = 220;
constexpr double longest_motion_ms = 4000;
constexpr int focus_ms = 130;
constexpr double smallest_zoom = 0.5;
constexpr double largest_zoom = 16;

} // namespace

CircuitView::CircuitView(QWidget* parent)
    : QWidget(parent)
    , theme_(theme(true))
    , placeholder_(QStringLiteral("No circuit yet"))
    , empty_lattice_(lattice_layout(ComputationalGraph({ 4, 8, 8, 512 }, { GraphKind::full, 32 })))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(QStringLiteral("Circuit"));

    motion_.setDuration(motion_ms);
    motion_.setEasingCurve(QEasingCurve::OutCubic);
    motion_.setStartValue(0.0);
    motion_.setEndValue(1.0);
    connect(&motion_, &QVariantAnimation::valueChanged, this, [this](const QVariant& t) {
        shown_ = interpolate(departure_, target_, t.toDouble(), entrance_);
        update();
    });
    focus_fade_.setDuration(focus_ms);
    connect(&focus_fade_, &QVariantAnimation::valueChanged, this, [this] { update(); });
    connect(&focus_fade_, &QVariantAnimation::finished, this, [this] {
        if (focus_fade_.endValue().toDouble() <= 0)
            lit_.reset();
        update();
    });
}

void CircuitView::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    motion_.stop();
    now_.clear();
    reference_.clear();
    std::shared_ptr<const CircuitLayout> layout;
    if (graph)
        layout = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
    target_ = CircuitScene{};
    target_.graph = std::move(graph);
    target_.layout = std::move(layout);
    target_.mode = options_.mode;
    shown_ = target_;
    hover_.reset();
    lit_.reset();
    select(std::nullopt);
    fit();
}

void CircuitView::show_circuit(
    const Circuit& now, const Circuit& reference, bool animate, std::vector<int> ages)
{
    now_ = now;
    reference_ = reference;
    options_.ages = std::move(ages);
    go_to_target(animate);
}

void CircuitView::set_strongest(int n)
{
    options_.strongest = std::max(n, 0);
    go_to_target(true);
}

void CircuitView::set_color_mode(ColorMode mode)
{
    if (mode == options_.mode)
        return;
    options_.mode = mode;
    go_to_target(true);
}

void CircuitView::set_width_scale(WidthScale scale)
{
    if (scale == options_.width)
        return;
    options_.width = scale;
    go_to_target(true);
}

void CircuitView::set_pace(double iterations_per_second)
{
    const bool flowing = iterations_per_second > 0;
    motion_.setDuration(
        flowing ? qRound(std::min(1000 / iterations_per_second, longest_motion_ms)) : motion_ms);
    motion_.setEasingCurve(flowing ? QEasingCurve::Linear : QEasingCurve::OutCubic);
}

void CircuitView::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

void CircuitView::set_placeholder(const QString& text)
{
    placeholder_ = text;
    update();
}

void CircuitView::set_reduced_motion(bool reduced)
{
    reduced_motion_ = reduced;
    if (reduced && animating())
        go_to_target(false);
}

bool CircuitView::use_opengl()
{
    update();
    return canvas_.use_opengl();
}

bool CircuitView::animating() const
{
    return motion_.state() == QAbstractAnimation::Running;
}

void CircuitView::go_to_target(bool animate)
{
    motion_.stop();
    target_ = scene_of(target_.graph, target_.layout, now_, reference_, options_);
    if (animate && !reduced_motion_ && isVisible() && target_.graph) {
        departure_ = shown_;
        entrance_ = entrance_between(departure_, target_);
        motion_.start();
    } else {
        shown_ = target_;
    }
    update_focus();
    update();
}

void CircuitView::fit()
{
    set_camera({});
}

void CircuitView::set_camera(const CircuitCamera& camera)
{
    camera_ = camera;
    // A corner of the graph stays in sight however far it is dragged.
    const double most_x = width() * camera_.zoom / 2;
    const double most_y = height() * camera_.zoom / 2;
    camera_.pan = { std::clamp(camera_.pan.x(), -most_x, most_x),
        std::clamp(camera_.pan.y(), -most_y, most_y) };
    update();
}

void CircuitView::zoom_by(double factor, const QPointF& around)
{
    const double zoom = std::clamp(camera_.zoom * factor, smallest_zoom, largest_zoom);
    const QPointF from_centre = around - graph_rect().center();
    const QPointF pan = from_centre - (from_centre - camera_.pan) * (zoom / camera_.zoom);
    set_camera({ zoom, pan });
}

bool CircuitView::in_circuit(const NodeOrEdge& item) const
{
    return std::any_of(target_.edges.begin(), target_.edges.end(), [&](const EdgeAppearance& e) {
        if (const auto* node = std::get_if<DrawnNodeId>(&item))
            return source_of(target_, e.edge) == *node || target_of(target_, e.edge) == *node;
        return e.edge == std::get<EdgeId>(item);
    });
}

void CircuitView::update_focus()
{
    std::optional<NodeOrEdge> item = hover_ ? hover_ : selection_;
    if (item && !in_circuit(*item))
        item.reset();
    const double end = item ? 1 : 0;
    if (item)
        lit_ = item;
    if (!lit_ || (focus_fade_.endValue().isValid() && focus_fade_.endValue().toDouble() == end))
        return;
    const double from
        = focus_fade_.currentValue().isValid() ? focus_fade_.currentValue().toDouble() : 0.0;
    focus_fade_.stop();
    focus_fade_.setStartValue(from);
    focus_fade_.setEndValue(end);
    focus_fade_.setDuration(reduced_motion_ ? 0 : focus_ms);
    focus_fade_.start();
}

void CircuitView::select(std::optional<NodeOrEdge> item)
{
    if (item == selection_)
        return;
    selection_ = item;
    update_focus();
    update();
    Q_EMIT selection_changed(item ? item_name(target_, *item) : QString());
}

bool CircuitView::select_named(const QString& name)
{
    if (!target_.graph)
        return false;
    QString wanted = name.trimmed();
    wanted.replace(QStringLiteral(" "), QString()).replace(u'→', QStringLiteral("->"));
    if (const auto edge = target_.graph->find_edge(wanted.toStdString())) {
        select(*edge);
        return true;
    }
    const auto& nodes = target_.layout->nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (wanted.compare(QString::fromStdString(nodes[i].name), Qt::CaseInsensitive) == 0) {
            select(DrawnNodeId{ static_cast<std::int32_t>(i) });
            return true;
        }
    }
    return false;
}

QRectF CircuitView::graph_rect() const
{
    return graph_area(size(), target_.layout ? *target_.layout : empty_lattice_, paint_options());
}

CircuitPaintOptions CircuitView::paint_options() const
{
    CircuitPaintOptions options;
    options.camera = camera_;
    options.selection = selection_;
    options.hover = lit_;
    options.focus
        = focus_fade_.currentValue().isValid() ? focus_fade_.currentValue().toDouble() : 0;
    return options;
}

Drawing CircuitView::drawing() const
{
    const bool empty = shown_.edges.empty() && !placeholder_.isEmpty();
    Drawing drawing = empty ? lattice_drawing(shown_.layout ? *shown_.layout : empty_lattice_,
                          theme_, size(), paint_options())
                            : circuit_drawing(shown_, theme_, size(), paint_options());
    if (empty)
        drawing.layers.push_back(placeholder_layer());
    else if (hover_)
        drawing.layers.push_back(
            hover_layer(rect(), hover_at_, hover_card(target_, *hover_), theme_));
    if (focus_ring_) {
        DrawnShape ring;
        ring.rect = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        ring.outline = theme_.accent.rgba();
        ring.outline_width = 1;
        drawing.layers.push_back({ QStringLiteral("focus"), { ring }, {}, {} });
    }
    return drawing;
}

void CircuitView::paintEvent(QPaintEvent*)
{
    canvas_.paint(*this, drawing());
}

DrawingLayer CircuitView::placeholder_layer() const
{
    DrawnShape veil;
    veil.rect = rect();
    veil.fill = faded(theme_.window, 0.55).rgba();
    DrawnLabel words;
    words.rect = rect();
    words.text = placeholder_;
    words.size = 15;
    words.color = theme_.dimText.rgba();
    return { QStringLiteral("placeholder"), { veil }, {}, { words } };
}

void CircuitView::resizeEvent(QResizeEvent*)
{
    set_camera(camera_);
}

void CircuitView::hideEvent(QHideEvent*)
{
    motion_.stop();
    shown_ = target_;
}

} // namespace circuitloom::ui
