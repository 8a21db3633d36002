#include "app/gui/export_sweep.h"

#include "core/base/error.h"
#include "core/run/imported_run.h"
#include "ui/compare/sweep_chart.h"
#include "ui/export/sweep_picture.h"
#include "ui/session/run_history.h"

#include <algorithm>

namespace circuitloom {

namespace {

std::vector<ui::ComparedRun> compared_runs(const ExperimentReader& reader)
{
    std::vector<ui::ComparedRun> runs;
    for (const RunSummary& summary : reader.runs()) {
        const ui::RunHistory history = ui::load_history(reader, summary);
        runs.push_back({ summary, {}, history.curves, ui::seconds_per_step(history), history.config,
            false, known_config(summary.description).has_value() });
    }
    return runs;
}

QString chosen_setting(const ExportOptions& options, const std::vector<ui::ComparedRun>& runs)
{
    const QStringList settings = ui::swept_settings(runs);
    if (settings.isEmpty())
        throw InputError(options.file.toStdString()
            + " has no finished runs that differ in a setting; tune --sweep makes some.");
    if (options.swept.isEmpty())
        return settings.constFirst();
    if (!settings.contains(options.swept))
        throw InputError("The finished runs of " + options.file.toStdString()
            + " do not differ in \"" + options.swept.toStdString() + "\"; they differ in "
            + settings.join(QStringLiteral(", ")).toStdString() + ".");
    return options.swept;
}

/// The column that is called so, with or without ", after" at its end.
const ui::RunColumn& column_named(const std::vector<ui::RunColumn>& columns, const QString& name)
{
    QStringList names;
    for (const ui::RunColumn& column : columns)
        for (const QString& known : { column.full_title, column.full_title.section(
                                                             QStringLiteral(", after"), 0, 0) })
            if (known.compare(name, Qt::CaseInsensitive) == 0)
                return column;
    for (const ui::RunColumn& column : columns)
        names << column.full_title;
    throw InputError("--measure is \"" + name.toStdString() + "\"; these runs have: "
        + names.join(QStringLiteral("; ")).toStdString() + ".");
}

} // namespace

void export_sweep_chart(const ExportOptions& options, const ExperimentReader& reader)
{
    const std::vector<ui::ComparedRun> runs = compared_runs(reader);
    const QString setting = chosen_setting(options, runs);
    std::vector<ui::RunColumn> columns = ui::columns_of(runs);
    std::erase_if(columns, [](const ui::RunColumn& column) {
        return !column.value || column.kind != ui::RunColumn::Kind::measured;
    });
    std::vector<ui::RunColumn> measures;
    for (const QString& name : options.measures)
        measures.push_back(column_named(columns, name));
    if (measures.empty())
        for (const std::size_t column : ui::first_measures(runs, columns))
            measures.push_back(columns[column]);
    const bool logarithmic
        = options.swept_scale ? *options.swept_scale : ui::spans_decades(runs, setting);
    ui::PageOptions page = options.settings.page;
    page.title = options.title.value_or(QString());
    ui::export_sweep(options.out, ui::sweep_chart(runs, setting, measures, logarithmic),
        ui::theme(options.dark), page, options.settings.sharpness);
}

} // namespace circuitloom
