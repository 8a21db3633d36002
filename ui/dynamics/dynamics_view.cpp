#include "ui/dynamics/dynamics_view.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

DynamicsView::DynamicsView(PanelContext& context, RunScores& scores, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , scores_(scores)
{
    setLayoutDirection(Qt::LeftToRight); // time runs to the right in every language
}

void DynamicsView::take_window()
{
    update();
}

int DynamicsView::shown_iteration() const
{
    const std::optional<ShownPlace> place = context_.place();
    return place ? place->iteration : -1;
}

QString DynamicsView::moment_text(int iteration) const
{
    return tr("iteration %1 (step %2)").arg(iteration).arg(scores_.step(iteration));
}

void DynamicsView::want_dynamics()
{
    const RunHistory* run = context_.run();
    if (run && run->graph == scores_.graph() && scores_.complete())
        context_.dynamics().want(scores_.file(), *run);
}

DynamicsReader::Known DynamicsView::dynamics() const
{
    return context_.dynamics().known(scores_.graph());
}

void DynamicsView::go_to(int iteration, std::vector<EdgeId> edges)
{
    std::ranges::sort(edges);
    if (!edges.empty())
        context_.select({ {}, std::move(edges) });
    context_.go_to(iteration);
}

} // namespace circuitloom::ui
