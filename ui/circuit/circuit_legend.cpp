#include "ui/circuit/circuit_legend.h"

#include "ui/circuit/hue_colors.h"
#include "ui/theme/color_mix.h"

#include <QCoreApplication>
#include <QFontMetricsF>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CircuitLegend)
};

constexpr double sample_length = 18;
constexpr double row_height = 20;
constexpr int text_size = 11;

DrawnCurve sample(const QPointF& from, Hue hue, const Theme& theme)
{
    const QPointF third(sample_length / 3, 0);
    DrawnCurve line;
    line.from = from;
    line.control1 = from + third;
    line.control2 = from + 2 * third;
    line.to = from + 3 * third;
    line.color = hue_color(hue, theme).rgba();
    line.width = hue == Hue::left ? 1.4F : 3.0F;
    if (hue == Hue::left) {
        line.dash = 3.4F;
        line.gap = 2.8F;
    }
    return line;
}

DrawnLabel text(const QRectF& rect, const QString& words, Qt::Alignment side, const Theme& theme)
{
    DrawnLabel label;
    label.rect = rect;
    label.text = words;
    label.size = text_size;
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
    if (scene.widest <= 0)
        return Words::tr("width: %1").arg(scaled);
    return Words::tr("width: %1, strongest %2").arg(scaled).arg(scene.widest, 0, 'g', 2);
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
            { Hue::old,
                scene.oldest == 1 ? Words::tr("in for 1 iteration")
                                  : Words::tr("in for %1 iterations").arg(scene.oldest) } };
    case ColorMode::single:
        return {};
    case ColorMode::change:
        break;
    }
    if (!scene.has_reference)
        return {};
    return { { Hue::entered, Words::tr("entered") }, { Hue::stronger, Words::tr("stronger") },
        { Hue::weaker, Words::tr("weaker") }, { Hue::kept, Words::tr("as before") },
        { Hue::left, Words::tr("left") } };
}

DrawingLayer legend_layer(const QRectF& area, const CircuitScene& scene, const Theme& theme)
{
    DrawingLayer layer{ QStringLiteral("legend"), {}, {}, {} };
    QFont font = theme.font();
    font.setPixelSize(text_size);
    const QFontMetricsF metrics(font);
    const QRectF row(area.left(), area.bottom() - row_height, area.width(), row_height);

    double x = row.left();
    for (const LegendEntry& entry : legend_of(scene)) {
        layer.curves.push_back(sample(QPointF(x, row.center().y()), entry.hue, theme));
        x += sample_length + 6;
        const double extent = metrics.horizontalAdvance(entry.label);
        layer.labels.push_back(
            text(QRectF(x, row.top(), extent + 2, row_height), entry.label, Qt::AlignLeft, theme));
        x += extent + 18;
    }
    if (x > row.left())
        layer.shapes.push_back(
            veil({ row.left() - 6, row.top(), x - row.left(), row_height }, theme));

    // Where both do not fit, the colours matter more.
    const QString width = width_text(scene);
    const double extent = metrics.horizontalAdvance(width);
    if (x + extent < row.right()) {
        const QRectF rect(row.right() - extent, row.top(), extent, row_height);
        layer.shapes.push_back(veil(rect.adjusted(-6, 0, 6, 0), theme));
        layer.labels.push_back(text(rect, width, Qt::AlignRight, theme));
    }
    return layer;
}

} // namespace circuitloom::ui
