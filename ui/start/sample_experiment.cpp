#include "ui/start/sample_experiment.h"

#include <QCoreApplication>
#include <QFileInfo>

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

bool is_sample_experiment(const QString& file)
{
    return QFileInfo(file).fileName() == sample_experiment_name();
}

QString sample_experiment_title()
{
    return QCoreApplication::translate(
        "SampleExperiment", "Finished sample: subject-verb disagreement");
}

} // namespace circuitloom::ui
