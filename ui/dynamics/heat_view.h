#pragma once

#include "core/analysis/score_rows.h"
#include "ui/dynamics/dynamics_view.h"
#include "ui/dynamics/heat_tiles.h"

#include <QPointer>

#include <cstdint>
#include <functional>

class QComboBox;

namespace circuitloom::ui {

class ColorKey;
class HeatStrip;

/// Edges or nodes as rows, iterations as columns, coloured by score. A click goes to the iteration
/// and selects the row in the circuit, a drag selects the rows it goes over.
class HeatView : public DynamicsView
{
    Q_OBJECT

public:
    HeatView(PanelContext& context, RunScores& scores, QWidget* parent);

    void take_run() override;
    void take_window() override;

private:
    bool of_nodes() const;
    ScoreRowOrder order() const;
    /// Sorts the rows in the background; while that goes on, newer wishes wait for its end.
    void sort_rows();
    /// The names outlive the run: while the view is hidden, the scores may be of another.
    void show_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks, bool nodes,
        std::function<QString(std::int32_t row)> names);
    void take_selection();
    void show_key();
    /// Nothing is selected where the rows are none.
    GraphChoice choice_of(std::size_t first, std::size_t last) const;
    QString cell_text(const HeatCell& cell) const;

    QComboBox* rows_;
    QComboBox* order_;
    ColorKey* key_;
    HeatStrip* strip_;
    std::function<QString(std::int32_t row)> name_of_; ///< of a row in the strip
    bool shows_nodes_ = false; ///< of the rows in the strip
    bool sorting_ = false;
    bool sort_again_ = false;
    int generation_ = -1; ///< of the run in the strip
};

} // namespace circuitloom::ui
