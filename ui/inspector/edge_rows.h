#pragma once

#include "core/analysis/components.h"
#include "ui/inspector/inspected_subject.h"
#include "ui/panels/panel_context.h"

#include <QWidget>

#include <vector>

class QListWidget;
class QLabel;

namespace circuitloom::ui {

/// One edge of the circuit at what is inspected.
struct EdgeRow
{
    EdgeId edge;
    bool outwards = false; ///< EdgeRowsOf::out_of writes it
    double score = 0;
    bool operator==(const EdgeRow&) const = default;
};

/// Which edges are listed: those of one node, or those before an edge and after it.
struct EdgeRowsOf
{
    ComponentId into;
    ComponentId out_of;
};

/// The strongest edges into a node and out of one, at most `most` each way, the strongest first;
/// those into one come first. `circuit` is the strongest first.
std::vector<EdgeRow> edge_rows(const EdgeRowsOf& of, const std::vector<CircuitEdge>& circuit,
    const ComputationalGraph& graph, const Components& components, std::size_t most);

/// These as rows; one that is clicked or opened by Enter is selected in the circuit.
class EdgeRows : public QWidget
{
    Q_OBJECT

public:
    EdgeRows(PanelContext& context, QWidget* parent);

    /// `circuit` is the strongest first.
    void show_edges(const EdgeRowsOf& of, const std::vector<CircuitEdge>& circuit,
        const ComputationalGraph& graph, const Components& components);

private:
    PanelContext& context_;
    QLabel* counts_;
    QListWidget* list_;
    std::vector<EdgeRow> rows_;
};

} // namespace circuitloom::ui
