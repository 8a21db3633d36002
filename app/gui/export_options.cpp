#include "app/gui/export_options.h"

#include "app/gui/export_scope.h"
#include "app/gui/option_values.h"
#include "core/base/error.h"
#include "ui/export/picture_sizes.h"
#include "ui/export/sweep_picture.h"
#include "ui/video/film_writer.h"

#include <QCommandLineParser>

#include <array>
#include <tuple>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using ui::ColorMode;
using ui::CurvesPlace;
using ui::WidthScale;

constexpr auto usage = "circuitloom export FILE.loom [options] -o OUT";

constexpr auto description
    = R"(Renders a run without a display: a circuit or the curves as a picture, a circuit's edges
as data, or the circuits of a range of iterations as a film. The name of OUT says which:

  .png .svg .pdf        picture of the circuit at --iteration (or, with --what curves, the curves)
  .dot .json .graphml   the edges that the picture shows
  .csv                  of the edges; with --what curves of the curves
                        With --what sweep, .svg, .png, .pdf and .csv show what all finished runs
                        came to by the value of a setting in which they differ.
  .mp4 .webm .gif       film of the iterations in --range
  frames/%04d.png       the same as numbered pictures)";

std::vector<CommandOption> options_there_are()
{
    const auto named = [](const char* name) { return QStringList{ QString::fromLatin1(name) }; };
    return {
        { { QStringLiteral("o"), QStringLiteral("output") }, "The file to write.", "OUT" },
        { named("run"), "The run's number; the last run if absent.", "R" },
        { named("iteration"), "The iteration; the last one if absent.", "I" },
        { named("range"), "First and last iteration of a film; all if absent.", "A:B" },
        { named("fps"), "Frames a second of a film.", "N", "30" },
        { named("speed"), "Iterations a second of a film.", "X", "8" },
        { named("seconds"), "Length of a film, instead of --speed.", "X" },
        { named("what"), "circuit, curves or sweep.", "WHAT", "circuit" },
        { named("over"), "With --what sweep, the setting; that with most values if absent.",
            "SETTING" },
        { named("measure"),
            "With --what sweep, what is shown of the runs, as the comparison of runs calls it; may be "
            "given again; the tunable share, the task's metric and a perplexity if absent.",
            "NAME" },
        { named("scale-over"), "With --what sweep, linear or log; by the values if absent.", "SCALE" },
        { named("theme"), "light or dark.", "THEME", "light" },
        { named("dashes"), "Edges differ by their dashes where they differ by colour.", nullptr },
        { named("layout"),
            "lattice, layers (all heads of a layer as one node, and edges between two nodes as "
            "one), dot (Graphviz) or matrix, of all that the range shows; if absent lattice, or "
            "layers where an iteration has more than 240 edges.",
            "LAYOUT" },
        { named("fold"), "Layers drawn as one node each, as in 0,1,5.", "LAYERS" },
        { named("strongest"), "How many edges, strongest first; 0 for all.", "N", "35" },
        { named("share"), "As many edges as hold this share of the sum of |score|, 0 to 1.", "X" },
        { named("threshold"), "Only edges of at least this |score|.", "X" },
        { named("connected"), "Only edges on a path from input to logits.", nullptr },
        { named("kinds"), "Only edges into these: some of q,k,v,mlp,logits.", "KINDS" },
        { named("layers"), "Only edges between these layers.", "A:B" },
        { named("only"), "Only edges that entered or left since what the colours compare with.",
            "WHICH" },
        { named("select"), "Lights up the paths through a node or edge, as in a2.h4.", "NAME" },
        { named("isolate"), "Shows only the paths through a node or edge.", "NAME" },
        { named("hide"), "Leaves out a node with its edges, or an edge.", "NAME" },
        { named("color"),
            "What the edges' colours say: since-start, since-previous, since:N (changes since "
            "iteration N), sign, kind (query, key, value, MLP, logits), age, single, "
            "certainty.",
            "WHAT", "since-start" },
        { named("width-scale"), "Edge width by |score|: linear, root or log.", "SCALE", "root" },
        { named("preset"), "A size: column, page or slide; of films 720p, 1080p, 2160p or square.",
            "NAME" },
        { named("size"), "Width and height in pixels at 96 to the inch, as in 1400x900.", "WxH" },
        { named("scale"), "Bitmap pixels for each of these, as in 2.", "X" },
        { named("transparent"), "No background (.png, .svg, .pdf).", nullptr },
        { named("title"), "One line above; the run's name if absent, none if empty.", "TEXT" },
        { named("caption"), "Text below.", "TEXT" },
        { named("no-legend"), "Do not explain colours and widths.", nullptr },
        { named("no-stamp"), "Do not say which iteration it is.", nullptr },
        { named("curves"), "Shows the curves as well: below or beside the circuit.", "WHERE" },
        { named("force"), "Replace whatever -o names, but never the experiment.", nullptr },
        { { QStringLiteral("h"), QStringLiteral("help") }, "Shows this help.", nullptr },
    };
}

EdgeKinds read_kinds(const QString& text)
{
    EdgeKinds kinds{ false, false, false, false, false };
    for (const QString& name : text.split(u',')) {
        if (name == QStringLiteral("q"))
            kinds.query = true;
        else if (name == QStringLiteral("k"))
            kinds.key = true;
        else if (name == QStringLiteral("v"))
            kinds.value = true;
        else if (name == QStringLiteral("mlp"))
            kinds.mlp = true;
        else if (name == QStringLiteral("logits"))
            kinds.logits = true;
        else
            refuse_option("kinds", QStringLiteral("some of q, k, v, mlp and logits"), text);
    }
    return kinds;
}

void read_colors(const OptionValues& values, ExportOptions& options)
{
    const QString text = values.text("color");
    if (text.startsWith(QStringLiteral("since:"))) {
        bool good = false;
        options.compared_iteration = text.mid(6).toInt(&good);
        if (!good || options.compared_iteration < 0)
            refuse_option("color", QStringLiteral("the number of an iteration after since:"), text);
        return;
    }
    constexpr std::array modes{ ColorMode::change, ColorMode::change, ColorMode::sign,
        ColorMode::kind, ColorMode::age, ColorMode::single, ColorMode::certainty };
    const std::size_t index = values.word(
        "color", { "since-start", "since-previous", "sign", "kind", "age", "single", "certainty" });
    options.scene.mode = modes[index];
    if (index == 1)
        options.reference = ui::CircuitLook::Reference::previous;
}

void read_filter(const OptionValues& values, ExportOptions& options)
{
    CircuitFilter& filter = options.scene.filter;
    filter.strongest = values.whole("strongest", 0, 35);
    filter.share = values.number("share", 1);
    if (filter.share > 1)
        refuse_option("share", QStringLiteral("a number above 0, at most 1"), values.text("share"));
    filter.threshold = values.number("threshold", 0);
    filter.connected = values.has("connected");
    if (values.has("kinds"))
        filter.kinds = read_kinds(values.text("kinds"));
    if (values.has("layers"))
        std::tie(filter.first_layer, filter.last_layer) = values.pair("layers", u':', 0);
    if (filter.last_layer < filter.first_layer)
        refuse_option("layers", QStringLiteral("the lower layer first"), values.text("layers"));
    if (values.has("only"))
        filter.change = values.word("only", { "entered", "left" }) == 0
            ? CircuitFilter::Change::entered
            : CircuitFilter::Change::left;
}

void read_view(const OptionValues& values, ExportOptions& options)
{
    using Layout = ExportOptions::Layout;
    constexpr std::array layouts{ Layout::lattice, Layout::layers, Layout::dot, Layout::matrix };
    if (values.has("layout"))
        options.layout = layouts[values.word("layout", { "lattice", "layers", "dot", "matrix" })];
    const QString folded = values.text("fold");
    for (const QString& layer : folded.split(u',', Qt::SkipEmptyParts)) {
        bool good = false;
        options.folded_layers.push_back(layer.toInt(&good));
        if (!good || options.folded_layers.back() < 0)
            refuse_option(
                "fold", QStringLiteral("numbers of layers with commas between them"), folded);
    }
    options.selected = values.text("select");
    options.isolated = values.text("isolate");
    options.hidden = values.text("hide");
}

void read_size(const OptionValues& values, ExportOptions& options)
{
    const bool film = ui::film_format_of(options.out).has_value();
    if (film)
        options.settings.sharpness.scale = 1.5; // 1080p, whose text can be read
    options.settings.page.size
        = film ? QSizeF(1280, 720) : options.sweep_only ? ui::sweep_picture_size
                                          : QSizeF(1400, options.curves_only ? 360 : 900);
    options.settings.page.grows = !film;
    if (values.has("preset")) {
        const QString name = values.text("preset");
        const ui::PictureSize* size = ui::find_size(ui::picture_sizes(), name);
        if (!size)
            size = ui::find_size(ui::film_sizes(), name);
        if (!size)
            refuse_option("preset",
                QStringLiteral("column, page, slide, 720p, 1080p, 2160p or square"), name);
        options.settings.page.size = size->size;
        options.settings.page.grows = size->paper;
        options.settings.sharpness = { size->scale, size->print };
    }
    if (values.has("size")) {
        const auto [width, height] = values.pair("size", u'x', 1);
        options.settings.page.size = QSizeF(width, height);
        options.settings.page.grows = false;
        if (film && !values.has("preset"))
            options.settings.sharpness.scale = 1; // a film's size is meant in its own pixels
    }
    options.settings.sharpness.scale = values.number("scale", options.settings.sharpness.scale);
}

void read_film(const OptionValues& values, ExportOptions& options)
{
    if (values.has("range")) {
        const auto [from, to] = values.pair("range", u':', 0);
        if (to < from)
            refuse_option(
                "range", QStringLiteral("the earlier iteration first"), values.text("range"));
        options.from = from;
        options.to = to;
    }
    options.settings.script.frames_per_second = values.whole("fps", 1, 30);
    options.settings.script.iterations_per_second = values.number("speed", 8);
    if (values.has("seconds"))
        options.seconds = values.number("seconds", 10);
}

void read_page(const OptionValues& values, ExportOptions& options)
{
    options.settings.page.transparent = values.has("transparent");
    if (values.has("title"))
        options.title = values.text("title");
    options.settings.page.caption = values.text("caption");
    options.settings.page.legend = !values.has("no-legend");
    options.settings.stamped = !values.has("no-stamp");
    if (values.has("curves"))
        options.settings.page.curves = values.word("curves", { "below", "beside" }) == 0
            ? CurvesPlace::below
            : CurvesPlace::beside;
}

} // namespace

CommandReference export_command_reference()
{
    return command_reference("export", description, options_there_are());
}

ExportOptions parse_export_options(const QStringList& arguments)
{
    QCommandLineParser parser;
    add_options(parser, description, options_there_are());
    if (!parser.parse(arguments))
        throw InputError(parser.errorText().toStdString());
    ExportOptions options;
    options.help = parser.isSet(QStringLiteral("help"));
    options.help_text = help_of(parser, usage);
    if (options.help)
        return options;
    if (parser.positionalArguments().size() != 1 || !parser.isSet(QStringLiteral("output")))
        throw InputError(std::string("Usage: ") + usage + "; see --help.");
    options.file = parser.positionalArguments().constFirst();
    options.out = parser.value(QStringLiteral("output"));

    const OptionValues values(parser);
    options.force = values.has("force");
    options.run = RunId{ values.whole("run", 1, 0) };
    options.iteration = values.whole("iteration", 0, -1);
    const std::size_t what = values.word("what", { "circuit", "curves", "sweep" });
    options.curves_only = what == 1;
    options.sweep_only = what == 2;
    QStringList given;
    for (const CommandOption& option : options_there_are())
        if (parser.isSet(option.names.constLast()))
            given << option.names.constLast();
    options.remarks = meaningless_looks(exported_by(values.text("what"), options.out), given);
    options.swept = values.text("over");
    options.measures = parser.values(QStringLiteral("measure"));
    if (values.has("scale-over"))
        options.swept_scale = values.word("scale-over", { "linear", "log" }) == 1;
    options.dashes = values.has("dashes");
    options.dark = values.word("theme", { "light", "dark" }) == 1;
    read_filter(values, options);
    read_view(values, options);
    constexpr std::array widths{ WidthScale::linear, WidthScale::root, WidthScale::logarithmic };
    options.scene.width = widths[values.word("width-scale", { "linear", "root", "log" })];
    read_colors(values, options);
    read_page(values, options);
    read_size(values, options);
    read_film(values, options);
    return options;
}

} // namespace circuitloom
