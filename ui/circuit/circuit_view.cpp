#include "ui/circuit/circuit_view.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_input.h"
#include "ui/circuit/hover_layer.h"
#include "ui/circuit/mouse_gestures.h"
#include "ui/theme/color_mix.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QResizeEvent>

#include <algorithm>

namespace circuitloom::ui {

CircuitView::CircuitView(QWidget* parent)
    : QWidget(parent)
    , theme_(theme(true))
    , mouse_(new MouseGestures(this))
{
    setLayoutDirection(Qt::LeftToRight); // heads and tokens run to the right in every language
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Circuit"));
    connect_circuit();
    connect_mouse();
    connect(&fade_, &FocusFade::changed, this, [this] { update(); });
}

void CircuitView::connect_circuit()
{
    connect(&circuit_, &ViewedCircuit::graph_changed, this, [this] { fade_.clear(); });
    connect(&circuit_, &ViewedCircuit::nodes_renumbered, this, [this] {
        hover_.reset();
        fade_.clear_hover();
    });
    connect(&circuit_, &ViewedCircuit::scene_changed, this, [this] {
        hits_.reset();
        update_focus();
        spans_grew();
        update();
    });
    connect(&circuit_, &ViewedCircuit::camera_changed, this, &CircuitView::follow_camera);
    connect(&circuit_, &ViewedCircuit::plain_layout_changed, this, &CircuitView::follow_camera);
    connect(&circuit_, &ViewedCircuit::near_layout_changed, this, &CircuitView::follow_camera);
    connect(&circuit_, &ViewedCircuit::state_changed, this, [this] {
        update_focus();
        update();
    });
    connect(&circuit_, &ViewedCircuit::selection_changed, this, &CircuitView::announce_selection);
    connect(&circuit_.motion(), &SceneMotion::moved, this, [this] { update(); });
}

void CircuitView::announce_selection()
{
    QAccessibleEvent selected(this, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&selected);
    if (!hasFocus() || !scene().layout)
        return;
    for (const NodeOrEdge& item : items_of(*scene().layout, state().selection))
        if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
            QAccessibleEvent focused(this, QAccessible::Focus);
            focused.setChild(node->value);
            QAccessible::updateAccessibility(&focused);
            break;
        }
}

void CircuitView::connect_mouse()
{
    connect(mouse_, &MouseGestures::pressed, this, [this] {
        focus_ring_ = false;
        update();
    });
    connect(mouse_, &MouseGestures::pointed, this, &CircuitView::point_at);
    connect(mouse_, &MouseGestures::left, this, &CircuitView::clear_hover);
    connect(mouse_, &MouseGestures::clicked, this,
        [this](const QPointF& at, bool adds) { click(*this, at, adds); });
    connect(mouse_, &MouseGestures::double_clicked, this,
        [this](const QPointF& at) { double_click(*this, at); });
    connect(mouse_, &MouseGestures::zoomed, this, &CircuitView::zoom_by);
    connect(mouse_, &MouseGestures::panned, this, &CircuitView::pan_by);
    connect(mouse_, &MouseGestures::band_changed, this, [this] { update(); });
    connect(mouse_, &MouseGestures::band_selected, this,
        [this](const QRectF& band) { select_in(*this, band); });
    connect(mouse_, &MouseGestures::drag_began, this, [this] {
        clear_hover();
        setCursor(mouse_->band() ? Qt::CrossCursor : Qt::ClosedHandCursor);
    });
    connect(mouse_, &MouseGestures::released, this, [this] {
        setCursor(Qt::ArrowCursor);
        update();
    });
}

void CircuitView::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

void CircuitView::set_placeholder(const QString& text)
{
    placeholder_.set_text(text);
    update();
}

void CircuitView::set_reduced_motion(bool reduced)
{
    circuit_.motion().set_reduced(reduced);
    fade_.set_reduced(reduced);
    update();
}

void CircuitView::move_as(const CircuitView& other)
{
    const SceneMotion& motion = other.circuit_.motion();
    if (motion.reduced() != circuit_.motion().reduced())
        set_reduced_motion(motion.reduced());
    circuit_.motion().set_pace(motion.pace());
}

bool CircuitView::use_opengl()
{
    update();
    return canvas_.use_opengl();
}

void CircuitView::follow_camera()
{
    editor().correct_camera(within_sight(state().camera, size()));
    hits_.reset();
    if (const auto& near = circuit_.near_layout())
        circuit_.set_scale(
            CircuitGeometry(*near, graph_rect(), state().camera).scale(), state().camera.zoom);
    update();
}

void CircuitView::set_camera(const CircuitCamera& camera)
{
    editor().set_camera(within_sight(camera, size()));
}

void CircuitView::fit()
{
    set_camera({});
}

void CircuitView::pan_by(const QPointF& pixels)
{
    set_camera({ state().camera.zoom, state().camera.pan + pixels });
}

void CircuitView::zoom_by(double factor, const QPointF& around)
{
    set_camera(zoomed(state().camera, factor, around, graph_rect()));
}

void CircuitView::zoom_to_selection()
{
    if (!scene().layout || state().selection.empty())
        return;
    const QRectF wanted = rect_of(scene(), geometry(), state().selection);
    set_camera(zoomed_to(state().camera, wanted, graph_rect()));
}

CircuitGeometry CircuitView::geometry() const
{
    return CircuitGeometry(*scene().layout, graph_rect(), state().camera);
}

std::optional<NodeOrEdge> CircuitView::item_at(const QPointF& point)
{
    if (!scene().layout)
        return std::nullopt;
    if (!hits_)
        hits_.emplace(scene(), geometry(), rect());
    return hits_->at(point);
}

void CircuitView::point_at(const QPointF& at)
{
    const auto item = item_at(at);
    if (!item) {
        clear_hover();
        return;
    }
    update();
    if (hover_ && hover_->item == *item) {
        hover_->at = at;
        return;
    }
    hover_ = { *item, at, card_of(*item) };
    update_focus();
    setCursor(Qt::PointingHandCursor);
}

void CircuitView::clear_hover()
{
    if (!hover_)
        return;
    hover_.reset();
    update_focus();
    update();
    setCursor(Qt::ArrowCursor);
}

HoverCard CircuitView::card_of(const NodeOrEdge& item) const
{
    return hover_card(
        scene(), item, circuit_.circuit(), span_of_, circuit_.options().certain.get());
}

void CircuitView::spans_grew()
{
    if (!hover_)
        return;
    hover_->card = card_of(hover_->item);
    update();
}

CircuitHighlight CircuitView::wanted_highlight() const
{
    return { state().selection, state().pinned, hover_ ? std::optional(hover_->item) : std::nullopt,
        state().isolated };
}

void CircuitView::update_focus()
{
    fade_.follow(scene(), wanted_highlight());
}

QRectF CircuitView::graph_rect() const
{
    return graph_area(
        size(), scene().layout ? *scene().layout : placeholder_.lattice(), paint_options());
}

CircuitPaintOptions CircuitView::paint_options() const
{
    CircuitPaintOptions options;
    options.camera = state().camera;
    options.highlight = fade_.lit().empty() ? wanted_highlight() : fade_.lit();
    options.focus = fade_.depth();
    options.text_scale = legend_scale();
    return options;
}

// What explains the circuit leaves it most of a low view.
double CircuitView::legend_scale() const
{
    constexpr double enough = 300; // pixels of height for texts of the usual size
    return std::min(theme_.scale, std::max(1.0, height() / enough));
}

Drawing CircuitView::drawing() const
{
    const CircuitScene& shown = circuit_.motion().shown();
    const bool empty = shown.edges.empty() && placeholder_.has_text();
    Theme legend_theme = theme_;
    legend_theme.scale = legend_scale();
    Drawing drawing = empty
        ? placeholder_.drawing(shown.layout.get(), theme_, size(), paint_options())
        : circuit_drawing(shown, legend_theme, size(), paint_options());
    if (!empty && hover_)
        drawing.layers.push_back(hover_layer(rect(), hover_->at, hover_->card, theme_));
    DrawnShape outlined;
    outlined.outline = theme_.accent.rgba();
    outlined.outline_width = 1;
    if (mouse_->band()) {
        DrawnShape band = outlined;
        band.rect = mouse_->band()->normalized();
        band.fill = faded(theme_.accent, 0.12).rgba();
        drawing.layers.push_back({ QStringLiteral("selecting"), { band }, {}, {} });
    }
    if (focus_ring_) {
        outlined.rect = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        drawing.layers.push_back({ QStringLiteral("focus"), { outlined }, {}, {} });
    }
    return drawing;
}

void CircuitView::paintEvent(QPaintEvent*)
{
    canvas_.paint(*this, drawing());
}

void CircuitView::resizeEvent(QResizeEvent* event)
{
    // What is looked at stays in sight.
    if (!event->oldSize().isEmpty()) {
        CircuitCamera camera = relative_to(event->oldSize(), state().camera);
        camera.pan = { camera.pan.x() * width(), camera.pan.y() * height() };
        editor().correct_camera(camera);
    }
    follow_camera();
}

void CircuitView::showEvent(QShowEvent*)
{
    circuit_.motion().set_visible(true);
}

void CircuitView::hideEvent(QHideEvent*)
{
    circuit_.motion().set_visible(false);
}

bool CircuitView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride
        && overrides_shortcut(*this, *static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void CircuitView::keyPressEvent(QKeyEvent* event)
{
    if (!act_on_key(*this, *event))
        QWidget::keyPressEvent(event);
}

void CircuitView::contextMenuEvent(QContextMenuEvent* event)
{
    open_menu(*this, *event);
}

void CircuitView::focusInEvent(QFocusEvent* event)
{
    // The ring is for those who came by keyboard; a pointer needs none.
    focus_ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    update();
}

void CircuitView::use_keyboard()
{
    focus_ring_ = true;
    update();
}

void CircuitView::focusOutEvent(QFocusEvent*)
{
    focus_ring_ = false;
    update();
}

} // namespace circuitloom::ui
