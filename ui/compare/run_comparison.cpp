#include "ui/compare/run_comparison.h"

#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/base/spreadsheet_text.h"
#include "ui/runs/run_row.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// One measure of one suite.
struct SuiteMeasure
{
    std::string suite;
    std::string measure;
    bool task = false; ///< of what the run is taught, not of a capability
    bool operator==(const SuiteMeasure&) const = default;
};

/// Those of all runs, of the tasks first.
std::vector<SuiteMeasure> figures_of(const std::vector<ComparedRun>& runs)
{
    std::vector<SuiteMeasure> figures;
    for (const ComparedRun& run : runs) {
        for (const SuiteCurve& curve : run.curves->suites()) {
            const SuiteMeasure measure{ curve.suite, curve.measure,
                run.curves->is_held_out_task(curve.suite) };
            if (std::find(figures.begin(), figures.end(), measure) == figures.end())
                figures.push_back(measure);
        }
    }
    std::ranges::stable_sort(
        figures, {}, [](const SuiteMeasure& measure) { return !measure.task; });
    return figures;
}

const Curve* curve_of(const ComparedRun& run, const SuiteMeasure& measure)
{
    for (const SuiteCurve& curve : run.curves->suites()) {
        if (curve.suite == measure.suite && curve.measure == measure.measure
            && !curve.points.empty())
            return &curve.points;
    }
    return nullptr;
}

double mean(const Curve& curve)
{
    double sum = 0;
    for (const CurvePoint& point : curve)
        sum += point.value;
    return curve.empty() ? unknown : sum / static_cast<double>(curve.size());
}

QString column_title(const SuiteMeasure& measure)
{
    const QString suite = QString::fromStdString(measure.suite);
    return measure.measure == measures::accuracy.name && !measure.task
        ? suite
        : suite + QStringLiteral(": ") + title_of(measure_of(measure.suite, measure.measure));
}

} // namespace

std::vector<RunComparison::Column> RunComparison::columns_of(const std::vector<ComparedRun>& runs)
{
    std::vector<Column> columns{ { tr("run"), tr("its name"), false }, { tr("method"), {}, false },
        { tr("seed"), {} }, { tr("steps"), tr("updates done") } };
    const std::vector<SuiteMeasure> figures = figures_of(runs);
    for (const SuiteMeasure& measure : figures) {
        const QString title = column_title(measure);
        const QString full = tr("%1: %2").arg(
            QString::fromStdString(measure.suite), title_of(measure_of(measure.suite, measure.measure)));
        columns.push_back({ tr("%1\nbefore").arg(title), tr("%1 at the first evaluation").arg(full),
            true, tr("%1, before").arg(title) });
        columns.push_back({ tr("\nafter"), tr("%1 at the last evaluation").arg(full), true,
            tr("%1, after").arg(title) });
    }
    columns.push_back(
        { tr("tunable"), tr("share of the parameters that could change, mean over the run") });
    columns.push_back({ tr("time per step"), tr("evaluations included") });
    columns.push_back({ tr("state"), {}, false });
    return columns;
}

std::vector<RunComparison::Row> RunComparison::rows_of(const std::vector<ComparedRun>& runs)
{
    const std::vector<SuiteMeasure> figures = figures_of(runs);
    std::vector<Row> rows;
    for (const ComparedRun& run : runs) {
        const RunDescription& description = run.summary.description;
        Row row{ run.summary.id, run.color, {} };
        const auto text = [&row](const QString& words) { row.cells.push_back({ words, words }); };
        const auto number = [&row](double value, const QString& words) {
            // What is not known comes last.
            row.cells.push_back({ words, std::isfinite(value) ? QVariant(value) : QVariant() });
        };
        text(QString::fromStdString(description.name));
        text(QString::fromStdString(description.method));
        number(static_cast<double>(description.seed), QString::number(description.seed));
        number(run.summary.steps_done, QString::number(run.summary.steps_done));
        for (const SuiteMeasure& measure : figures) {
            const Curve* curve = curve_of(run, measure);
            const Measure format = measure_named(measure.measure);
            for (const double value :
                { curve ? curve->front().value : unknown, curve ? curve->back().value : unknown })
                number(value, shown_value(format, value));
        }
        const double tunable = mean(run.curves->tunable_ratio());
        number(tunable, shown_value(measures::tunable_ratio, tunable));
        number(run.seconds_per_step, shown_value(measures::seconds, run.seconds_per_step));
        RunRow state;
        state.summary = run.summary;
        text(state_text(state));
        rows.push_back(std::move(row));
    }
    return rows;
}

void RunComparison::set_runs(const std::vector<ComparedRun>& runs)
{
    std::vector<Column> columns = columns_of(runs);
    std::vector<Row> rows = rows_of(runs);
    const bool same
        = std::ranges::equal(columns, columns_, {}, &Column::full_title, &Column::full_title)
        && std::ranges::equal(rows, rows_, {}, &Row::run, &Row::run);
    if (!same)
        beginResetModel();
    columns_ = std::move(columns);
    rows_ = std::move(rows);
    if (!same)
        endResetModel();
    else if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int RunComparison::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunComparison::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant RunComparison::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const Cell& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return cell.text;
    case Qt::DecorationRole:
        return index.column() == 0 ? QVariant(row.color) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(columns_[static_cast<std::size_t>(index.column())].number
                ? Qt::AlignRight | Qt::AlignVCenter
                : Qt::AlignLeft | Qt::AlignVCenter);
    case sort_role:
        return cell.sorts;
    default:
        return {};
    }
}

QVariant RunComparison::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = columns_[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::AccessibleTextRole)
        return column.full_title.isEmpty() ? column.title : column.full_title;
    if (role == Qt::ToolTipRole)
        return column.tip;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    return {};
}

QString table_text(const QAbstractItemModel& table, QChar separator)
{
    const auto field = [separator](const QString& shown) {
        QString text = spreadsheet_text(shown);
        text.replace(u'\t', u' ');
        const bool quoted = separator != u'\t'
            && (text.contains(separator) || text.contains(u'"') || text.contains(u'\n'));
        if (!quoted)
            return text.replace(u'\n', u' ');
        return QString(u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"');
    };
    QString all;
    QStringList line;
    for (int column = 0; column < table.columnCount(); ++column) {
        // "after" alone would be no name for a column.
        QString title = table.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
        if (title.isEmpty())
            title = table.headerData(column, Qt::Horizontal).toString();
        line << field(title);
    }
    all += line.join(separator) + u'\n';
    for (int row = 0; row < table.rowCount(); ++row) {
        line.clear();
        for (int column = 0; column < table.columnCount(); ++column)
            line << field(table.index(row, column).data().toString());
        all += line.join(separator) + u'\n';
    }
    return all;
}

} // namespace circuitloom::ui
