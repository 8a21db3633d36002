#include "ui/curves/curves_view.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

constexpr std::array quantity_names{ "step", "iteration", "examples", "tokens", "wall-time" };
constexpr std::array band_names{ "none", "deviation", "extremes" };
constexpr qsizetype most_plots = 60;
constexpr qsizetype longest_name = 300;

/// The first where the name is none of them.
template <class Value, std::size_t size>
Value named(const std::array<const char*, size>& names, const QJsonValue& name)
{
    const auto found = std::ranges::find_if(names,
        [text = name.toString()](const char* known) { return text == QLatin1String(known); });
    return static_cast<Value>(found == names.end() ? 0 : found - names.begin());
}

template <class Value, std::size_t size>
QString name_of(const std::array<const char*, size>& names, Value value)
{
    return QString::fromLatin1(names.at(static_cast<std::size_t>(value)));
}

} // namespace

QJsonObject to_json(const CurvesView& view)
{
    QJsonArray plots;
    for (const PlotChoice& plot : view.plots) {
        QJsonObject json{ { QStringLiteral("measure"), QString::fromStdString(plot.measure) } };
        if (!plot.suite.empty())
            json.insert(QStringLiteral("suite"), QString::fromStdString(plot.suite));
        if (!plot.item.empty())
            json.insert(QStringLiteral("item"), QString::fromStdString(plot.item));
        if (plot.logarithmic)
            json.insert(QStringLiteral("logarithmic"), true);
        plots.append(json);
    }
    return { { QStringLiteral("plots"), plots },
        { QStringLiteral("axis"), name_of(quantity_names, view.axis.quantity) },
        { QStringLiteral("logarithmic-axis"), view.axis.logarithmic },
        { QStringLiteral("smoothing"), view.smoothing },
        { QStringLiteral("seeds"), name_of(band_names, view.seeds) },
        { QStringLiteral("apart"), view.apart } };
}

CurvesView curves_view_in(const QJsonValue& json)
{
    CurvesView view;
    const QJsonArray plots = json[QStringLiteral("plots")].toArray();
    for (qsizetype i = 0; i < std::min(plots.size(), most_plots); ++i) {
        const QString measure = plots[i][QStringLiteral("measure")].toString();
        const QString suite = plots[i][QStringLiteral("suite")].toString();
        const QString item = plots[i][QStringLiteral("item")].toString();
        const auto fits = [](const QString& name) { return name.size() <= longest_name; };
        if (!measure.isEmpty() && fits(measure) && fits(suite) && fits(item))
            view.plots.push_back({ measure.toStdString(), suite.toStdString(),
                plots[i][QStringLiteral("logarithmic")].toBool(), item.toStdString() });
    }
    view.axis = { named<AxisQuantity>(quantity_names, json[QStringLiteral("axis")]),
        json[QStringLiteral("logarithmic-axis")].toBool() };
    const double smoothing = json[QStringLiteral("smoothing")].toDouble();
    view.smoothing = smoothing > 0 && smoothing <= most_smoothing ? smoothing : 0;
    view.seeds = named<SeedBand>(band_names, json[QStringLiteral("seeds")]);
    view.apart = json[QStringLiteral("apart")].toBool();
    return view;
}

} // namespace circuitloom::ui
