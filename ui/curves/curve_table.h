#pragma once

#include "ui/curves/plotted_run.h"

#include <QAbstractTableModel>
#include <QString>

#include <span>
#include <vector>

namespace circuitloom::ui {

/// Points of the curves of some runs as rows: those in which every word that was looked for stands,
/// in the order of the curves or sorted by a column. A copy of what the curves were; there may be
/// hundreds of thousands of points, so it looks at names once a curve and keeps no text of a point.
class CurveTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        run,
        curve,
        measure,
        step,
        value,
        columns
    };
    /// Steps and values as the numbers that they are, not as texts.
    static constexpr int number_role = Qt::UserRole;

    explicit CurveTable(std::span<const PlottedRun> runs, QObject* parent = nullptr);

    /// Rows are those in whose names or step every word stands, in whatever case. Resets the model.
    void search(const QString& words);
    /// Numbers that are none come last; no column (-1) is the order of the curves.
    void sort(int column, Qt::SortOrder order) override;
    /// Of all curves, whatever is looked for.
    int points() const { return static_cast<int>(points_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Named
    {
        QString run;
        QString curve;
        QString measure;
    };
    struct Point
    {
        std::size_t curve;
        double step;
        double value;
    };

    void find();
    void put_in_order();

    std::vector<Named> curves_;
    std::vector<Point> points_;
    std::vector<std::size_t> rows_; ///< the points shown, by their place in points_
    QStringList words_;
    int sorted_by_ = -1;
    Qt::SortOrder sort_order_ = Qt::AscendingOrder;
};

} // namespace circuitloom::ui
