#include "app/gui/export_command.h"

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/table.h"
#include "app/gui/export_options.h"
#include "app/gui/export_sweep.h"
#include "app/gui/guarded_command.h"
#include "app/gui/printed_text.h"
#include "app/gui/run_job.h"
#include "core/analysis/run_edges.h"
#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/number_text.h"
#include "core/formats/result_file.h"
#include "core/layout/compact_layout.h"
#include "core/layout/dot_layout.h"
#include "core/layout/folded_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"
#include "core/store/experiment_reader.h"
#include "ui/base/file_path.h"
#include "ui/circuit/circuit_layouts.h"
#include "ui/circuit/circuit_search.h"
#include "ui/export/export_work.h"
#include "ui/export/film_job.h"
#include "ui/session/run_history.h"
#include "ui/theme/theme.h"
#include "ui/video/film_writer.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <utility>

namespace circuitloom {

namespace {

RunSummary chosen_run(const ExperimentReader& reader, const ExportOptions& options)
{
    if (options.run.value > 0)
        return reader.run(options.run);
    const std::vector<RunSummary> runs = reader.runs();
    if (runs.empty())
        throw InputError(options.file.toStdString() + " holds no run.");
    return runs.back();
}

/// What a file with this ending will hold.
FileContent content_for(const QString& out)
{
    if (ui::film_format_of(out))
        return FileContent::film;
    return content_by_ending(QFileInfo(out).suffix().toLower().toStdString());
}

/// Before anything is drawn: see ResultFile. Numbered pictures have names of their own.
void require_replaceable(const ExportOptions& options)
{
    if (ui::film_format_of(options.out) != ui::FilmFormat::frames)
        ResultFile(ui::path_of(options.out),
            { content_for(options.out), options.force, { ui::path_of(options.file) } });
}

/// One run and what of it is wanted.
class Export
{
public:
    Export(const ExportOptions& options, const ExperimentReader& reader, ui::RunHistory run)
        : options_(options)
        , reader_(reader)
        , run_(std::move(run))
    {
        options_.settings.page.title
            = options_.title.value_or(QString::fromStdString(run_.summary.description.name));
    }

    /// False where it was interrupted.
    bool write()
    {
        if (options_.curves_only)
            write_curves();
        else if (run_.iterations.empty())
            throw InputError(of_run("has no iteration to draw."));
        else if (ui::film_format_of(options_.out))
            return write_film();
        else
            write_circuit();
        return true;
    }

private:
    std::string of_run(const std::string& what) const
    {
        return "Run " + std::to_string(run_.summary.id.value) + " of " + options_.file.toStdString()
            + " " + what;
    }

    int last() const { return static_cast<int>(run_.iterations.size()) - 1; }
    /// The range that was asked for.
    int first() const { return options_.from < 0 ? 0 : checked(options_.from); }
    int to() const { return options_.to < 0 ? last() : checked(options_.to); }

    int checked(int iteration) const
    {
        if (run_.iterations.empty() || iteration > last())
            throw InputError(of_run("has no iteration " + std::to_string(iteration)
                + (run_.iterations.empty()
                        ? "; it has none."
                        : "; its iterations are 0 to " + std::to_string(last()) + ".")));
        return iteration;
    }

    /// With the file's supernodes, as the window shows them at first.
    std::shared_ptr<const CircuitLayout> layout() const
    {
        Folding folding;
        folding.supernodes = reader_.supernodes();
        folding.layers = { options_.folded_layers.begin(), options_.folded_layers.end() };
        const CircuitLayout lattice = lattice_layout(*run_.graph);
        const RunEdges shown = edges_of_run(
            reader_, run_.summary.id, first(), to(), *run_.graph, options_.scene.filter);
        return std::make_shared<const CircuitLayout>(layout_of(lattice, folding, shown));
    }

    CircuitLayout layout_of(
        const CircuitLayout& lattice, const Folding& folding, const RunEdges& shown) const
    {
        using Layout = ExportOptions::Layout;
        const ComputationalGraph& graph = *run_.graph;
        const bool crowded
            = options_.layout == Layout::automatic && shown.most > ui::most_single_edges;
        if (options_.layout == Layout::layers || crowded)
            return ui::layout_by_layers(graph, lattice, folding, shown.edges);
        const CircuitLayout base = folded_layout(lattice, folding);
        if (options_.layout == Layout::matrix)
            return matrix_layout(graph, base, shown.edges);
        if (options_.layout == Layout::dot)
            // Graphviz may take its time and may fail: this process has nothing else to do.
            return dot_layout(
                graph, base, shown.edges, dot_places(dot_request(graph, base, shown.edges)));
        return compact_layout(graph, base, shown.edges);
    }

    /// What was selected, isolated and hidden by name.
    void choose(ui::ExportSource& source) const
    {
        const CircuitLayout lattice = lattice_layout(*run_.graph);
        const Circuit circuit = source.iteration < 0
            ? Circuit()
            : reader_.circuit(run_.summary.id, { source.iteration });
        const auto found = [&](const QString& name) {
            if (name.isEmpty())
                return GraphChoice();
            const auto choice
                = ui::find_named({ *run_.graph, lattice, *source.look.layout, circuit }, name);
            if (!choice)
                throw InputError(of_run("has no node or edge \"" + name.toStdString() + "\"."));
            return *choice;
        };
        source.highlight.selection = found(options_.selected);
        source.look.scene.isolated = found(options_.isolated);
        source.look.scene.hidden = found(options_.hidden);
    }

    ui::ExportSource source(int iteration) const
    {
        const RunDescription& is = run_.summary.description;
        ui::ExportSource source;
        source.file = ui::path_of(options_.file);
        source.origin = { is.model, run_.summary.id.value, is.name, is.method };
        source.steps = ui::iteration_steps(run_);
        source.iteration = iteration;
        source.look.graph = run_.graph;
        source.look.layout = layout();
        source.look.scene = options_.scene;
        source.look.reference = options_.reference;
        source.look.chosen = options_.compared_iteration;
        choose(source);
        source.theme = ui::theme(options_.dark);
        source.theme.dashes = options_.dashes;
        source.curves = { { run_.summary.id, QString::fromStdString(is.name),
            ui::series_color(static_cast<int>(run_.summary.id.value - 1), source.theme), is.steps,
            run_.curves } };
        return source;
    }

    void write_curves()
    {
        const int iteration = options_.iteration < 0 ? -1 : checked(options_.iteration);
        ui::export_curves(options_.out, source(iteration), options_.settings);
    }

    void write_circuit()
    {
        checked(options_.compared_iteration);
        const int iteration = options_.iteration < 0 ? last() : checked(options_.iteration);
        ui::export_circuit(options_.out, source(iteration), options_.settings);
    }

    /// False where it was interrupted; then there is no file.
    bool write_film()
    {
        checked(options_.compared_iteration);
        ui::ExportSettings settings = options_.settings;
        ui::FilmScript& script = settings.script;
        script.from = first();
        script.to = to();
        if (options_.seconds)
            script.iterations_per_second = ui::speed_for(script, *options_.seconds);
        const double seconds = options_.seconds ? *options_.seconds : ui::film_seconds(script);
        if (seconds > ui::longest_film(script))
            throw InputError("A film of " + std::to_string(script.to - script.from + 1)
                + " iterations can last at most " + fixed(ui::longest_film(script), 0)
                + " s, not " + fixed(seconds, 0)
                + " s; an hour is the most, and 0.01 iterations a second the least.");
        const ui::ExportSource shown = source(script.from);
        ui::FilmJob job(options_.out, ui::film_of(shown, settings), shown.curves);
        ProgressLine progress;
        QObject::connect(
            &job, &ui::FilmJob::finished, &job, [&](const QString&, const QString& note) {
                progress.finish();
                if (!note.isEmpty())
                    progress.note(note.toStdString());
            });
        return run_job(job, progress, "frame");
    }

    ExportOptions options_;
    const ExperimentReader& reader_;
    ui::RunHistory run_;
};

} // namespace

int run_export_command(const QStringList& arguments)
{
    const auto work = [&] {
        const ExportOptions options = parse_export_options(arguments);
        if (options.help)
            return print_whole(qPrintable(options.help_text));
        require_replaceable(options);
        for (const QString& remark : options.remarks)
            std::fprintf(stderr, "circuitloom export: %s\n", qPrintable(remark));
        const ExperimentReader reader(ui::path_of(options.file));
        if (options.sweep_only) {
            export_sweep_chart(options, reader);
            return 0;
        }
        return Export(options, reader, ui::load_history(reader, chosen_run(reader, options)))
                   .write()
            ? 0
            : stopped_by_user;
    };
    return run_guarded(work, [](const std::string& sentence) {
        std::fprintf(stderr, "circuitloom export: %s\n", printable(sentence).c_str());
    });
}

} // namespace circuitloom
