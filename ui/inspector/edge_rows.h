#pragma once

#include "core/analysis/components.h"
#include "ui/inspector/inspected_subject.h"
#include "ui/panels/panel_context.h"

#include <QWidget>

#include <vector>

class QListWidget;
class QLabel;

namespace circuitloom::ui {

/// One edge of the circuit at the node that is inspected.
struct EdgeRow
{
    EdgeId edge;
    bool outwards = false; ///< the node writes it
    double score = 0;
    bool operator==(const EdgeRow&) const = default;
};

/// The strongest edges into a node and out of it, at most `most` each way, the strongest first;
/// those into it come first. `circuit` is the strongest first.
std::vector<EdgeRow> edge_rows(ComponentId node, const std::vector<CircuitEdge>& circuit,
    const ComputationalGraph& graph, const Components& components, std::size_t most);

/// These as rows; one that is clicked or opened by Enter is selected in the circuit.
class EdgeRows : public QWidget
{
    Q_OBJECT

public:
    EdgeRows(PanelContext& context, QWidget* parent);

    /// Of the circuit shown.
    void show_node(ComponentId node, const ComputationalGraph& graph, const Components& components);

private:
    PanelContext& context_;
    QLabel* counts_;
    QListWidget* list_;
    std::vector<EdgeRow> rows_;
};

} // namespace circuitloom::ui
