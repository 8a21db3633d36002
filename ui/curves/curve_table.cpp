#include "ui/curves/curve_table.h"

#include "ui/curves/curves_csv.h"

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int digits = 6; // of a value, as far as one reads

bool is_number(int column)
{
    return column == CurveTable::step || column == CurveTable::value;
}

} // namespace

CurveTable::CurveTable(std::span<const PlottedRun> runs, QObject* parent)
    : QAbstractTableModel(parent)
{
    for_each_curve(runs, [this](const CurveName& name, const Curve& points) {
        for (const CurvePoint& point : points)
            points_.push_back({ curves_.size(), point.step, point.value });
        curves_.push_back({ name.run, name.curve, name.measure });
    });
}

int CurveTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(points_.size());
}

int CurveTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QVariant CurveTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (is_number(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != sort_role)
        return {};
    const Point& point = points_[static_cast<std::size_t>(index.row())];
    const Named& of = curves_[point.curve];
    switch (index.column()) {
    case run:
        return of.run;
    case curve:
        return of.curve;
    case measure:
        return of.measure;
    case step:
        return role == sort_role ? QVariant(point.step) : QString::number(point.step, 'g', 12);
    default:
        if (role == sort_role)
            return point.value;
        return std::isnan(point.value) ? QString() : QString::number(point.value, 'g', digits);
    }
}

QVariant CurveTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case run:
        return tr("Run");
    case curve:
        return tr("Curve");
    case measure:
        return tr("Measure or unit");
    case step:
        return tr("Step");
    default:
        return tr("Value");
    }
}

} // namespace circuitloom::ui
