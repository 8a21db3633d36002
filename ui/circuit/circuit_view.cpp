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
    clock_.start();

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
            lit_ = {};
        update();
    });
}

void CircuitView::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    motion_.stop();
    now_.clear();
    reference_.clear();
    lattice_ = graph ? std::make_shared<const CircuitLayout>(lattice_layout(*graph)) : nullptr;
    target_ = CircuitScene{};
    target_.graph = std::move(graph);
    target_.mode = options_.mode;
    // What was chosen meant nodes of another graph; filter and colours mean the same in any.
    ViewState fresh;
    fresh.filter = state_.filter;
    fresh.colors = state_.colors;
    fresh.layout = state_.layout;
    fresh.folding.supernodes = state_.folding.supernodes;
    const bool had_selection = !state_.selection.empty();
    state_ = fresh;
    history_.clear();
    options_.isolated = {};
    options_.hidden = {};
    hover_.reset();
    lit_ = {};
    rebuild_plain_layout();
    shown_ = target_;
    if (had_selection)
        Q_EMIT selection_changed({});
    Q_EMIT state_changed();
    update();
}

void CircuitView::show_circuit(
    const Circuit& now, const Circuit& reference, bool animate, std::vector<int> ages)
{
    now_ = now;
    reference_ = reference;
    options_.ages = std::move(ages);
    go_to_target(animate);
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
    hits_.reset();
    target_ = scene_of(target_.graph, target_.layout, now_, reference_, options_);
    if (animate && !reduced_motion_ && isVisible() && target_.graph) {
        departure_ = shown_;
        entrance_ = entrance_between(departure_, target_);
        motion_.start();
    } else {
        shown_ = target_;
    }
    update_focus();
    if (hover_)
        card_ = card_of(*hover_);
    update();
    Q_EMIT scene_changed();
}

void CircuitView::update_focus()
{
    const CircuitHighlight now{ state_.selection, state_.pinned, hover_ };
    CircuitHighlight held = now;
    bool any = CircuitFocus(target_, now, 1).any();
    if (!any && hover_) {
        // What is pointed at has no edges here: then the selection stays lit.
        held.hover.reset();
        any = CircuitFocus(target_, held, 1).any();
    }
    const double end = any ? 1 : 0;
    if (any)
        lit_ = held;
    if (lit_.empty() || (focus_fade_.endValue().isValid() && focus_fade_.endValue() == end))
        return;
    const double from
        = focus_fade_.currentValue().isValid() ? focus_fade_.currentValue().toDouble() : 0.0;
    focus_fade_.stop();
    focus_fade_.setStartValue(from);
    focus_fade_.setEndValue(end);
    focus_fade_.setDuration(reduced_motion_ ? 0 : focus_ms);
    focus_fade_.start();
}

QRectF CircuitView::graph_rect() const
{
    return graph_area(size(), target_.layout ? *target_.layout : empty_lattice_, paint_options());
}

CircuitPaintOptions CircuitView::paint_options() const
{
    CircuitPaintOptions options;
    options.camera = state_.camera;
    options.highlight
        = lit_.empty() ? CircuitHighlight{ state_.selection, state_.pinned, hover_ } : lit_;
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
            hover_layer(rect(), hover_at_, card_ ? *card_ : card_of(*hover_), theme_));
    if (band_) {
        DrawnShape band;
        band.rect = band_->normalized();
        band.fill = faded(theme_.accent, 0.12).rgba();
        band.outline = theme_.accent.rgba();
        band.outline_width = 1;
        drawing.layers.push_back({ QStringLiteral("selecting"), { band }, {}, {} });
    }
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

void CircuitView::spans_grew()
{
    if (!hover_)
        return;
    card_ = card_of(*hover_);
    update();
}

HoverCard CircuitView::card_of(const NodeOrEdge& item) const
{
    return hover_card(target_, item, now_, span_of_);
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
    hits_.reset();
    state_.camera = within_sight(state_.camera);
    mind_distance();
}

void CircuitView::hideEvent(QHideEvent*)
{
    motion_.stop();
    shown_ = target_;
}

} // namespace circuitloom::ui
