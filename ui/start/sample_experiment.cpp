#include "ui/start/sample_experiment.h"

#include <QtGlobal>

// Q_INIT_RESOURCE must stand outside every namespace.
static void init_sample()
{
    Q_INIT_RESOURCE(sample);
}

namespace circuitloom::ui {

QString sample_experiment()
{
    init_sample();
    return QStringLiteral(":/circuitloom/samples/sv-disagreement.loom");
}

QString sample_experiment_name()
{
    return QStringLiteral("sample sv-disagreement.loom");
}

} // namespace circuitloom::ui
