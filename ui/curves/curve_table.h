#pragma once

#include "ui/curves/plotted_run.h"

#include <QAbstractTableModel>
#include <QString>

#include <span>
#include <vector>

namespace circuitloom::ui {

/// Every point of every curve of some runs as a row; a copy of what they were.
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
    /// What a row is sorted by: numbers as numbers.
    static constexpr int sort_role = Qt::UserRole;

    explicit CurveTable(std::span<const PlottedRun> runs, QObject* parent = nullptr);

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

    std::vector<Named> curves_;
    std::vector<Point> points_;
};

} // namespace circuitloom::ui
