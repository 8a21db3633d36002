#include "ui/dynamics/dynamics_view.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

DynamicsView::DynamicsView(PanelContext& context, RunScores& scores, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , scores_(scores)
{
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

void DynamicsView::go_to(int iteration, std::vector<EdgeId> edges)
{
    std::ranges::sort(edges);
    if (!edges.empty())
        context_.select({ {}, std::move(edges) });
    context_.go_to(iteration);
}

QString score_text(double score)
{
    return (score > 0 ? QStringLiteral("+") : QString()) + shown_number(fixed(score, 4));
}

} // namespace circuitloom::ui
