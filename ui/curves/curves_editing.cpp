// How the user changes what the curves panel shows, and moves through the iterations by keys.
#include "ui/curves/curves_panel.h"

#include "ui/curves/curves_bar.h"
#include "ui/curves/plot_choices.h"
#include "ui/curves/plot_menu.h"
#include "ui/curves/plot_widget.h"

#include <QMenu>

#include <algorithm>

namespace circuitloom::ui {

void CurvesPanel::change(const std::function<void(CurvesView&)>& how)
{
    CurvesView view = view_;
    how(view);
    set_view(view);
}

void CurvesPanel::change_plots(const std::function<void(std::vector<PlotChoice>&)>& how)
{
    change([&](CurvesView& view) {
        if (view.plots.empty())
            view.plots = usual_plots(runs_);
        how(view.plots);
    });
}

void CurvesPanel::connect_editing(PlotWidget* plot)
{
    const auto number = [plot] { return plot->content().choice; };
    connect(plot, &PlotWidget::remove_requested, this, [this, plot, number] {
        const auto at = std::ranges::find(plots_, plot) - plots_.begin();
        const bool focused = window()->focusWidget() == plot;
        change_plots([&](std::vector<PlotChoice>& plots) {
            if (plots.size() > 1)
                plots.erase(plots.begin() + static_cast<std::ptrdiff_t>(number()));
        });
        if (focused && !plots_.empty())
            plots_[std::min(static_cast<std::size_t>(at), plots_.size() - 1)]->setFocus();
    });
    connect(plot, &PlotWidget::logarithmic_requested, this, [this, number](bool logarithmic) {
        change_plots([&](std::vector<PlotChoice>& plots) {
            plots.at(number()).logarithmic = logarithmic;
        });
    });
    connect(plot, &PlotWidget::reorder_requested, this, [this, number](int direction) {
        const std::size_t from = number();
        if (direction > 0 || from > 0)
            reorder(from, direction > 0 ? from + 1 : from - 1);
    });
    connect(plot, &PlotWidget::dragged_to, this,
        [this, plot](const QPoint& global) { move_to(*plot, global); });
    connect(plot, &PlotWidget::menu_requested, this,
        [this, plot](const QPoint& global) { show_plot_menu(*plot, global); });
}

void CurvesPanel::reorder(std::size_t from, std::size_t to)
{
    change_plots([&](std::vector<PlotChoice>& plots) {
        if (from >= plots.size() || to >= plots.size())
            return;
        const PlotChoice moved = plots[from];
        plots.erase(plots.begin() + static_cast<std::ptrdiff_t>(from));
        plots.insert(plots.begin() + static_cast<std::ptrdiff_t>(to), moved);
    });
}

void CurvesPanel::move_to(const PlotWidget& plot, const QPoint& global)
{
    for (const PlotWidget* other : plots_) {
        if (other == &plot || !other->rect().contains(other->mapFromGlobal(global)))
            continue;
        // A narrow plot in the place of a wide one would be dragged back at once.
        const QRect here(other->mapToGlobal(QPoint()), other->size());
        const QRect own(plot.mapToGlobal(QPoint()), plot.size());
        const bool to_the_right = here.left() > own.left() && here.top() == own.top();
        const bool to_the_left = here.left() < own.left() && here.top() == own.top();
        if ((to_the_right && global.x() < here.right() - own.width())
            || (to_the_left && global.x() > here.left() + own.width()))
            return;
        reorder(plot.content().choice, other->content().choice);
        return;
    }
}

void CurvesPanel::show_add_menu(const QPoint& global)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    add_plot_actions(*menu, plot_groups(runs_), [this](const PlotChoice& choice) {
        change_plots([&](std::vector<PlotChoice>& plots) { plots.push_back(choice); });
    });
    menu->addSeparator();
    QAction* usual = menu->addAction(tr("The usual plots"));
    usual->setEnabled(!view_.plots.empty());
    connect(usual, &QAction::triggered, this,
        [this] { change([](CurvesView& view) { view.plots.clear(); }); });
    menu->popup(global);
}

void CurvesPanel::show_plot_menu(const PlotWidget& plot, const QPoint& global)
{
    const std::size_t number = plot.content().choice;
    const std::size_t count = view_.plots.empty() ? usual_plots(runs_).size() : view_.plots.size();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* logarithmic = menu->addAction(tr("Logarithmic vertical axis\tL"));
    logarithmic->setCheckable(true);
    logarithmic->setChecked(plot.content().logarithmic);
    connect(logarithmic, &QAction::triggered, &plot, &PlotWidget::logarithmic_requested);
    menu->addSeparator();
    QAction* left = menu->addAction(tr("Move to the left\tCtrl+Shift+←"));
    left->setEnabled(number > 0);
    connect(left, &QAction::triggered, this, [this, number] { reorder(number, number - 1); });
    QAction* right = menu->addAction(tr("Move to the right\tCtrl+Shift+→"));
    right->setEnabled(number + 1 < count);
    connect(right, &QAction::triggered, this, [this, number] { reorder(number, number + 1); });
    menu->addSeparator();
    QMenu* replace = menu->addMenu(tr("Replace by"));
    add_plot_actions(*replace, plot_groups(runs_), [this, number](const PlotChoice& choice) {
        change_plots([&](std::vector<PlotChoice>& plots) { plots.at(number) = choice; });
    });
    QAction* remove = menu->addAction(tr("Remove\tDel"));
    remove->setEnabled(count > 1);
    connect(remove, &QAction::triggered, &plot, &PlotWidget::remove_requested);
    menu->popup(global);
}

std::optional<double> CurvesPanel::next_iteration(double step, int direction) const
{
    if (runs_.empty())
        return std::nullopt;
    // Each iteration has a tunable ratio.
    const Curve& iterations = runs_.front().data->tunable_ratio();
    const auto next = direction > 0
        ? std::ranges::upper_bound(iterations, step, {}, &CurvePoint::step)
        : std::ranges::lower_bound(iterations, step, {}, &CurvePoint::step);
    if (direction > 0)
        return next == iterations.end() ? std::nullopt : std::optional(next->step);
    return next == iterations.begin() ? std::nullopt : std::optional((next - 1)->step);
}

void CurvesPanel::move_cursor(int direction)
{
    if (const auto next = next_iteration(cursor_, direction))
        Q_EMIT step_requested(*next);
}

void CurvesPanel::extend_play_range(int direction)
{
    if (cursor_ < 0)
        return;
    if (!anchor_) {
        anchor_ = cursor_;
        far_end_ = cursor_;
    }
    const auto next = next_iteration(far_end_, direction);
    if (!next)
        return;
    far_end_ = *next;
    Q_EMIT play_range_requested(std::min(*anchor_, far_end_), std::max(*anchor_, far_end_));
}

} // namespace circuitloom::ui
