#include "ui/curves/curve_table.h"

#include "ui/curves/curves_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int digits = 6; // of a value, as far as one reads
constexpr int step_digits = 12; // a whole number, however long the run
constexpr double greatest_whole = 1e12; // of so many digits

bool is_number(int column)
{
    return column == CurveTable::step || column == CurveTable::value;
}

/// Whether every word stands in a step's digits, as the table shows them.
bool has_words(double step, const std::vector<QByteArray>& words)
{
    std::array<char, 32> digits_of;
    char* const begin = digits_of.data();
    char* const last = begin + digits_of.size();
    // Nearly all are whole numbers, which are written much faster.
    const bool whole = std::abs(step) < greatest_whole && step == std::floor(step);
    const auto end = whole
        ? std::to_chars(begin, last, static_cast<std::int64_t>(step))
        : std::to_chars(begin, last, step, std::chars_format::general, step_digits);
    const std::string_view text(begin, static_cast<std::size_t>(end.ptr - begin));
    return std::ranges::all_of(words, [&](const QByteArray& word) {
        return text.find(std::string_view(word.constData(), static_cast<std::size_t>(word.size())))
            != std::string_view::npos;
    });
}

/// Places in `texts` by rank, so that many rows are sorted without comparing texts.
std::vector<double> ranks_of(const std::vector<QString>& texts)
{
    std::vector<QString> sorted = texts;
    std::ranges::sort(sorted);
    std::vector<double> ranks;
    for (const QString& text : texts)
        ranks.push_back(
            static_cast<double>(std::ranges::lower_bound(sorted, text) - sorted.begin()));
    return ranks;
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
    find();
}

void CurveTable::search(const QString& words)
{
    beginResetModel();
    words_ = words.split(u' ', Qt::SkipEmptyParts);
    find();
    put_in_order();
    endResetModel();
}

void CurveTable::find()
{
    rows_.clear();
    // What the names of a curve do not have, each of its steps must have.
    std::vector<std::vector<QByteArray>> left;
    for (const Named& one : curves_) {
        std::vector<QByteArray>& of_steps = left.emplace_back();
        for (const QString& word : words_)
            if (!one.run.contains(word, Qt::CaseInsensitive)
                && !one.curve.contains(word, Qt::CaseInsensitive)
                && !one.measure.contains(word, Qt::CaseInsensitive))
                of_steps.push_back(word.toLower().toUtf8());
    }
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const std::vector<QByteArray>& words = left[points_[i].curve];
        if (words.empty() || has_words(points_[i].step, words))
            rows_.push_back(i);
    }
}

void CurveTable::sort(int column, Qt::SortOrder order_wanted)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    // Rows that somebody holds on to, as a table does to those selected.
    const QModelIndexList held = persistentIndexList();
    std::vector<std::size_t> held_points;
    for (const QModelIndex& index : held)
        held_points.push_back(rows_[static_cast<std::size_t>(index.row())]);
    sorted_by_ = column;
    sort_order_ = order_wanted;
    put_in_order();
    if (!held.isEmpty()) {
        std::vector<int> row_of(points_.size());
        for (std::size_t row = 0; row < rows_.size(); ++row)
            row_of[rows_[row]] = static_cast<int>(row);
        QModelIndexList now;
        for (qsizetype i = 0; i < held.size(); ++i)
            now << index(row_of[held_points[static_cast<std::size_t>(i)]], held[i].column());
        changePersistentIndexList(held, now);
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void CurveTable::put_in_order()
{
    if (sorted_by_ < 0) {
        std::ranges::sort(rows_);
        return;
    }
    std::vector<QString> names;
    for (const Named& one : curves_)
        names.push_back(sorted_by_ == run ? one.run
                : sorted_by_ == curve     ? one.curve
                                          : one.measure);
    const std::vector<double> ranks = ranks_of(names);
    std::vector<std::pair<double, std::size_t>> keys;
    keys.reserve(rows_.size());
    for (const std::size_t i : rows_) {
        const Point& point = points_[i];
        keys.emplace_back(sorted_by_ == step ? point.step
                : sorted_by_ == value        ? point.value
                                             : ranks[point.curve],
            i);
    }
    // Of equal ones and of those that are no numbers the curves' order says which is first.
    std::ranges::sort(
        keys, [down = sort_order_ == Qt::DescendingOrder](const auto& a, const auto& b) {
            if (std::isnan(a.first) != std::isnan(b.first))
                return std::isnan(b.first);
            if (!std::isnan(a.first) && a.first != b.first)
                return (a.first < b.first) != down;
            return a.second < b.second;
        });
    std::ranges::transform(keys, rows_.begin(), [](const auto& key) { return key.second; });
}

int CurveTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
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
    if (role != Qt::DisplayRole && role != number_role)
        return {};
    const Point& point = points_[rows_[static_cast<std::size_t>(index.row())]];
    const Named& of = curves_[point.curve];
    switch (index.column()) {
    case run:
        return of.run;
    case curve:
        return of.curve;
    case measure:
        return of.measure;
    case step:
        return role == number_role ? QVariant(point.step)
                                 : QString::number(point.step, 'g', step_digits);
    default:
        if (role == number_role)
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
