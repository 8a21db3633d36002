#include "ui/curves/plot_menu.h"

#include <QMenu>

namespace circuitloom::ui {

void add_plot_actions(QMenu& menu, std::span<const PlotGroup> groups,
    const std::function<void(const PlotChoice&)>& choose)
{
    for (const PlotGroup& group : groups) {
        QMenu* part = menu.addMenu(group.title);
        for (const PlotChoice& choice : group.choices) {
            QString text = title_of(choice);
            text.replace(u'&', QStringLiteral("&&"));
            QObject::connect(part->addAction(text), &QAction::triggered, &menu,
                [choose, choice] { choose(choice); });
        }
    }
}

} // namespace circuitloom::ui
