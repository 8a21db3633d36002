// How the user changes what the curves panel shows, and moves through the iterations by keys.
#include "ui/curves/curves_panel.h"

#include "ui/curves/curves_bar.h"
#include "ui/curves/plot_choices.h"
#include "ui/curves/plot_menu.h"
#include "ui/curves/plot_widget.h"

#include <QMenu>
#include <QPointer>

#include <algorithm>
#include <set>
#include <utility>

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

std::optional<std::size_t> CurvesPanel::place_of(
    const PlotWidget& plot, const std::vector<PlotChoice>& plots) const
{
    const auto choice_of = [this](const PlotWidget& one) -> const PlotChoice* {
        const auto shown = std::ranges::find_if(
            shown_, [&](const auto& entry) { return entry.first == &one; });
        return shown == shown_.end() ? nullptr : &shown->second.first;
    };
    const PlotChoice* own = choice_of(plot);
    if (!own)
        return std::nullopt;
    std::set<std::size_t> alike_before; // one choice may stand there twice
    for (const PlotWidget* other : plots_) {
        const PlotChoice* choice = choice_of(*other);
        if (choice && choice->shows_same(*own) && other->content().choice < plot.content().choice)
            alike_before.insert(other->content().choice);
    }
    std::size_t left = alike_before.size();
    for (std::size_t i = 0; i < plots.size(); ++i)
        if (plots[i].shows_same(*own) && left-- == 0)
            return i;
    return std::nullopt;
}

void CurvesPanel::change_plot(const PlotWidget& plot,
    const std::function<void(std::vector<PlotChoice>&, std::size_t at)>& how)
{
    std::vector<PlotChoice> plots = view_.plots.empty() ? usual_plots(runs_) : view_.plots;
    const auto at = place_of(plot, plots);
    if (!at)
        return;
    how(plots, *at);
    change([&](CurvesView& view) { view.plots = plots; });
}

void CurvesPanel::connect_editing(PlotWidget* plot)
{
    connect(plot, &PlotWidget::remove_requested, this, [this, plot] {
        const auto at = std::ranges::find(plots_, plot) - plots_.begin();
        const bool focused = window()->focusWidget() == plot;
        change_plot(*plot, [](std::vector<PlotChoice>& plots, std::size_t place) {
            if (plots.size() > 1)
                plots.erase(plots.begin() + static_cast<std::ptrdiff_t>(place));
        });
        if (focused && !plots_.empty())
            plots_[std::min(static_cast<std::size_t>(at), plots_.size() - 1)]->setFocus();
    });
    connect(plot, &PlotWidget::logarithmic_requested, this, [this, plot](bool logarithmic) {
        change_plot(*plot, [logarithmic](std::vector<PlotChoice>& plots, std::size_t at) {
            plots[at].logarithmic = logarithmic;
        });
    });
    connect(plot, &PlotWidget::reorder_requested, this,
        [this, plot](int direction) { reorder(*plot, direction); });
    connect(plot, &PlotWidget::dragged_to, this,
        [this, plot](const QPoint& global) { move_to(*plot, global); });
    connect(plot, &PlotWidget::menu_requested, this,
        [this, plot](const QPoint& global) { show_plot_menu(*plot, global); });
}

void CurvesPanel::reorder(const PlotWidget& plot, int direction)
{
    change_plot(plot, [direction](std::vector<PlotChoice>& plots, std::size_t from) {
        if (direction < 0 ? from > 0 : from + 1 < plots.size())
            std::swap(plots[from], plots[direction < 0 ? from - 1 : from + 1]);
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
        change_plot(plot, [&](std::vector<PlotChoice>& plots, std::size_t from) {
            const auto to = place_of(*other, plots);
            if (!to)
                return;
            const PlotChoice moved = plots[from];
            plots.erase(plots.begin() + static_cast<std::ptrdiff_t>(from));
            plots.insert(plots.begin() + static_cast<std::ptrdiff_t>(*to), moved);
        });
        return;
    }
}

std::vector<PlotGroup> CurvesPanel::offered_plots() const
{
    return plot_groups(runs_, items_ ? items_() : std::vector<std::string>());
}

void CurvesPanel::show_add_menu(const QPoint& global)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    add_plot_actions(*menu, offered_plots(), [this](const PlotChoice& choice) {
        change_plots([&](std::vector<PlotChoice>& plots) { plots.push_back(choice); });
    });
    menu->addSeparator();
    QAction* usual = menu->addAction(tr("The usual plots"));
    usual->setEnabled(!view_.plots.empty());
    connect(usual, &QAction::triggered, this,
        [this] { change([](CurvesView& view) { view.plots.clear(); }); });
    connect(menu->addAction(tr("As a table…\tCtrl+Shift+V")), &QAction::triggered, this,
        &CurvesPanel::show_table);
    menu->popup(global);
}

// The plots may be others by the time something is chosen: each action looks for this one's place.
void CurvesPanel::show_plot_menu(const PlotWidget& plot, const QPoint& global)
{
    const std::vector<PlotChoice> plots = view_.plots.empty() ? usual_plots(runs_) : view_.plots;
    const std::size_t number = place_of(plot, plots).value_or(0);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* logarithmic = menu->addAction(tr("Logarithmic vertical axis\tL"));
    logarithmic->setCheckable(true);
    logarithmic->setChecked(plot.content().logarithmic);
    connect(logarithmic, &QAction::triggered, &plot, &PlotWidget::logarithmic_requested);
    menu->addSeparator();
    QAction* left = menu->addAction(tr("Move to the left\tCtrl+Shift+←"));
    left->setEnabled(number > 0);
    connect(left, &QAction::triggered, &plot, [this, &plot] { reorder(plot, -1); });
    QAction* right = menu->addAction(tr("Move to the right\tCtrl+Shift+→"));
    right->setEnabled(number + 1 < plots.size());
    connect(right, &QAction::triggered, &plot, [this, &plot] { reorder(plot, 1); });
    menu->addSeparator();
    QMenu* replace = menu->addMenu(tr("Replace by"));
    add_plot_actions(*replace, offered_plots(),
        [this, shown = QPointer<const PlotWidget>(&plot)](const PlotChoice& choice) {
            if (shown)
                change_plot(*shown, [&choice](std::vector<PlotChoice>& all, std::size_t at) {
                    all[at] = choice;
                });
        });
    QAction* remove = menu->addAction(tr("Remove\tDel"));
    remove->setEnabled(plots.size() > 1);
    connect(remove, &QAction::triggered, &plot, &PlotWidget::remove_requested);
    menu->addSeparator();
    connect(menu->addAction(tr("All curves as a table…\tCtrl+Shift+V")), &QAction::triggered, this,
        &CurvesPanel::show_table);
    menu->popup(global);
}

std::optional<double> CurvesPanel::next_iteration(double step, int direction) const
{
    if (runs_.empty())
        return std::nullopt;
    const Curve& iterations = runs_.front().data->iterations();
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
