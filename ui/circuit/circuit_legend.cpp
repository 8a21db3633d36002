#include "ui/circuit/circuit_legend.h"

#include "ui/circuit/hue_colors.h"
#include "ui/theme/color_mix.h"

#include <QFontMetricsF>
#include <QPen>

namespace circuitloom::ui {

namespace {

constexpr double sample_length = 18;
constexpr double row_height = 20;
constexpr int text_size = 11;

void paint_sample(QPainter& painter, const QPointF& from, Hue hue, const Theme& theme)
{
    QPen pen(hue_color(hue, theme), hue == Hue::left ? 1.4 : 3);
    pen.setCapStyle(Qt::RoundCap);
    if (hue == Hue::left) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({ 2.4, 2 });
    }
    painter.setPen(pen);
    painter.drawLine(from, from + QPointF(sample_length, 0));
}

} // namespace

std::vector<LegendEntry> legend_of(const CircuitScene& scene)
{
    switch (scene.mode) {
    case ColorMode::sign:
        return { { Hue::positive, QStringLiteral("raises the metric") },
            { Hue::negative, QStringLiteral("lowers it") } };
    case ColorMode::kind:
        return { { Hue::query, QStringLiteral("query") }, { Hue::key, QStringLiteral("key") },
            { Hue::value, QStringLiteral("value") }, { Hue::mlp, QStringLiteral("MLP") },
            { Hue::logits, QStringLiteral("logits") } };
    case ColorMode::change:
        break;
    }
    if (!scene.has_reference)
        return {};
    return { { Hue::entered, QStringLiteral("entered") },
        { Hue::stronger, QStringLiteral("stronger") }, { Hue::weaker, QStringLiteral("weaker") },
        { Hue::kept, QStringLiteral("as before") }, { Hue::left, QStringLiteral("left") } };
}

void paint_legend(
    QPainter& painter, const QRectF& area, const CircuitScene& scene, const Theme& theme)
{
    painter.save();
    QFont font = theme.font();
    font.setPixelSize(text_size);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QRectF row(area.left(), area.bottom() - row_height, area.width(), row_height);

    const QString width_text = scene.widest > 0
        ? QStringLiteral("width: √ |score|, strongest %1").arg(scene.widest, 0, 'g', 2)
        : QStringLiteral("width: √ |score|");
    const double width_extent = metrics.horizontalAdvance(width_text);
    const auto entries = legend_of(scene);
    double extent = 0;
    for (const LegendEntry& entry : entries)
        extent += sample_length + 6 + metrics.horizontalAdvance(entry.label) + 18;

    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(theme.window, 0.8));
    if (!entries.empty())
        painter.drawRoundedRect(QRectF(row.left() - 6, row.top(), extent, row_height), 6, 6);
    painter.drawRoundedRect(
        QRectF(row.right() - width_extent - 6, row.top(), width_extent + 12, row_height), 6, 6);

    double x = row.left();
    for (const LegendEntry& entry : entries) {
        paint_sample(painter, QPointF(x, row.center().y()), entry.hue, theme);
        x += sample_length + 6;
        painter.setPen(theme.dimText);
        const double text_width = metrics.horizontalAdvance(entry.label);
        painter.drawText(QRectF(x, row.top(), text_width + 2, row_height),
            Qt::AlignLeft | Qt::AlignVCenter, entry.label);
        x += text_width + 18;
    }
    // Where both do not fit, the colours matter more.
    if (extent + width_extent < row.width()) {
        painter.setPen(theme.dimText);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, width_text);
    }
    painter.restore();
}

} // namespace circuitloom::ui
