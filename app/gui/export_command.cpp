#include "app/gui/export_command.h"

#include "app/cli/commands/progress.h"
#include "app/gui/export_options.h"
#include "core/base/error.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"
#include "ui/export/circuit_data.h"
#include "ui/export/curve_picture.h"
#include "ui/export/film_job.h"
#include "ui/export/picture_writer.h"
#include "ui/export/run_scenes.h"
#include "ui/theme/theme.h"
#include "ui/video/film_writer.h"
#include "ui/window/run_history.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <cstdio>

namespace circuitloom {

namespace {

std::filesystem::path path_of(const QString& file)
{
    return file.toStdU16String();
}

RunSummary chosen_run(const ExperimentReader& reader, const ExportOptions& options)
{
    if (options.run.value > 0)
        return reader.run(options.run);
    const std::vector<RunSummary> runs = reader.runs();
    if (runs.empty())
        throw InputError(options.file.toStdString() + " holds no run.");
    return runs.back();
}

/// One run and what of it is wanted.
class Export
{
public:
    Export(const ExportOptions& options, ui::RunHistory run)
        : options_(options)
        , run_(std::move(run))
        , theme_(ui::theme(options.dark))
    {
        options_.page.title
            = options_.title.value_or(QString::fromStdString(run_.summary.description.name));
    }

    void write()
    {
        if (options_.curves_only)
            write_curves();
        else if (run_.iterations.empty())
            throw InputError(of_run("has no iteration to draw."));
        else if (ui::film_format_of(options_.out))
            write_film();
        else
            write_circuit();
    }

private:
    std::string of_run(const std::string& what) const
    {
        return "Run " + std::to_string(run_.summary.id.value) + " of " + options_.file.toStdString()
            + " " + what;
    }

    int last() const { return static_cast<int>(run_.iterations.size()) - 1; }

    int step_of(int iteration) const
    {
        return run_.iterations[static_cast<std::size_t>(iteration)].step;
    }

    int checked(int iteration) const
    {
        if (run_.iterations.empty() || iteration > last())
            throw InputError(of_run("has no iteration " + std::to_string(iteration)
                + (run_.iterations.empty()
                        ? "; it has none."
                        : "; its iterations are 0 to " + std::to_string(last()) + ".")));
        return iteration;
    }

    std::vector<ui::PlottedRun> plotted() const
    {
        return { { run_.summary.id, QString::fromStdString(run_.summary.description.name),
            ui::series_color(static_cast<int>(run_.summary.id.value - 1), theme_),
            run_.summary.description.steps, run_.curves } };
    }

    ui::CircuitLook look() const
    {
        ui::CircuitLook look;
        look.graph = run_.graph;
        look.layout = std::make_shared<const CircuitLayout>(lattice_layout(*run_.graph));
        look.scene = options_.scene;
        look.reference = options_.compared == ExportOptions::Compared::previous
            ? ui::CircuitLook::Reference::previous
            : ui::CircuitLook::Reference::chosen;
        look.chosen = checked(options_.compared_iteration);
        return look;
    }

    void write_curves()
    {
        ui::CurvePictureOptions picture;
        picture.page = options_.page;
        picture.sharpness = options_.sharpness;
        if (options_.iteration >= 0) {
            picture.cursor = step_of(checked(options_.iteration));
            if (options_.stamped)
                picture.page.stamp
                    = ui::iteration_stamp(options_.iteration, step_of(options_.iteration));
        }
        ui::save_curve_picture(options_.out, plotted(), theme_, picture);
    }

    void write_circuit()
    {
        const int iteration = options_.iteration < 0 ? last() : checked(options_.iteration);
        ui::RunScenes scenes(path_of(options_.file), run_.summary.id, look());
        const ui::CircuitScene scene = scenes.at(iteration);
        if (ui::is_circuit_data(options_.out)) {
            const RunDescription& is = run_.summary.description;
            ui::save_circuit_data(options_.out, scene, theme_,
                { is.model, run_.summary.id.value, is.name, is.method, iteration,
                    step_of(iteration) });
            return;
        }
        if (options_.stamped)
            options_.page.stamp = ui::iteration_stamp(iteration, step_of(iteration));
        ui::PicturePage page = ui::circuit_page({ scene, {}, {}, {} }, theme_, options_.page);
        if (!page.curves_area.isEmpty())
            page.curves = ui::curves_picture(plotted(), theme_, page.curves_area.size(),
                options_.page.curves, step_of(iteration));
        ui::save_page(options_.out, page, options_.sharpness,
            { options_.page.title.isEmpty() ? QStringLiteral("Circuit") : options_.page.title,
                scene.graph, scene.layout });
    }

    ui::FilmContent film() const
    {
        ui::FilmContent film;
        film.file = path_of(options_.file);
        film.run = run_.summary.id;
        film.steps = ui::iteration_steps(run_);
        film.look = look();
        film.script.from = options_.from < 0 ? 0 : checked(options_.from);
        film.script.to = options_.to < 0 ? last() : checked(options_.to);
        film.script.frames_per_second = options_.frames_per_second;
        film.script.iterations_per_second = options_.seconds
            ? ui::speed_for(film.script, *options_.seconds)
            : options_.iterations_per_second;
        film.theme = theme_;
        film.page = options_.page;
        film.stamped = options_.stamped;
        film.scale = options_.sharpness.scale;
        return film;
    }

    void write_film()
    {
        ui::FilmJob job(options_.out, film(), plotted());
        ProgressLine progress;
        QEventLoop loop;
        std::string failure;
        QObject::connect(&job, &ui::FilmJob::progressed, &loop,
            [&](int frames, int of) { progress.show("frame", frames, of); });
        QObject::connect(&job, &ui::FilmJob::failed, &loop, [&](const QString& sentence) {
            failure = sentence.toStdString();
            loop.quit();
        });
        QObject::connect(
            &job, &ui::FilmJob::finished, &loop, [&](const QString&, const QString& note) {
                progress.finish();
                if (!note.isEmpty())
                    progress.note(note.toStdString());
                loop.quit();
            });
        job.start();
        loop.exec();
        if (!failure.empty())
            throw ResourceError(failure);
    }

    ExportOptions options_;
    ui::RunHistory run_;
    ui::Theme theme_;
};

} // namespace

int run_export_command(const QStringList& arguments)
{
    try {
        const ExportOptions options = parse_export_options(arguments);
        if (options.help) {
            std::fputs(qPrintable(options.help_text), stdout);
            return 0;
        }
        const ExperimentReader reader(path_of(options.file));
        Export(options, ui::load_history(reader, chosen_run(reader, options))).write();
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "circuitloom export: %s\n", error.what());
        return 1;
    }
}

} // namespace circuitloom
