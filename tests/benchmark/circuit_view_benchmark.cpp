// How fast the circuit view moves: at 1400×900, with circuits of GPT-2 small's graph. The unit is a
// frame of 1,000 plain curves by QPainter in the same run. See tests/benchmark/README.md.
#include "core/base/process_memory.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/circuit_samples.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_view.h"
#include "ui/circuit/hit_index.h"
#include "ui/circuit/scene_transition.h"
#include "ui/curves/plot_widget.h"
#include "ui/dynamics/heat_strip.h"
#include "ui/drawing/gl_painter.h"
#include "ui/drawing/image_painter.h"
#include "ui/drawing/raster_painter.h"

#include <QApplication>
#include <QScrollBar>
#include <QWindow>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <numeric>

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

// Of this process alone, on all cores: others compute on the same ones.
double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void tell_cpu(benchmark::State& state, double seconds)
{
    const double each = seconds / static_cast<double>(state.iterations());
    state.counters["CPU ms"] = 1000 * each;
    state.counters["frames/s of CPU"] = 1 / each;
}

double resident_megabytes()
{
    return static_cast<double>(resident_memory()) / 1e6;
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
    const double computed = cpu_seconds();
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
    tell_cpu(state, cpu_seconds() - computed);
}

// A run of 10,000 iterations with circuits of 1,000 edges of GPT-2 small's graph, of which 30 change
// at each, as the strip of scores knows it.
struct LongRun
{
    LongRun()
    {
        constexpr int iterations = 10'000;
        constexpr int block = 256;
        constexpr std::size_t edges = 1'000;
        const double before = resident_megabytes();
        Random random(1);
        std::vector<std::int32_t> numbers(testing::twelve_layers()->edges().size());
        std::iota(numbers.begin(), numbers.end(), 0);
        random.shuffle(numbers);
        for (int first = 0; first < iterations; first += block) {
            std::vector<Circuit> circuits;
            for (int i = first; i < std::min(first + block, iterations); ++i) {
                for (int change = 0; change < 30; ++change)
                    std::swap(numbers[random.below(edges)], numbers[random.below(numbers.size())]);
                Circuit& circuit = circuits.emplace_back();
                for (std::size_t e = 0; e < edges; ++e)
                    circuit.push_back({ { numbers[e] }, static_cast<float>(random.unit() - 0.5) });
            }
            blocks.push_back(
                std::make_shared<const ScoreBlock>(ScoreBlock::of_edges(first, circuits)));
        }
        megabytes = resident_megabytes() - before;
    }
    ScoreBlocks blocks;
    double megabytes = 0;
};

const LongRun& long_run()
{
    static const LongRun run;
    return run;
}

void heat_rows(benchmark::State& state)
{
    const LongRun& run = long_run();
    for (auto _ : state) {
        std::vector<ScoreRow> rows = score_rows(run.blocks);
        order_rows(rows, ScoreRowOrder::first_entry, run.blocks);
        benchmark::DoNotOptimize(rows);
    }
    state.counters["MB of scores"] = run.megabytes;
}

// Until the strip of all rows is on the screen; and, once it is, a page further at a size that shows
// names.
void heat(benchmark::State& state, bool scrolling)
{
    const LongRun& run = long_run();
    std::vector<ScoreRow> rows = score_rows(run.blocks);
    order_rows(rows, ScoreRowOrder::first_entry, run.blocks);
    HeatStrip strip;
    strip.set_theme(theme(true));
    strip.resize(900, 420);
    strip.show();
    while (!strip.windowHandle()->isExposed())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const auto name = [](std::int32_t row) { return QString::number(row); };
    strip.set_rows(rows, run.blocks, name);
    while (scrolling && strip.geometry_of_parts().zoom.line_height < 16)
        strip.zoom_by(1, 0);
    const auto bar = strip.findChild<QScrollBar*>();
    const double memory = resident_megabytes();
    const auto begin = Clock::now();
    const double computed = cpu_seconds();
    for (auto _ : state) {
        if (scrolling) {
            const int next = bar->value() + bar->pageStep();
            bar->setValue(next > bar->maximum() ? 0 : next);
        } else {
            strip.set_rows(rows, run.blocks, name);
        }
        strip.repaint();
    }
    tell_rate(state, seconds_since(begin));
    tell_cpu(state, cpu_seconds() - computed);
    state.counters["rows"] = static_cast<double>(rows.size());
    state.counters["MB of pictures"] = std::max(0.0, resident_megabytes() - memory);
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
BENCHMARK(heat_rows)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(heat, first, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(heat, scroll, true)->Unit(benchmark::kMillisecond)->UseRealTime();

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
