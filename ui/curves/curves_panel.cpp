#include "ui/curves/curves_panel.h"

#include "ui/curves/plot_widget.h"
#include "ui/curves/run_legend.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int least_width = 180; ///< of a plot, in pixels; with labels two thirds more

/// A plot with labels needs more room.
bool has_labels(const PlotContent& plot)
{
    return std::any_of(
        plot.lines.begin(), plot.lines.end(), [](const PlotLine& line) { return line.labelled; });
}

} // namespace

CurvesPanel::CurvesPanel(QWidget* parent)
    : QWidget(parent)
    , legend_(new RunLegend(this))
    , row_(nullptr)
    , empty_(new QLabel(tr("Loss, task metric and capabilities of a run appear here."), this))
{
    setObjectName(QStringLiteral("curves"));
    setAttribute(Qt::WA_StyledBackground);
    auto* content = new QWidget;
    row_ = new QHBoxLayout(content);
    auto* scrolled = new QScrollArea(this);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled->setFocusPolicy(Qt::NoFocus);
    scrolled->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 2, 4, 4);
    column->setSpacing(0);
    column->addWidget(legend_);
    column->addWidget(scrolled, 1);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(4);
    empty_->setProperty("dim", true);
    empty_->setAlignment(Qt::AlignCenter);
    row_->addWidget(empty_);
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
        const bool wide = has_labels(contents[i]);
        row_->setStretchFactor(plots_[i], wide ? 5 : 3);
        plots_[i]->setMinimumWidth(wide ? least_width * 5 / 3 : least_width);
    }
}

void CurvesPanel::add_plot()
{
    auto* plot = new PlotWidget(this);
    plot->set_theme(theme_);
    plot->set_cursor(cursor_);
    connect(plot, &PlotWidget::step_requested, this, &CurvesPanel::step_requested);
    connect(plot, &PlotWidget::range_requested, this, [this](double first, double last) {
        zoomed_ = first > 0 || last < last_step_;
        zoom(first, last);
    });
    row_->addWidget(plot);
    plots_.push_back(plot);
}

void CurvesPanel::zoom(double first, double last)
{
    first_seen_ = first;
    last_seen_ = last;
    for (PlotWidget* plot : plots_)
        plot->set_range(first, last);
}

} // namespace circuitloom::ui
