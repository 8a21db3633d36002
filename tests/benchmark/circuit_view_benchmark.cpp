// How fast the circuit view moves: at 1400×900, with circuits of GPT-2 small's graph. The unit is a
// frame of 1,000 plain curves by QPainter in the same run. See tests/benchmark/README.md.
#include "core/layout/lattice_layout.h"
#include "tests/support/circuit_samples.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_view.h"
#include "ui/circuit/hit_index.h"
#include "ui/circuit/scene_transition.h"
#include "ui/curves/plot_widget.h"
#include "ui/drawing/gl_painter.h"
#include "ui/drawing/image_painter.h"
#include "ui/drawing/raster_painter.h"

#include <QApplication>
#include <QWindow>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace circuitloom::ui {

namespace {

using Clock = std::chrono::steady_clock;

constexpr QSizeF size{ 1400, 900 };
constexpr std::array<int, 4> sizes{ 35, 200, 1000, 10000 };

double unit_seconds = 0; // of a frame of 1,000 curves by QPainter

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// A circuit that changes between two iterations.
struct Moving
{
    explicit Moving(int edges)
        : graph(testing::twelve_layers())
        , layout(std::make_shared<const CircuitLayout>(lattice_layout(*graph)))
        , circuits(testing::two_circuits(*graph, edges))
    {
        options.filter.strongest = edges;
        from = scene_of(graph, layout, circuits[0], {}, options);
        to = scene_of(graph, layout, circuits[1], circuits[0], options);
    }
    Drawing frame()
    {
        at = at >= 0.95 ? 0.05 : at + 0.05;
        return circuit_drawing(interpolate(from, to, at), theme(true), size, {});
    }

    std::shared_ptr<const ComputationalGraph> graph;
    std::shared_ptr<const CircuitLayout> layout;
    std::vector<Circuit> circuits;
    SceneOptions options;
    CircuitScene from;
    CircuitScene to;
    double at = 0;
};

QImage raster_target()
{
    return QImage(size.toSize(), QImage::Format_RGB32);
}

void measure_unit()
{
    const Moving moving(1000);
    Drawing drawing = circuit_drawing(moving.from, theme(true), size, {});
    std::erase_if(drawing.layers,
        [](const DrawingLayer& layer) { return layer.name != QStringLiteral("edges"); });
    QImage target = raster_target();
    std::array<double, 5> seconds{};
    for (double& once : seconds) {
        const auto begin = Clock::now();
        QPainter painter(&target);
        paint_drawing(painter, drawing);
        painter.end();
        once = seconds_since(begin);
    }
    std::sort(seconds.begin(), seconds.end());
    unit_seconds = seconds[2];
    std::printf("one unit, 1,000 curves by QPainter: %.1f ms\n", 1000 * unit_seconds);
}

void tell_rate(benchmark::State& state, double seconds)
{
    const double each = seconds / static_cast<double>(state.iterations());
    state.counters["frames/s"] = 1 / each;
    state.counters["units"] = each / unit_seconds;
}

void morph_opengl(benchmark::State& state)
{
    const auto gl = GlPainter::create();
    if (!gl) {
        state.SkipWithError("no OpenGL");
        return;
    }
    Moving moving(static_cast<int>(state.range(0)));
    gl->paint(moving.frame(), 1);
    const auto begin = Clock::now();
    for (auto _ : state)
        benchmark::DoNotOptimize(gl->paint(moving.frame(), 1));
    tell_rate(state, seconds_since(begin));
}

void morph_image(benchmark::State& state)
{
    Moving moving(static_cast<int>(state.range(0)));
    QImage target = raster_target();
    const auto begin = Clock::now();
    for (auto _ : state)
        paint_on_image(target, moving.frame());
    tell_rate(state, seconds_since(begin));
}

void morph_qpainter(benchmark::State& state)
{
    Moving moving(static_cast<int>(state.range(0)));
    QImage target = raster_target();
    const auto begin = Clock::now();
    for (auto _ : state) {
        QPainter painter(&target);
        paint_drawing(painter, moving.frame());
    }
    tell_rate(state, seconds_since(begin));
}

// What of a frame is not painting.
void describe(benchmark::State& state)
{
    Moving moving(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(moving.frame());
}

// Frames that reach the window of a view, the whole way.
void shown(benchmark::State& state, bool opengl)
{
    Moving moving(static_cast<int>(state.range(0)));
    CircuitView view;
    view.resize(size.toSize());
    view.circuit().set_graph(moving.graph);
    view.editor().set_filter(moving.options.filter);
    view.circuit().show(moving.circuits[0], {}, false);
    view.circuit().motion().set_pace(1);
    view.show();
    while (!view.windowHandle()->isExposed())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (opengl && !view.use_opengl()) {
        state.SkipWithError("no OpenGL");
        return;
    }
    view.repaint();
    bool back = false;
    const auto begin = Clock::now();
    for (auto _ : state) {
        if (!view.circuit().motion().running()) {
            view.circuit().show(moving.circuits[back ? 0 : 1], moving.circuits[back ? 1 : 0], true);
            back = !back;
        }
        QApplication::processEvents();
        view.repaint();
    }
    tell_rate(state, seconds_since(begin));
}

// From an iteration's circuit to what is to be painted.
void change_iteration(benchmark::State& state)
{
    const Moving moving(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        const CircuitScene scene = scene_of(
            moving.graph, moving.layout, moving.circuits[1], moving.circuits[0], moving.options);
        benchmark::DoNotOptimize(entrance_between(moving.from, scene));
    }
}

void hit_test(benchmark::State& state)
{
    const Moving moving(static_cast<int>(state.range(0)));
    const QRectF target(QPointF(), size);
    const CircuitGeometry geometry(*moving.layout, target);
    const HitIndex index(moving.to, geometry, target);
    Random random(3);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            index.at({ random.unit() * size.width(), random.unit() * size.height() }));
}

// The first of them after something moved.
void index_of_hits(benchmark::State& state)
{
    const Moving moving(static_cast<int>(state.range(0)));
    const QRectF target(QPointF(), size);
    const CircuitGeometry geometry(*moving.layout, target);
    for (auto _ : state)
        benchmark::DoNotOptimize(HitIndex(moving.to, geometry, target));
}

// Twenty curves of 100,000 points in a plot of the panel's usual size: a frame of zooming through
// them, and one of a moving cursor.
PlotContent long_curves()
{
    PlotContent content;
    content.title = QStringLiteral("Loss");
    content.last_step = 100'000;
    Random random(5);
    for (int i = 0; i < 20; ++i) {
        PlotLine line;
        line.name = QString::number(i);
        line.color = series_color(i, theme(true));
        line.width = i == 19 ? 1.8 : 1.2;
        for (int step = 0; step < 100'000; ++step)
            line.points.push_back({ step * 1.0, random.unit() + i });
        content.lines.push_back(std::move(line));
    }
    return content;
}

void plot(benchmark::State& state, bool zooming)
{
    PlotWidget shown;
    shown.set_theme(theme(true));
    shown.resize(460, 240);
    shown.set_content(long_curves());
    shown.set_range(0, 100'000);
    shown.show();
    while (!shown.windowHandle()->isExposed())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    int frame = 0;
    const auto begin = Clock::now();
    for (auto _ : state) {
        ++frame;
        if (zooming)
            shown.set_range(10.0 * (frame % 1000), 100'000 - 10.0 * (frame % 1000));
        else
            shown.set_cursor(100.0 * (frame % 1000));
        QApplication::processEvents();
        shown.repaint();
    }
    tell_rate(state, seconds_since(begin));
}

void each_size(benchmark::internal::Benchmark* table)
{
    table->ArgName("edges");
    for (const int edges : sizes)
        table->Arg(edges);
    table->Unit(benchmark::kMillisecond)->UseRealTime();
}

BENCHMARK(morph_opengl)->Apply(each_size);
BENCHMARK(morph_image)->Apply(each_size);
BENCHMARK(morph_qpainter)->Apply(each_size);
BENCHMARK_CAPTURE(shown, opengl, true)->Apply(each_size);
BENCHMARK_CAPTURE(shown, image, false)->Apply(each_size);
BENCHMARK(describe)->Apply(each_size);
BENCHMARK(change_iteration)->Apply(each_size);
BENCHMARK(hit_test)->Apply(each_size);
BENCHMARK(index_of_hits)->Apply(each_size);
BENCHMARK_CAPTURE(plot, zooming, true)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(plot, cursor, false)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

} // namespace circuitloom::ui

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    benchmark::Initialize(&argc, argv);
    circuitloom::ui::measure_unit();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
