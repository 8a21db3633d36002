#include "ui/panels/share_course.h"

#include "ui/session/run_history.h"

#include <algorithm>

namespace circuitloom::ui {

PlotContent share_course(const QString& title, const RunHistory* run)
{
    PlotContent content;
    content.title = title;
    content.notation = Notation::percent;
    content.from_zero = true;
    if (run && !run->iterations.empty())
        content.last_step = std::max(1, run->iterations.back().step);
    return content;
}

} // namespace circuitloom::ui
