#pragma once

#include "ui/panels/panel_context.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// The edges of one circuit as rows, strongest first.
class EdgeTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        rank,
        from,
        to,
        score,
        change,
        age,
        inclusion,
        resamples,
        interval,
        columns
    };
    /// What a row is sorted by: numbers as numbers, nodes by their place in the model.
    static constexpr int sort_role = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void set_edges(std::shared_ptr<const ComputationalGraph> graph, std::vector<CircuitEdge> edges);
    EdgeId edge(int row) const { return edges_[static_cast<std::size_t>(row)].edge; }
    const ComputationalGraph* graph() const { return graph_.get(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(int row, int column) const;
    QVariant sort_key(int row, int column) const;

    std::shared_ptr<const ComputationalGraph> graph_;
    std::vector<CircuitEdge> edges_;
};

} // namespace circuitloom::ui
