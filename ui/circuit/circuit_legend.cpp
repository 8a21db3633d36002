#include "ui/circuit/circuit_legend.h"

#include "ui/circuit/hue_colors.h"
#include "ui/circuit/hue_dashes.h"
#include "ui/circuit/switched_off.h"
#include "ui/theme/color_mix.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CircuitLegend)
};

// Pixels where texts have their usual size.
constexpr double sample_gap = 6; // to its meaning
constexpr double entry_gap = 18;
constexpr double veil_reach = 6;
constexpr double row_height = 20;
constexpr int text_size = 11;

/// Long enough to show what a dashed line does.
double sample_length(const Theme& theme)
{
    return theme.scaled(theme.dashes ? 38.0 : 18.0);
}

DrawnCurve sample(const QPointF& from, Hue hue, const Theme& theme)
{
    const QPointF third(sample_length(theme) / 3, 0);
    DrawnCurve line;
    line.from = from;
    line.control1 = from + third;
    line.control2 = from + 2 * third;
    line.to = from + 3 * third;
    line.color = hue_color(hue, theme).rgba();
    line.width = hue == Hue::left ? 1.4F : 3.0F;
    add_dashes(line, hue, theme);
    return line;
}

DrawnLabel text(const QRectF& rect, const QString& words, Qt::Alignment side, const Theme& theme)
{
    DrawnLabel label;
    label.rect = rect;
    label.text = words;
    label.size = theme.scaled(text_size);
    label.color = theme.dimText.rgba();
    label.alignment = side | Qt::AlignVCenter;
    return label;
}

DrawnShape veil(const QRectF& rect, const Theme& theme)
{
    DrawnShape shape;
    shape.rect = rect;
    shape.radius = 6;
    shape.fill = faded(theme.window, 0.8).rgba();
    return shape;
}

QString width_text(const CircuitScene& scene)
{
    QString scaled = Words::tr("√ |score|");
    if (scene.width == WidthScale::linear)
        scaled = Words::tr("|score|");
    else if (scene.width == WidthScale::logarithmic)
        scaled = Words::tr("log |score|");
    if (scene.layout && scene.layout->form == LayoutForm::layers)
        scaled.replace(Words::tr("|score|"), Words::tr("Σ |score|"));
    if (scene.widest <= 0)
        return Words::tr("width: %1").arg(scaled);
    return Words::tr("width: %1, strongest %2").arg(scaled).arg(scene.widest, 0, 'g', 2);
}

/// Where a legend has its parts, from its own upper left.
struct LegendPlan
{
    std::vector<QRectF> entries; ///< as legend_of() has them, each with its sample
    QRectF width; ///< of the text about the width
    int rows = 1;
};

LegendPlan plan_of(const CircuitScene& scene, double room, const Theme& theme)
{
    QFont font = theme.font();
    font.setPixelSize(theme.scaled(text_size));
    const QFontMetricsF metrics(font);
    LegendPlan plan;
    double x = 0;
    const auto place = [&](double extent) {
        if (x > 0 && x + extent > room) {
            ++plan.rows;
            x = 0;
        }
        const QRectF rect(
            x, (plan.rows - 1) * theme.scaled(row_height), extent, theme.scaled(row_height));
        x += extent + theme.scaled(entry_gap);
        return rect;
    };
    for (const LegendEntry& entry : legend_of(scene))
        plan.entries.push_back(place(sample_length(theme) + theme.scaled(sample_gap)
            + metrics.horizontalAdvance(entry.label)));
    plan.width = place(metrics.horizontalAdvance(width_text(scene)));
    plan.width.moveRight(std::max(room, plan.width.right()));
    return plan;
}

std::vector<LegendEntry> certainty_legend(const CircuitScene& scene)
{
    if (!scene.certain)
        return {};
    if (scene.certain->empty())
        return { { Hue::neutral, Words::tr("not resampled: see circuit.resamples") } };
    constexpr CertaintyBounds bounds;
    const auto percent = [](double share) { return std::lround(100 * share); };
    return { { Hue::core, Words::tr("core (≥ %1 %)").arg(percent(bounds.core)) },
        { Hue::contingent, Words::tr("contingent") },
        { Hue::noise, Words::tr("noise (< %1 %)").arg(percent(bounds.noise)) } };
}

QString switched_off_text()
{
    return Words::tr("switched off");
}

QSizeF switched_off_size(const Theme& theme)
{
    QFont font = theme.font();
    font.setPixelSize(theme.scaled(text_size));
    return { sample_length(theme) + theme.scaled(sample_gap)
            + QFontMetricsF(font).horizontalAdvance(switched_off_text()),
        theme.scaled(row_height) };
}

/// The row above the others, with its upper left at `origin`.
void add_switched_off(DrawingLayer& layer, const QPointF& origin, const Theme& theme)
{
    const QRectF rect(origin, switched_off_size(theme));
    layer.shapes.push_back(veil(rect.adjusted(-veil_reach, 0, veil_reach, 0), theme));
    for (const DrawnCurve& stroke :
        cross_at(QPointF(rect.left() + sample_length(theme) / 2, rect.center().y()), theme))
        layer.curves.push_back(stroke);
    layer.labels.push_back(
        text(rect.adjusted(sample_length(theme) + theme.scaled(sample_gap), 0, 2, 0),
            switched_off_text(), Qt::AlignLeft, theme));
}

} // namespace

std::vector<LegendEntry> legend_of(const CircuitScene& scene)
{
    switch (scene.mode) {
    case ColorMode::sign:
        return { { Hue::positive, Words::tr("raises the metric") },
            { Hue::negative, Words::tr("lowers it") } };
    case ColorMode::kind:
        return { { Hue::query, Words::tr("query") }, { Hue::key, Words::tr("key") },
            { Hue::value, Words::tr("value") }, { Hue::mlp, Words::tr("MLP") },
            { Hue::logits, Words::tr("logits") } };
    case ColorMode::age:
        return { { Hue::young, Words::tr("just entered") },
            { Hue::old, Words::tr("in for %n iteration(s)", nullptr, scene.oldest) } };
    case ColorMode::single:
        return {};
    case ColorMode::certainty:
        return certainty_legend(scene);
    case ColorMode::change:
    case ColorMode::sides:
        break;
    }
    if (!scene.has_reference)
        return {};
    if (scene.mode == ColorMode::sides)
        return { { Hue::entered, Words::tr("only in A") },
            { Hue::stronger, Words::tr("stronger in A") },
            { Hue::weaker, Words::tr("stronger in %1").arg(QLatin1Char(scene.other)) },
            { Hue::kept, Words::tr("as strong") },
            { Hue::left, Words::tr("only in %1").arg(QLatin1Char(scene.other)) } };
    return { { Hue::entered, Words::tr("entered") }, { Hue::stronger, Words::tr("stronger") },
        { Hue::weaker, Words::tr("weaker") }, { Hue::kept, Words::tr("as before") },
        { Hue::left, Words::tr("left") } };
}

LegendRoom legend_room(double width, const Theme& theme)
{
    LegendRoom room;
    room.width_from = width;
    room.one_row = true;
    room.switched_off_height = theme.scaled(row_height);
    room.switched_off_until = switched_off_size(theme).width() + veil_reach;
    CircuitScene scene;
    scene.has_reference = true;
    const auto layers = std::make_shared<CircuitLayout>(); // of which the text is the longest
    layers->form = LayoutForm::layers;
    scene.layout = layers;
    scene.widest = 0.00012; // as long as such a number gets
    scene.width = WidthScale::logarithmic;
    scene.oldest = 1000;
    scene.certain = std::make_shared<const CertainEdges>(1);
    for (const ColorMode mode : { ColorMode::change, ColorMode::sign, ColorMode::kind,
             ColorMode::age, ColorMode::single, ColorMode::certainty, ColorMode::sides }) {
        scene.mode = mode;
        const LegendPlan plan = plan_of(scene, width, theme);
        room.height = std::max(room.height, plan.rows * theme.scaled(row_height));
        room.one_row = room.one_row && plan.rows == 1;
        room.width_from = std::min(room.width_from, plan.width.left() - veil_reach);
        for (const QRectF& entry : plan.entries)
            room.colors_until = std::max(room.colors_until, entry.right() + veil_reach);
    }
    return room;
}

DrawingLayer legend_layer(const QRectF& area, const CircuitScene& scene, const Theme& theme)
{
    DrawingLayer layer{ QStringLiteral("legend"), {}, {}, {} };
    const LegendPlan plan = plan_of(scene, area.width(), theme);
    const QPointF origin(area.left(), area.bottom() - plan.rows * theme.scaled(row_height));
    const std::vector<LegendEntry> entries = legend_of(scene);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QRectF rect = plan.entries[i].translated(origin);
        layer.shapes.push_back(veil(rect.adjusted(-veil_reach, 0, veil_reach, 0), theme));
        layer.curves.push_back(
            sample(QPointF(rect.left(), rect.center().y()), entries[i].hue, theme));
        layer.labels.push_back(
            text(rect.adjusted(sample_length(theme) + theme.scaled(sample_gap), 0, 2, 0),
                entries[i].label, Qt::AlignLeft, theme));
    }
    const QRectF rect = plan.width.translated(origin);
    layer.shapes.push_back(veil(rect.adjusted(-veil_reach, 0, veil_reach, 0), theme));
    layer.labels.push_back(text(rect, width_text(scene), Qt::AlignRight, theme));
    if (shows_switched_off(scene))
        add_switched_off(layer, origin - QPointF(0, theme.scaled(row_height)), theme);
    return layer;
}

} // namespace circuitloom::ui
