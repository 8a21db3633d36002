#include "ui/window/file_view.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace circuitloom::ui {

namespace {

template <class Value>
struct Named
{
    const char* name;
    Value value;
};

constexpr Named<ColorChoice> color_names[]{ { "since-previous", ColorChoice::since_previous },
    { "since-start", ColorChoice::since_start }, { "since-chosen", ColorChoice::since_chosen },
    { "sign", ColorChoice::sign }, { "kind", ColorChoice::kind }, { "age", ColorChoice::age },
    { "single", ColorChoice::single }, { "certainty", ColorChoice::certainty } };
constexpr Named<LayoutChoice> layout_names[]{ { "lattice", LayoutChoice::lattice },
    { "dot", LayoutChoice::dot }, { "matrix", LayoutChoice::matrix } };
constexpr Named<WidthScale> width_names[]{ { "linear", WidthScale::linear },
    { "root", WidthScale::root }, { "logarithmic", WidthScale::logarithmic } };
constexpr Named<CircuitFilter::Change> change_names[]{ { "all", CircuitFilter::Change::all },
    { "entered", CircuitFilter::Change::entered }, { "left", CircuitFilter::Change::left } };

constexpr Named<Alignment> alignment_names[]{ { "step", Alignment::step },
    { "examples", Alignment::examples }, { "tokens", Alignment::tokens },
    { "loss", Alignment::loss }, { "metric", Alignment::metric } };

constexpr qsizetype longest_sentence = 10'000; ///< characters
constexpr qsizetype most_ablations = 200;
constexpr qsizetype most_ablated_names = 10'000;

/// Null where the value has no name: then it is not kept.
template <class Value, std::size_t size>
QJsonValue name_of(const Named<Value> (&names)[size], Value value)
{
    for (const Named<Value>& named : names)
        if (named.value == value)
            return QString::fromLatin1(named.name);
    return {};
}

template <class Value, std::size_t size>
Value named(const Named<Value> (&names)[size], const QJsonValue& name, Value otherwise)
{
    for (const Named<Value>& known : names)
        if (name.toString() == QLatin1String(known.name))
            return known.value;
    return otherwise;
}

template <class Ids>
QJsonArray numbers(const Ids& ids)
{
    QJsonArray array;
    for (const auto& id : ids) {
        if constexpr (std::is_integral_v<std::decay_t<decltype(id)>>)
            array.append(static_cast<qint64>(id));
        else
            array.append(static_cast<qint64>(id.value));
    }
    return array;
}

/// Rising, each once, none negative.
std::vector<int> whole_numbers(const QJsonValue& value)
{
    std::vector<int> found;
    const QJsonArray numbers = value.toArray();
    for (const auto& number : numbers)
        if (const int whole = number.toInt(-1); whole >= 0)
            found.push_back(whole);
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

QJsonObject json_of(const GraphChoice& choice)
{
    return { { QStringLiteral("nodes"), numbers(choice.nodes) },
        { QStringLiteral("edges"), numbers(choice.edges) } };
}

GraphChoice choice_in(const QJsonValue& value)
{
    GraphChoice choice;
    for (const int node : whole_numbers(value[QStringLiteral("nodes")]))
        choice.nodes.push_back({ node });
    for (const int edge : whole_numbers(value[QStringLiteral("edges")]))
        choice.edges.push_back({ edge });
    return choice;
}

QJsonObject json_of(const CircuitFilter& filter)
{
    QJsonObject json{ { QStringLiteral("strongest"), filter.strongest },
        { QStringLiteral("share"), filter.share },
        { QStringLiteral("threshold"), filter.threshold },
        { QStringLiteral("inclusion"), filter.inclusion },
        { QStringLiteral("connected"), filter.connected },
        { QStringLiteral("kinds"),
            QJsonArray{ filter.kinds.query, filter.kinds.key, filter.kinds.value, filter.kinds.mlp,
                filter.kinds.logits } },
        { QStringLiteral("first-layer"), filter.first_layer },
        { QStringLiteral("change"), name_of(change_names, filter.change) } };
    if (filter.last_layer != std::numeric_limits<int>::max())
        json.insert(QStringLiteral("last-layer"), filter.last_layer);
    return json;
}

/// The number where it lies between the two, else `otherwise`.
double within(const QJsonValue& value, double least, double most, double otherwise)
{
    const double number = value.toDouble(otherwise);
    return std::isfinite(number) && number >= least && number <= most ? number : otherwise;
}

CircuitFilter filter_in(const QJsonValue& value)
{
    CircuitFilter filter = first_filter();
    filter.strongest = std::max(0, value[QStringLiteral("strongest")].toInt(filter.strongest));
    filter.share = within(value[QStringLiteral("share")], 0, 1, filter.share);
    filter.threshold = within(value[QStringLiteral("threshold")], 0,
        std::numeric_limits<double>::max(), filter.threshold);
    filter.inclusion = within(value[QStringLiteral("inclusion")], 0, 1, filter.inclusion);
    filter.connected = value[QStringLiteral("connected")].toBool();
    const QJsonValue kinds = value[QStringLiteral("kinds")];
    bool* const shown[]{ &filter.kinds.query, &filter.kinds.key, &filter.kinds.value,
        &filter.kinds.mlp, &filter.kinds.logits };
    for (qsizetype i = 0; i < std::ssize(shown); ++i)
        *shown[i] = kinds[i].toBool(true);
    filter.first_layer = std::max(0, value[QStringLiteral("first-layer")].toInt());
    filter.last_layer = std::max(
        filter.first_layer, value[QStringLiteral("last-layer")].toInt(filter.last_layer));
    filter.change = named(change_names, value[QStringLiteral("change")], filter.change);
    return filter;
}

QJsonObject json_of(const ViewState& state)
{
    return { { QStringLiteral("looked-at"),
                 QJsonArray{ state.camera.zoom, state.camera.pan.x(), state.camera.pan.y() } },
        { QStringLiteral("selection"), json_of(state.selection) },
        { QStringLiteral("pinned"), json_of(state.pinned) },
        { QStringLiteral("isolated"), json_of(state.isolated) },
        { QStringLiteral("hidden"), json_of(state.hidden) },
        { QStringLiteral("switched-off"), json_of(state.switched_off) },
        { QStringLiteral("folded-layers"), numbers(state.folding.layers) },
        { QStringLiteral("folded-mlps"), numbers(state.folding.mlps) },
        { QStringLiteral("filter"), json_of(state.filter) },
        { QStringLiteral("colors"), name_of(color_names, state.colors) },
        { QStringLiteral("layout"), name_of(layout_names, state.layout) } };
}

ViewState state_in(const QJsonValue& value)
{
    ViewState state;
    const QJsonValue camera = value[QStringLiteral("looked-at")];
    state.camera.zoom = within(camera[0], 1e-3, 1e6, 1);
    state.camera.pan = { within(camera[1], -1e9, 1e9, 0), within(camera[2], -1e9, 1e9, 0) };
    state.selection = choice_in(value[QStringLiteral("selection")]);
    state.pinned = choice_in(value[QStringLiteral("pinned")]);
    state.isolated = choice_in(value[QStringLiteral("isolated")]);
    state.hidden = choice_in(value[QStringLiteral("hidden")]);
    state.switched_off = choice_in(value[QStringLiteral("switched-off")]);
    for (const int layer : whole_numbers(value[QStringLiteral("folded-layers")]))
        state.folding.layers.insert(layer);
    for (const int layer : whole_numbers(value[QStringLiteral("folded-mlps")]))
        state.folding.mlps.insert(layer);
    state.filter = filter_in(value[QStringLiteral("filter")]);
    state.colors = named(color_names, value[QStringLiteral("colors")], state.colors);
    state.layout = named(layout_names, value[QStringLiteral("layout")], state.layout);
    return state;
}

QJsonArray json_of(const std::vector<NamedAblation>& ablations)
{
    QJsonArray array;
    for (const NamedAblation& ablation : ablations) {
        QJsonArray names;
        for (const std::string& name : ablation.names)
            names.append(QString::fromStdString(name));
        array.append(QJsonObject{
            { QStringLiteral("name"), ablation.name }, { QStringLiteral("names"), names } });
    }
    return array;
}

std::vector<NamedAblation> ablations_in(const QJsonValue& value)
{
    std::vector<NamedAblation> ablations;
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < std::min(array.size(), most_ablations); ++i) {
        NamedAblation ablation;
        ablation.name = array[i][QStringLiteral("name")].toString().left(longest_ablation_name);
        const QJsonArray names = array[i][QStringLiteral("names")].toArray();
        for (qsizetype j = 0; j < std::min(names.size(), most_ablated_names); ++j)
            if (names[j].isString())
                ablation.names.push_back(names[j].toString().toStdString());
        if (!ablation.name.isEmpty() && !ablation.names.empty())
            ablations.push_back(std::move(ablation));
    }
    return ablations;
}

QJsonArray json_of(const std::vector<ComparedWith>& others)
{
    QJsonArray array;
    for (const ComparedWith& other : others) {
        QJsonObject json{ { QStringLiteral("run"), static_cast<qint64>(other.run.value) },
            { QStringLiteral("by"), name_of(alignment_names, other.by) } };
        if (other.chosen)
            json.insert(QStringLiteral("iteration"), *other.chosen);
        array.append(json);
    }
    return array;
}

std::vector<ComparedWith> compared_in(const QJsonValue& value)
{
    std::vector<ComparedWith> others;
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < std::min(array.size(), qsizetype{ most_compared }); ++i) {
        ComparedWith other;
        other.run = { array[i][QStringLiteral("run")].toInteger() };
        other.by = named(alignment_names, array[i][QStringLiteral("by")], other.by);
        if (const int chosen = array[i][QStringLiteral("iteration")].toInt(-1); chosen >= 0)
            other.chosen = chosen;
        if (other.run.value > 0)
            others.push_back(other);
    }
    return others;
}

} // namespace

std::string file_view_text(const FileView& view, std::int64_t saved_ms)
{
    QJsonObject json{ { QStringLiteral("saved"), static_cast<qint64>(saved_ms) },
        { QStringLiteral("iteration"), view.iteration },
        { QStringLiteral("looping"), view.looping },
        { QStringLiteral("overlaid"), numbers(view.overlaid) },
        { QStringLiteral("chosen"), view.chosen },
        { QStringLiteral("width"), name_of(width_names, view.width) },
        { QStringLiteral("curves"), to_json(view.curves) },
        { QStringLiteral("sentence"), view.sentence },
        { QStringLiteral("target"), view.candidates.target },
        { QStringLiteral("alternative"), view.candidates.alternative },
        { QStringLiteral("ablations"), json_of(view.ablations) },
        { QStringLiteral("compared"), json_of(view.compared) },
        { QStringLiteral("state"), json_of(view.state) } };
    if (view.loop)
        json.insert(QStringLiteral("loop"), QJsonArray{ view.loop->first, view.loop->last });
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

std::optional<ReadFileView> read_file_view(const std::string& text)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text));
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject json = document.object();
    ReadFileView read;
    read.saved_ms = json.value(QStringLiteral("saved")).toInteger();
    FileView& view = read.view;
    view.iteration = std::max(-1, json.value(QStringLiteral("iteration")).toInt(-1));
    view.looping = json.value(QStringLiteral("looping")).toBool();
    for (const int run : whole_numbers(json.value(QStringLiteral("overlaid"))))
        view.overlaid.push_back({ run });
    view.chosen = std::max(0, json.value(QStringLiteral("chosen")).toInt());
    view.width = named(width_names, json.value(QStringLiteral("width")), view.width);
    view.curves = curves_view_in(json.value(QStringLiteral("curves")));
    const auto typed = [&](const QString& name) {
        return json.value(name).toString().left(longest_sentence);
    };
    view.sentence = typed(QStringLiteral("sentence"));
    view.candidates = { typed(QStringLiteral("target")), typed(QStringLiteral("alternative")) };
    view.ablations = ablations_in(json.value(QStringLiteral("ablations")));
    view.compared = compared_in(json.value(QStringLiteral("compared")));
    view.state = state_in(json.value(QStringLiteral("state")));
    const QJsonValue loop = json.value(QStringLiteral("loop"));
    const LoopRange range{ loop[0].toInt(-1), loop[1].toInt(-1) };
    if (range.first >= 0 && range.first < range.last)
        view.loop = range;
    return read;
}

FileView fitted_to(FileView view, const ComputationalGraph& graph)
{
    const auto nodes = std::ssize(graph.nodes());
    const auto edges = std::ssize(graph.edges());
    for (GraphChoice* choice : { &view.state.selection, &view.state.pinned, &view.state.isolated,
             &view.state.hidden, &view.state.switched_off }) {
        std::erase_if(choice->nodes, [nodes](NodeId node) { return node.value >= nodes; });
        std::erase_if(choice->edges, [edges](EdgeId edge) { return edge.value >= edges; });
    }
    for (std::set<int>* layers : { &view.state.folding.layers, &view.state.folding.mlps })
        std::erase_if(*layers, [&graph](int layer) { return layer >= graph.shape().layers; });
    return view;
}

} // namespace circuitloom::ui
