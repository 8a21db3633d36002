#include "ui/curves/curves_panel.h"

#include "ui/curves/curve_table_dialog.h"
#include "ui/curves/curves_bar.h"
#include "ui/curves/place_text.h"
#include "ui/curves/plot_choices.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/text_scale.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace circuitloom::ui {

namespace {

// Of a plot, in pixels.
constexpr int least_width = 130;
constexpr int least_height = 130;

/// How wide a plot is beside others, in parts of `least_width`: one with labels needs as much room
/// for these as for its lines.
int parts(const PlotContent& plot)
{
    return needs_wide_plot(plot) ? 2 : 1;
}

int width_of(int parts)
{
    return parts * scaled(least_width);
}

} // namespace

CurvesPanel::CurvesPanel(QWidget* parent)
    : QWidget(parent)
    , bar_(new CurvesBar(this))
    , scrolled_(new QScrollArea(this))
    , empty_(
          new QLabel(tr("The loss, the metric and the capabilities of a run appear here."), this))
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
    column->addWidget(bar_);
    column->addWidget(scrolled_, 1);
    scrolled_->viewport()->installEventFilter(this);
    empty_->setProperty("dim", true);
    empty_->setAlignment(Qt::AlignCenter);
    rows_[0]->addWidget(empty_);
    redraw_soon_.setSingleShot(true);
    redraw_soon_.setInterval(80);
    connect(&redraw_soon_, &QTimer::timeout, this, &CurvesPanel::redraw);
    connect(bar_, &CurvesBar::hide_requested, this, &CurvesPanel::hide_requested);
    connect(bar_, &CurvesBar::menu_requested, this, &CurvesPanel::show_add_menu);
    connect(bar_, &CurvesBar::smoothing_chosen, this,
        [this](double weight) { change([&](CurvesView& view) { view.smoothing = weight; }); });
    connect(bar_, &CurvesBar::axis_chosen, this, [this](const HorizontalAxis& axis) {
        change([&](CurvesView& view) { view.axis = axis; });
    });
    connect(bar_, &CurvesBar::seeds_chosen, this,
        [this](SeedBand band) { change([&](CurvesView& view) { view.seeds = band; }); });
    connect(bar_, &CurvesBar::apart_chosen, this,
        [this](bool apart) { change([&](CurvesView& view) { view.apart = apart; }); });
    bar_->hide();
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
    bar_->show_runs(runs_);
    bar_->setVisible(!runs_.empty());
    redraw();
}

void CurvesPanel::refresh()
{
    if (!redraw_soon_.isActive())
        redraw_soon_.start();
}

StepPlaces CurvesPanel::places() const
{
    return runs_.empty() ? StepPlaces() : runs_.front().data->places(view_.axis.quantity);
}

void CurvesPanel::set_cursor(double step)
{
    cursor_ = step;
    anchor_.reset();
    for (PlotWidget* plot : plots_)
        show_cursor(plot);
}

void CurvesPanel::set_play_range(const std::optional<std::pair<double, double>>& steps)
{
    play_range_ = steps;
    for (PlotWidget* plot : plots_)
        show_cursor(plot);
}

void CurvesPanel::show_cursor(PlotWidget* plot) const
{
    const StepPlaces on_axis = places();
    plot->set_cursor(cursor_ < 0 || !on_axis.known() ? -1 : on_axis.of(cursor_));
    if (play_range_ && on_axis.known())
        plot->set_play_range(
            std::pair(on_axis.of(play_range_->first), on_axis.of(play_range_->second)));
    else
        plot->set_play_range(std::nullopt);
}

void CurvesPanel::reset_zoom()
{
    zoomed_ = false;
    zoom(0, last_step_);
}

void CurvesPanel::show_table()
{
    auto* table = new CurveTableDialog(runs_, this);
    table->setAttribute(Qt::WA_DeleteOnClose);
    table->show();
}

void CurvesPanel::set_view(const CurvesView& view)
{
    if (view == view_)
        return;
    if (view.axis != view_.axis)
        zoomed_ = false;
    view_ = view;
    bar_->show_view(view_);
    redraw();
    Q_EMIT view_changed();
}

bool CurvesPanel::wants_circuits() const
{
    return std::ranges::any_of(view_.plots, is_of_circuits);
}

std::vector<std::string> CurvesPanel::wanted_items() const
{
    std::set<std::string> items;
    for (const PlotChoice& choice : view_.plots)
        if (!choice.item.empty())
            items.insert(choice.item);
    return { items.begin(), items.end() };
}

void CurvesPanel::redraw()
{
    const std::vector<PlotContent> contents = plots_of(runs_, theme_, view_);
    empty_->setVisible(contents.empty());
    bar_->show_axis_note(note_on_places(runs_, view_.axis.quantity));
    last_step_ = contents.empty() ? 1 : contents.front().last_step;
    if (first_seen_ >= last_step_)
        zoomed_ = false; // of a longer run
    if (!zoomed_) {
        first_seen_ = 0;
        last_seen_ = last_step_;
    }
    show_contents(contents);
    lay_out();
}

void CurvesPanel::show_contents(const std::vector<PlotContent>& contents)
{
    const std::vector<PlotChoice> choices = view_.plots.empty() ? usual_plots(runs_) : view_.plots;
    std::vector<PlotWidget*> before = std::exchange(plots_, {});
    int number = 0;
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const bool same = i > 0 && contents[i - 1].choice == contents[i].choice;
        number = same ? number + 1 : 0;
        const PlotChoice& choice = choices.at(contents[i].choice);
        const auto found = std::ranges::find_if(before, [&](PlotWidget* plot) {
            const auto& [shown, of_it] = shown_.at(plot);
            return shown.shows_same(choice) && of_it == number;
        });
        PlotWidget* plot = found == before.end() ? new_plot() : *found;
        if (found != before.end())
            before.erase(found);
        shown_[plot] = { choice, number };
        plots_.push_back(plot);
        plot->set_content(contents[i]);
        plot->set_range(first_seen_, last_seen_);
        show_cursor(plot);
    }
    for (PlotWidget* plot : before) {
        shown_.erase(plot);
        plot->hide();
        plot->deleteLater(); // a key pressed in it may have led here
    }
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
    const bool two_rows = narrow && room.height() >= 2 * scaled(least_height);
    int before = 0;
    std::array<int, 2> filled{};
    for (PlotWidget* plot : plots_) {
        const int wide = parts(plot->content());
        // Each row takes half of all parts, as nearly as may be.
        const std::size_t row = two_rows && 2 * before + wide > all ? 1 : 0;
        before += wide;
        place(plot, row, filled.at(row)++);
        rows_.at(row)->setStretchFactor(plot, wide);
        plot->setMinimumWidth(width_of(wide));
    }
    for (std::size_t i = 1; i < plots_.size(); ++i)
        setTabOrder(plots_[i - 1], plots_[i]);
}

void CurvesPanel::place(PlotWidget* plot, std::size_t row, int index)
{
    if (rows_.at(row)->indexOf(plot) == index)
        return;
    for (QHBoxLayout* other : rows_)
        other->removeWidget(plot);
    rows_.at(row)->insertWidget(index, plot);
}

bool CurvesPanel::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        lay_out();
    return QWidget::eventFilter(object, event);
}

PlotWidget* CurvesPanel::new_plot()
{
    auto* plot = new PlotWidget(this);
    plot->set_theme(theme_);
    plot->set_editable(true);
    connect(plot, &PlotWidget::step_requested, this,
        [this](double place) { Q_EMIT step_requested(places().step_at(place)); });
    connect(plot, &PlotWidget::move_requested, this, &CurvesPanel::move_cursor);
    connect(plot, &PlotWidget::range_requested, this, [this](double first, double last) {
        zoomed_ = first > 0 || last < last_step_;
        zoom(first, last);
    });
    connect(plot, &PlotWidget::play_range_requested, this, [this](double first, double last) {
        const StepPlaces on_axis = places();
        Q_EMIT play_range_requested(on_axis.step_at(first), on_axis.step_at(last));
    });
    connect(plot, &PlotWidget::extend_requested, this, &CurvesPanel::extend_play_range);
    connect_editing(plot);
    return plot;
}

void CurvesPanel::zoom(double first, double last)
{
    first_seen_ = first;
    last_seen_ = last;
    for (PlotWidget* plot : plots_)
        plot->set_range(first, last);
}

} // namespace circuitloom::ui
