#include "ui/panels/moment_text.h"

#include <QCoreApplication>

namespace circuitloom::ui {

QString moment_text(int iteration, int step)
{
    return QCoreApplication::translate("MomentText", "iteration %1, after step %2")
        .arg(iteration)
        .arg(step);
}

} // namespace circuitloom::ui
