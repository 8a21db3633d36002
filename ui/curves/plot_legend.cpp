#include "ui/curves/plot_legend.h"

#include "ui/theme/scaled_font.h"

#include <QPainter>

#include <algorithm>
#include <vector>

namespace circuitloom::ui {

namespace {

/// The parts of an entry, in pixels; where the entries need more room than there is, narrower.
struct Spacing
{
    double sample; ///< of the line
    double gap;
    double between;
};
constexpr Spacing usual{ 20, 5, 14 };
constexpr Spacing narrow{ 14, 4, 8 };

double width_of(double texts, std::size_t entries, const Spacing& spacing)
{
    const auto count = static_cast<double>(entries);
    return texts + count * (spacing.sample + spacing.gap) + (count - 1) * spacing.between;
}

} // namespace

void paint_plot_legend(
    QPainter& painter, const QRectF& room_there, double from, const PlotContent& content,
    const Theme& theme)
{
    QRectF where = room_there;
    const QFont font = scaled_font(theme.font(), 0.88);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    std::vector<const PlotLine*> entries;
    double texts = 0;
    for (const PlotLine& line : content.lines)
        if (!line.legend.isEmpty()) {
            entries.push_back(&line);
            texts += metrics.horizontalAdvance(line.legend);
        }
    if (width_of(texts, entries.size(), usual) <= where.right() - from)
        where.setLeft(std::max(where.left(), from));
    const bool fits = width_of(texts, entries.size(), usual) <= where.width();
    const Spacing& spacing = fits ? usual : narrow;
    // The line that the title is of can be guessed; the dashed one beside it is named whole.
    if (!fits && width_of(texts, entries.size(), narrow) > where.width()
        && std::ranges::any_of(entries, &PlotLine::dashed)) {
        std::erase_if(entries, [](const PlotLine* line) { return !line->dashed; });
        texts = 0;
        for (const PlotLine* line : entries)
            texts += metrics.horizontalAdvance(line->legend);
    }
    // Every other one has a name, however short: those with long names give most.
    const double room = where.width() - width_of(0, entries.size(), spacing);
    const double share = std::max(room / std::max<double>(1, static_cast<double>(entries.size())), 0.0);
    double spare = 0; // what short names leave to long ones
    for (const PlotLine* line : entries)
        spare += std::max(share - metrics.horizontalAdvance(line->legend), 0.0);
    double x = where.left();
    for (const PlotLine* line : entries) {
        QPen pen(line->color, line->width);
        if (line->dashed)
            pen.setDashPattern({ 4, 3 });
        painter.setPen(pen);
        painter.drawLine(QPointF(x, where.center().y()),
            QPointF(x + spacing.sample, where.center().y()));
        x += spacing.sample + spacing.gap;
        const double wanted = metrics.horizontalAdvance(line->legend);
        const double given = std::min(wanted, wanted > share ? share + spare : share);
        spare -= std::max(given - share, 0.0);
        const QString text
            = metrics.elidedText(line->legend, Qt::ElideRight, static_cast<int>(given));
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(x, where.top(), given + 1, where.height()),
            Qt::AlignLeft | Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + spacing.between;
    }
}

} // namespace circuitloom::ui
