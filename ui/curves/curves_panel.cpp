#include "ui/curves/curves_panel.h"

#include "ui/curves/plot_widget.h"
#include "ui/curves/run_legend.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

// Of a plot, in pixels.
constexpr int least_width = 144;
constexpr int least_height = 130;

/// How wide a plot is beside others, in parts of `least_width`: one with labels needs more room.
constexpr int parts_of_one = 3;
int parts(const PlotContent& plot)
{
    const bool labelled = std::any_of(
        plot.lines.begin(), plot.lines.end(), [](const PlotLine& line) { return line.labelled; });
    return labelled ? 5 : parts_of_one;
}

int width_of(int parts)
{
    return parts * least_width / parts_of_one;
}

} // namespace

CurvesPanel::CurvesPanel(QWidget* parent)
    : QWidget(parent)
    , legend_(new RunLegend(this))
    , scrolled_(new QScrollArea(this))
    , empty_(new QLabel(tr("The loss, the metric and the capabilities of a run appear here."), this))
{
    setObjectName(QStringLiteral("curves"));
    setAttribute(Qt::WA_StyledBackground);
    auto* content = new QWidget;
    auto* lines = new QVBoxLayout(content);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    for (QHBoxLayout*& row : rows_) {
        row = new QHBoxLayout;
        row->setSpacing(4);
        lines->addLayout(row);
    }
    scrolled_->setWidgetResizable(true);
    scrolled_->setFrameShape(QFrame::NoFrame);
    scrolled_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled_->setFocusPolicy(Qt::NoFocus);
    scrolled_->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 2, 4, 4);
    column->setSpacing(0);
    column->addWidget(legend_);
    column->addWidget(scrolled_, 1);
    scrolled_->viewport()->installEventFilter(this);
    empty_->setProperty("dim", true);
    empty_->setAlignment(Qt::AlignCenter);
    rows_[0]->addWidget(empty_);
    redraw_soon_.setSingleShot(true);
    redraw_soon_.setInterval(80);
    connect(legend_, &RunLegend::hide_requested, this, &CurvesPanel::hide_requested);
    connect(&redraw_soon_, &QTimer::timeout, this, &CurvesPanel::redraw);
}

void CurvesPanel::set_theme(const Theme& theme)
{
    theme_ = theme;
    for (PlotWidget* plot : plots_)
        plot->set_theme(theme);
    redraw();
}

void CurvesPanel::set_runs(const std::vector<PlottedRun>& runs)
{
    runs_ = runs;
    legend_->show_runs(runs_);
    redraw();
}

void CurvesPanel::refresh()
{
    if (!redraw_soon_.isActive())
        redraw_soon_.start();
}

void CurvesPanel::set_cursor(double step)
{
    cursor_ = step;
    for (PlotWidget* plot : plots_)
        plot->set_cursor(step);
}

void CurvesPanel::reset_zoom()
{
    zoomed_ = false;
    zoom(0, last_step_);
}

void CurvesPanel::redraw()
{
    const std::vector<PlotContent> contents = plots_of(runs_, theme_);
    while (plots_.size() < contents.size())
        add_plot();
    while (plots_.size() > contents.size()) {
        delete plots_.back();
        plots_.pop_back();
    }
    empty_->setVisible(contents.empty());
    last_step_ = contents.empty() ? 1 : contents.front().last_step;
    if (!zoomed_) {
        first_seen_ = 0;
        last_seen_ = last_step_;
    }
    for (std::size_t i = 0; i < contents.size(); ++i) {
        plots_[i]->set_content(contents[i]);
        plots_[i]->set_range(first_seen_, last_seen_);
    }
    lay_out();
}

void CurvesPanel::lay_out()
{
    int all = 0;
    for (const PlotWidget* plot : plots_)
        all += parts(plot->content());
    const QSize room = scrolled_->viewport()->size();
    const auto count = static_cast<int>(plots_.size());
    const int spacing = rows_[0]->spacing() * std::max(0, count - 1);
    const bool narrow = count > 1 && width_of(all) + spacing > room.width();
    const bool two_rows = narrow && room.height() >= 2 * least_height;
    int before = 0;
    for (PlotWidget* plot : plots_) {
        const int wide = parts(plot->content());
        // Each row takes half of all parts, as nearly as may be.
        QHBoxLayout* row = rows_[two_rows && 2 * before + wide > all ? 1 : 0];
        before += wide;
        if (row->indexOf(plot) < 0) {
            rows_[0]->removeWidget(plot);
            rows_[1]->removeWidget(plot);
            row->addWidget(plot);
        }
        row->setStretchFactor(plot, wide);
        plot->setMinimumWidth(width_of(wide));
    }
}

bool CurvesPanel::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        lay_out();
    return QWidget::eventFilter(object, event);
}

void CurvesPanel::add_plot()
{
    auto* plot = new PlotWidget(this);
    plot->set_theme(theme_);
    plot->set_cursor(cursor_);
    connect(plot, &PlotWidget::step_requested, this, &CurvesPanel::step_requested);
    connect(plot, &PlotWidget::move_requested, this, &CurvesPanel::move_cursor);
    connect(plot, &PlotWidget::range_requested, this, [this](double first, double last) {
        zoomed_ = first > 0 || last < last_step_;
        zoom(first, last);
    });
    plots_.push_back(plot);
}

void CurvesPanel::move_cursor(int direction)
{
    if (runs_.empty())
        return;
    // Each iteration has a tunable ratio.
    const Curve& iterations = runs_.front().data->tunable_ratio();
    const auto next = direction > 0
        ? std::ranges::upper_bound(iterations, cursor_, {}, &CurvePoint::step)
        : std::ranges::lower_bound(iterations, cursor_, {}, &CurvePoint::step);
    if (direction > 0 && next != iterations.end())
        Q_EMIT step_requested(next->step);
    else if (direction < 0 && next != iterations.begin())
        Q_EMIT step_requested((next - 1)->step);
}

void CurvesPanel::zoom(double first, double last)
{
    first_seen_ = first;
    last_seen_ = last;
    for (PlotWidget* plot : plots_)
        plot->set_range(first, last);
}

} // namespace circuitloom::ui
