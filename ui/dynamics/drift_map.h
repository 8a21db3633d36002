#pragma once

#include "core/run/drift_question.h"

#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// Where the parts of a model lie on the drift map: a row for each layer, the first one at the
/// bottom as in the circuit view, the ends of the model in rows of their own below and above. From
/// left to right the queries, keys, values and outputs of all heads, the MLP or its groups, and what
/// a layer shares.
class DriftMap
{
public:
    DriftMap() = default;
    /// `parts` are in the order of parameter_parts().
    explicit DriftMap(const std::vector<MovedPart>& parts);

    /// Columns of one kind.
    struct Section
    {
        ParameterPart::Kind kind = ParameterPart::Kind::query;
        int cells = 0;
        double from = 0; ///< 0…1 of the width
        double to = 0;
    };
    const std::vector<Section>& sections() const { return sections_; }
    /// The rows, from the top; those of the ends of the model among them.
    int rows() const { return rows_; }
    bool empty() const { return cells_.empty(); }

    /// Where the part with this place in `parts` lies in an area of that size.
    QRectF cell(std::size_t part, const QSizeF& area) const;
    /// The place of the part that lies there; nothing beside the parts.
    std::optional<std::size_t> at(const QPointF& point, const QSizeF& area) const;

private:
    struct Cell
    {
        int row = 0;
        double from = 0; ///< 0…1 of the width
        double to = 0;
    };
    std::vector<Section> sections_;
    std::vector<Cell> cells_;
    int rows_ = 0;
};

} // namespace circuitloom::ui
