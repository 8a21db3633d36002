#include "ui/dynamics/trends_view.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_rows = 100; // of each table
constexpr int most_points = 60; // of a curve
constexpr int width_for_two = 640; // tables side by side

/// `sentence` has places for how many go up, how many do by chance, and the same for down.
QString count_text(const QString& sentence, std::ptrdiff_t up, double up_by_chance,
    std::ptrdiff_t down, double down_by_chance)
{
    return sentence.arg(up).arg(up_by_chance, 0, 'f', 1).arg(down).arg(down_by_chance, 0, 'f', 1);
}

} // namespace

TrendsView::TrendsView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    courses_ = add_table(QStringLiteral("courseTable"),
        tr("By their mean size in parts of the run, each beyond the one before"), courses_text_);
    trends_ = add_table(QStringLiteral("trendTable"),
        tr("By the correlation of score and step, beyond .5 either way"), trends_text_);
    DynamicsReader& reader = this->context().dynamics();
    connect(&reader, &DynamicsReader::changed, this, &TrendsView::show_dynamics);
    connect(&reader, &DynamicsReader::progressed, this, [this] {
        const DynamicsReader::Known known = dynamics();
        if (!known.dynamics && known.progress)
            courses_text_->setText(tr("Computing: %1 %").arg(100 * *known.progress, 0, 'f', 0));
    });
}

TrendTable* TrendsView::add_table(const QString& object_name, const QString& title, QLabel*& label)
{
    auto* table = new TrendTable(this);
    table->setObjectName(object_name);
    table->setAccessibleName(title);
    label = new QLabel(this);
    label->setObjectName(object_name + QStringLiteral("Text"));
    label->setToolTip(title);
    label->setProperty("dim", true);
    label->setWordWrap(true);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(label);
    column->addWidget(table, 1);
    static_cast<QHBoxLayout*>(layout())->addLayout(column, 1);
    connect(table, &TrendTable::edges_chosen, this, [this](const std::vector<EdgeId>& edges) {
        GraphChoice choice{ {}, edges };
        std::ranges::sort(choice.edges);
        context().select(choice);
    });
    connect(table, &TrendTable::peak_chosen, this,
        [this](EdgeId edge, int iteration) { go_to(iteration, { edge }); });
    connect(table, &TrendTable::place_chosen, this, [this](EdgeId edge, double place) {
        go_to(static_cast<int>(std::lround(place * std::max(0, scores().iterations() - 1))),
            { edge });
    });
    return table;
}

void TrendsView::resizeEvent(QResizeEvent* event)
{
    DynamicsView::resizeEvent(event);
    static_cast<QBoxLayout*>(layout())->setDirection(
        width() < width_for_two ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TrendsView::take_run()
{
    want_dynamics();
    show_dynamics();
}

void TrendsView::take_window()
{
    courses_->set_theme(theme());
    trends_->set_theme(theme());
}

TrendRow TrendsView::row_of(EdgeId edge, bool up, const QString& way, const QString& figure) const
{
    TrendRow row{ edge, scores().edge_name(edge), up, way, figure, {}, 0 };
    const int iterations = scores().iterations();
    const int points = std::min(iterations, most_points);
    row.course.resize(static_cast<std::size_t>(points));
    float greatest = 0;
    for (const auto& block : scores().edges())
        for (const EdgeHistoryPoint& point : block->points_of(edge.value)) {
            const std::int64_t iteration = point.iteration.value;
            row.course[static_cast<std::size_t>(iteration * points / iterations)]
                += point.score * static_cast<float>(points) / static_cast<float>(iterations);
            if (std::abs(point.score) > greatest) {
                greatest = std::abs(point.score);
                row.peak = point.iteration.value;
            }
        }
    return row;
}

void TrendsView::show_dynamics()
{
    const DynamicsReader::Known known = dynamics();
    const auto& report = known.dynamics;
    if (!report) {
        courses_->set_rows({}, {});
        trends_->set_rows({}, {});
        courses_text_->setText(known.progress ? tr("Computing") : QString());
        trends_text_->clear();
        return;
    }
    std::vector<TrendRow> rows;
    for (const EdgeCourse& course : report->courses)
        if (course.strength != Course::none && rows.size() < most_rows)
            rows.push_back(row_of(course.edge, course.strength == Course::rises,
                course.strength == Course::rises ? tr("strengthened: its score grows in size")
                                                 : tr("weakened: its score shrinks in size"),
                tr("%1 → %2").arg(shown_number(fixed(course.means.front(), 2)),
                    shown_number(fixed(course.means.back(), 2)))));
    courses_->set_rows(std::move(rows), tr("First → last"));
    rows.clear();
    for (const EdgeTrend& trend : report->trends)
        if (trend.kind != EdgeTrend::Kind::none && rows.size() < most_rows)
            rows.push_back(row_of(trend.edge, trend.kind == EdgeTrend::Kind::strengthened,
                trend.kind == EdgeTrend::Kind::strengthened ? tr("score rises") : tr("score falls"),
                tr("r %1").arg(shown_number(fixed(trend.r, 2)))));
    trends_->set_rows(std::move(rows), tr("By slope"));
    const auto courses = [&](Course course) {
        return std::ranges::count(report->courses, course, &EdgeCourse::strength);
    };
    const auto trends = [&](EdgeTrend::Kind kind) {
        return std::ranges::count(report->trends, kind, &EdgeTrend::kind);
    };
    courses_text_->setText(tr("Size in %1 parts: ").arg(std::ssize(report->part_starts))
        + count_text(tr("%1 strengthened (by chance %2), %3 weakened (%4)"), courses(Course::rises),
            report->by_chance.courses_strengthened, courses(Course::falls),
            report->by_chance.courses_weakened));
    trends_text_->setText(count_text(tr("Score with step: %1 rise (by chance %2), %3 fall (%4)"),
        trends(EdgeTrend::Kind::strengthened), report->by_chance.trends_strengthened,
        trends(EdgeTrend::Kind::weakened), report->by_chance.trends_weakened));
}

} // namespace circuitloom::ui
