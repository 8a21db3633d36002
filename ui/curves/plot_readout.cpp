#include "ui/curves/plot_readout.h"

#include "ui/curves/place_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_lines = 24;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(PlotWidget)
};

struct Row
{
    const PlotLine* line = nullptr;
    double value = 0;
    double raw = 0; ///< not a number where the line is not smoothed
};

double distance(const Row& row, double near)
{
    return std::isnan(row.value) ? INFINITY : std::abs(row.value - near);
}

double height(const Row& row)
{
    return std::isnan(row.value) ? -INFINITY : row.value;
}

} // namespace

QString plot_readout(const PlotContent& content, const QSet<QString>& hidden, const AxisText& text,
    double step, double near)
{
    std::vector<Row> rows;
    for (const PlotLine& line : content.lines) {
        const bool reaches = !line.points.empty() && line.points.front().step <= step
            && step <= line.points.back().step;
        if (reaches && !hidden.contains(line.name))
            rows.push_back(
                { &line, value_at(line.points, step), value_at(line.raw, step) });
    }
    std::stable_sort(rows.begin(), rows.end(),
        [near](const Row& a, const Row& b) { return distance(a, near) < distance(b, near); });
    const std::size_t left_out = rows.size() - std::min(rows.size(), most_lines);
    rows.resize(rows.size() - left_out);
    std::stable_sort(
        rows.begin(), rows.end(), [](const Row& a, const Row& b) { return height(a) > height(b); });

    QString html = QStringLiteral("<b>%1</b>").arg(place_text(content.axis.quantity, step));
    html += QStringLiteral("<table>");
    for (const Row& row : rows) {
        const QString& name = row.line->legend.isEmpty() ? row.line->name : row.line->legend;
        const QString raw = row.line->raw.empty()
            ? QString()
            : u' ' + Words::tr("(unsmoothed %1)").arg(text.full(row.raw));
        const QString unit = content.unit.isEmpty() ? QString() : u' ' + content.unit;
        html += QStringLiteral("<tr><td><font color=\"%1\">■</font>&nbsp;%2&nbsp;&nbsp;</td>"
                               "<td align=\"right\">%3</td></tr>")
                    .arg(row.line->color.name(), name.toHtmlEscaped(),
                        text.full(row.value) + unit.toHtmlEscaped() + raw);
    }
    html += QStringLiteral("</table>");
    if (rows.empty())
        html += Words::tr("no value here");
    if (left_out > 0)
        html += Words::tr("%1 more").arg(left_out);
    return html;
}

} // namespace circuitloom::ui
