#include "ui/dynamics/drift_map.h"

#include <algorithm>
#include <map>

namespace circuitloom::ui {

namespace {

using Kind = ParameterPart::Kind;

constexpr double gap = 0.012; // between two sections, of the width
constexpr double least_cells = 2.5; // that a section is as wide as

} // namespace

DriftMap::DriftMap(const std::vector<MovedPart>& parts)
{
    std::map<Kind, int> counts;
    int layers = 0;
    for (const auto& [part, moved] : parts)
        if (part.layer >= 0) {
            counts[part.kind] = std::max(counts[part.kind], part.index + 1);
            layers = std::max(layers, part.layer + 1);
        }
    double units = 0;
    for (auto& [kind, count] : counts) {
        count = std::max(count, 1);
        units += std::max(least_cells, static_cast<double>(count));
    }
    const double unit
        = counts.empty() ? 0 : (1 - gap * static_cast<double>(counts.size() - 1)) / units;
    std::map<Kind, Section> of_kind;
    double from = 0;
    for (const auto& [kind, count] : counts) { // in the order of the kinds
        const double to = from + unit * std::max(least_cells, static_cast<double>(count));
        sections_.push_back({ kind, count, from, to });
        of_kind[kind] = sections_.back();
        from = to + gap;
    }
    rows_ = parts.empty() ? 0 : layers + 2;
    for (const auto& [part, moved] : parts) {
        if (part.layer < 0) {
            cells_.push_back({ part.kind == Kind::embedding ? rows_ - 1 : 0, 0, 1 });
            continue;
        }
        const Section& section = of_kind[part.kind];
        const double width = (section.to - section.from) / section.cells;
        const int index = std::max(part.index, 0);
        cells_.push_back({ layers - part.layer, section.from + index * width,
            section.from + (index + 1) * width });
    }
}

QRectF DriftMap::cell(std::size_t part, const QSizeF& area) const
{
    const Cell& where = cells_.at(part);
    const double height = area.height() / std::max(rows_, 1);
    return { where.from * area.width(), where.row * height,
        (where.to - where.from) * area.width(), height };
}

std::optional<std::size_t> DriftMap::at(const QPointF& point, const QSizeF& area) const
{
    for (std::size_t part = 0; part < cells_.size(); ++part)
        if (cell(part, area).contains(point))
            return part;
    return std::nullopt;
}

} // namespace circuitloom::ui
