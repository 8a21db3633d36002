#include "ui/export/data_sentence.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ExportDialog)
};

} // namespace

QString data_sentence(const ExportChoices& choices)
{
    if (choices.kind == Kind::curves)
        return Words::tr("Every point of every curve as a line of numbers.");
    if (choices.kind == Kind::circuit)
        return Words::tr("The edges that the circuit shows, with their scores.");
    if (choices.run_format == QStringLiteral("gexf"))
        return Words::tr("All circuits of the run as one graph with time, which Gephi plays.");
    if (choices.run_format == QStringLiteral("tensorboard"))
        return Words::tr("Loss, metric, suites and what circuits come to, at every step: a "
                                "folder for tensorboard --logdir, which further runs may share.");
    return Words::tr("A row for each edge of each iteration of the run.");
}

RunDataFormat run_data_format(const QString& format)
{
    return format == QStringLiteral("gexf")       ? RunDataFormat::gexf
        : format == QStringLiteral("tensorboard") ? RunDataFormat::events
        : format == QStringLiteral("parquet")     ? RunDataFormat::parquet
                                                  : RunDataFormat::table;
}

} // namespace circuitloom::ui
