#pragma once

#include "core/graph/computational_graph.h"
#include "ui/theme/theme.h"

#include <QTableWidget>

#include <vector>

namespace circuitloom::ui {

/// One edge whose score goes one way.
struct TrendRow
{
    EdgeId edge;
    QString name;
    bool up = false; ///< the arrow beside the name
    QString way; ///< what goes up or down, in words
    QString figure; ///< what it is listed by
    std::vector<float> course; ///< its score over the run, evenly spaced
    int peak = 0; ///< the iteration of its greatest |score|
};

/// Edges as rows with a small curve of each. A click selects one; on the curve it goes to that
/// place of the run, Return goes to where the edge was strongest.
class TrendTable : public QTableWidget
{
    Q_OBJECT

public:
    enum Column
    {
        name,
        kind,
        curve,
        figure,
        columns
    };

    explicit TrendTable(QWidget* parent);

    void set_rows(std::vector<TrendRow> rows, const QString& figure_title);
    const std::vector<TrendRow>& rows() const { return rows_; }
    void set_theme(const Theme& theme);
    const Theme& shown_theme() const { return theme_; }

Q_SIGNALS:
    void edges_chosen(const std::vector<EdgeId>& edges);
    /// `place` is 0…1 of the run.
    void place_chosen(EdgeId edge, double place);
    void peak_chosen(EdgeId edge, int iteration);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    Theme theme_;
    std::vector<TrendRow> rows_;
    bool filling_ = false;
};

} // namespace circuitloom::ui
