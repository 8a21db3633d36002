#include "ui/export/export_work.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "ui/base/whole_file.h"
#include "ui/curves/curves_csv.h"
#include "ui/export/circuit_data.h"
#include "ui/export/plot_row.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeData>

#include <memory>
#include <utility>

namespace circuitloom::ui {

namespace {

int step_of(const ExportSource& source)
{
    return source.steps.at(static_cast<std::size_t>(source.iteration));
}

bool has_iteration(const ExportSource& source)
{
    return source.iteration >= 0 && source.iteration < static_cast<int>(source.steps.size());
}

PageOptions page_options(const ExportSource& source, const ExportSettings& settings)
{
    PageOptions options = settings.page;
    if (settings.stamped && has_iteration(source))
        options.stamp = iteration_stamp(source.iteration, step_of(source));
    return options;
}

QString document_title(const ExportSettings& settings, const QString& otherwise)
{
    return settings.page.title.isEmpty() ? otherwise : settings.page.title;
}

void save_csv(const QString& file, const std::vector<PlottedRun>& runs)
{
    write_whole_file(file, curves_to_csv(runs).toUtf8());
}

} // namespace

PicturePage picture_of(
    const ExportSource& source, const ExportSettings& settings, RunScenes& scenes)
{
    const CircuitScene scene = scenes.at(source.iteration);
    PageOptions options = page_options(source, settings);
    if (!options.stamp.isEmpty())
        options.stamp = picture_stamp(source.iteration, step_of(source), edges_shown(scene),
            scenes.edge_count(source.iteration));
    options = with_room_for_curves(options, source.curves, source.theme);
    PicturePage page = circuit_page(
        { scene, source.camera, source.view, source.highlight }, source.theme, options);
    add_curves(page, source.curves, source.theme, options.curves, step_of(source));
    return page;
}

PicturePage curves_of(const ExportSource& source, const ExportSettings& settings)
{
    PicturePage page = curves_page(source.theme,
        with_room_for_curves_alone(page_options(source, settings), source.curves, source.theme));
    add_curves(page, source.curves, source.theme, CurvesPlace::below,
        has_iteration(source) ? step_of(source) : -1);
    return page;
}

void export_circuit(const QString& file, const ExportSource& source, const ExportSettings& settings)
{
    RunScenes scenes(source.file, RunId{ source.origin.run }, source.look);
    if (is_circuit_data(file)) {
        CircuitOrigin origin = source.origin;
        origin.iteration = source.iteration;
        origin.step = step_of(source);
        std::vector<Supernode> supernodes;
        if (is_attribution_graph(file))
            supernodes = ExperimentReader(source.file).supernodes();
        save_circuit_data(file, scenes.at(source.iteration), source.theme, origin, supernodes);
        return;
    }
    save_page(file, picture_of(source, settings, scenes), settings.sharpness,
        { document_title(settings, QCoreApplication::translate("Export", "Circuit")),
            source.look.graph, source.look.layout });
}

void export_curves(const QString& file, const ExportSource& source, const ExportSettings& settings)
{
    if (source.curves.empty())
        throw InputError(
            QCoreApplication::translate("Export", "There is no run whose curves could be written.")
                .toStdString());
    if (QFileInfo(file).suffix().toLower() == QStringLiteral("csv"))
        save_csv(file, source.curves);
    else
        save_page(file, curves_of(source, settings), settings.sharpness,
            { document_title(settings, QCoreApplication::translate("Export", "Curves")), nullptr,
                nullptr });
}

QMimeData* page_for_clipboard(
    const PicturePage& page, const ExportSettings& settings, const CircuitLook& look)
{
    auto data = std::make_unique<QMimeData>();
    data->setImageData(page_image(page, settings.sharpness));
    data->setData(QStringLiteral("image/svg+xml"),
        page_svg(page, settings.sharpness.print,
            { document_title(settings, QStringLiteral("Circuitloom")), look.graph, look.layout }));
    return data.release();
}

QMimeData* circuit_for_clipboard(const ExportSource& source, const ExportSettings& settings)
{
    RunScenes scenes(source.file, RunId{ source.origin.run }, source.look);
    return page_for_clipboard(picture_of(source, settings, scenes), settings, source.look);
}

FilmContent film_of(const ExportSource& source, const ExportSettings& settings)
{
    FilmContent film;
    film.file = source.file;
    film.run = RunId{ source.origin.run };
    film.steps = source.steps;
    film.look = source.look;
    film.script = settings.script;
    film.theme = source.theme;
    film.camera = source.camera;
    film.view = source.view;
    film.highlight = source.highlight;
    film.page = settings.page;
    if (settings.stamped)
        film.page.widest_stamp = widest_stamp(source.look, source.steps);
    film.page = with_room_for_curves(film.page, source.curves, source.theme);
    film.stamped = settings.stamped;
    film.scale = settings.sharpness.scale;
    return film;
}

} // namespace circuitloom::ui
