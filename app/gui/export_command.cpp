#include "app/gui/export_command.h"

#include "core/base/error.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/export/circuit_picture.h"
#include "ui/export/curve_picture.h"
#include "ui/theme/theme.h"
#include "ui/window/run_history.h"

#include <QCommandLineParser>

#include <cstdio>

namespace circuitloom {

namespace {

struct ExportOptions
{
    QString file;
    QString out;
    RunId run; ///< 0 for the last one
    int iteration = -1; ///< -1 for the last one
    bool curves = false;
    bool dark = false;
    int strongest = 35;
    QSize size;
    bool help = false;
    QString help_text;
};

void add_options(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Renders a circuit or the curves of a run, without a display."));
    parser.addPositionalArgument(QStringLiteral("FILE.loom"), QStringLiteral("The experiment."));
    const auto add = [&](const QStringList& names, const char* what, const char* value,
                         const char* fallback = "") {
        parser.addOption({ names, QString::fromUtf8(what), QString::fromUtf8(value),
            QString::fromUtf8(fallback) });
    };
    add({ QStringLiteral("o"), QStringLiteral("output") },
        "The picture: .png, .svg or .pdf; of curves also .csv.", "OUT");
    add({ QStringLiteral("run") }, "The run's number; the last run if absent.", "R");
    add({ QStringLiteral("iteration") }, "The iteration; the last one if absent.", "I");
    add({ QStringLiteral("what") }, "circuit or curves.", "WHAT", "circuit");
    add({ QStringLiteral("theme") }, "light or dark.", "THEME", "light");
    add({ QStringLiteral("strongest") }, "How many edges, strongest first.", "N", "35");
    add({ QStringLiteral("width") }, "Width in pixels at 96 to the inch.", "PIXELS");
    add({ QStringLiteral("height") }, "Height in pixels at 96 to the inch.", "PIXELS");
    parser.addOption(
        { { QStringLiteral("h"), QStringLiteral("help") }, QStringLiteral("Shows this help.") });
}

int number(const QCommandLineParser& parser, const QString& option, int least, int fallback)
{
    const QString text = parser.value(option);
    if (text.isEmpty())
        return fallback;
    bool good = false;
    const int value = text.toInt(&good);
    if (!good || value < least)
        throw InputError("--" + option.toStdString() + " takes a whole number from "
            + std::to_string(least) + ", not \"" + text.toStdString() + "\".");
    return value;
}

bool choice(
    const QCommandLineParser& parser, const QString& option, const QString& no, const QString& yes)
{
    const QString text = parser.value(option);
    if (text != no && text != yes)
        throw InputError("--" + option.toStdString() + " is " + no.toStdString() + " or "
            + yes.toStdString() + ", not \"" + text.toStdString() + "\".");
    return text == yes;
}

ExportOptions parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    add_options(parser);
    if (!parser.parse(arguments))
        throw InputError(parser.errorText().toStdString());
    ExportOptions options;
    options.help = parser.isSet(QStringLiteral("help"));
    options.help_text = parser.helpText();
    if (options.help)
        return options;
    if (parser.positionalArguments().size() != 1 || !parser.isSet(QStringLiteral("output")))
        throw InputError("Usage: circuitloom export FILE.loom [options] -o OUT; see --help.");
    options.file = parser.positionalArguments().constFirst();
    options.out = parser.value(QStringLiteral("output"));
    options.run = RunId{ number(parser, QStringLiteral("run"), 1, 0) };
    options.iteration = number(parser, QStringLiteral("iteration"), 0, -1);
    options.curves = choice(
        parser, QStringLiteral("what"), QStringLiteral("circuit"), QStringLiteral("curves"));
    options.dark
        = choice(parser, QStringLiteral("theme"), QStringLiteral("light"), QStringLiteral("dark"));
    options.strongest = number(parser, QStringLiteral("strongest"), 1, 35);
    options.size = { number(parser, QStringLiteral("width"), 1, 1400),
        number(parser, QStringLiteral("height"), 1, options.curves ? 360 : 900) };
    return options;
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

void export_circuit(
    const ExperimentReader& reader, const ui::RunHistory& run, const ExportOptions& options)
{
    if (run.iterations.empty())
        throw InputError(
            "Run " + std::to_string(run.summary.id.value) + " has no iteration to draw.");
    const int index = options.iteration < 0 ? run.iterations.back().index.value : options.iteration;
    const Circuit now = reader.circuit(run.summary.id, IterationIndex{ index });
    const Circuit reference
        = index > 0 ? reader.circuit(run.summary.id, IterationIndex{ 0 }) : Circuit{};
    const auto layout = std::make_shared<const CircuitLayout>(lattice_layout(*run.graph));
    ui::SceneOptions shown;
    shown.filter.strongest = options.strongest;
    const ui::CircuitScene scene = ui::scene_of(run.graph, layout, now, reference, shown);
    ui::PictureOptions picture;
    picture.size = options.size;
    picture.caption = QStringLiteral("%1, iteration %2 (step %3)")
                          .arg(QString::fromStdString(run.summary.description.name))
                          .arg(index)
                          .arg(run.iterations[static_cast<std::size_t>(index)].step);
    ui::save_circuit_picture(options.out, scene, ui::theme(options.dark), picture);
}

void export_curves(const ui::RunHistory& run, const ExportOptions& options)
{
    const ui::Theme& theme = ui::theme(options.dark);
    ui::CurvePictureOptions picture;
    picture.size = options.size;
    if (options.iteration >= 0) {
        if (options.iteration >= static_cast<int>(run.iterations.size()))
            throw InputError("Run " + std::to_string(run.summary.id.value) + " has "
                + std::to_string(run.iterations.size()) + " iterations, so none with number "
                + std::to_string(options.iteration) + ".");
        picture.cursor = run.iterations[static_cast<std::size_t>(options.iteration)].step;
    }
    const ui::PlottedRun plotted{ run.summary.id,
        QString::fromStdString(run.summary.description.name),
        ui::series_color(static_cast<int>(run.summary.id.value - 1), theme),
        run.summary.description.steps, run.curves };
    ui::save_curve_picture(options.out, { plotted }, theme, picture);
}

} // namespace

int run_export_command(const QStringList& arguments)
{
    try {
        const ExportOptions options = parse(arguments);
        if (options.help) {
            std::fputs(qPrintable(options.help_text), stdout);
            return 0;
        }
        const ExperimentReader reader(std::filesystem::path(options.file.toStdU16String()));
        const ui::RunHistory run = ui::load_history(reader, chosen_run(reader, options));
        if (options.curves)
            export_curves(run, options);
        else
            export_circuit(reader, run, options);
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "circuitloom export: %s\n", error.what());
        return 1;
    }
}

} // namespace circuitloom
