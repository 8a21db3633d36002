// What of curves is computed before they are drawn: places on axes, smoothing, seeds, extremes.
#include "core/base/random.h"
#include "tests/support/ui_test.h"
#include "ui/curves/axis_text.h"
#include "ui/curves/column_extremes.h"
#include "ui/curves/place_text.h"
#include "ui/curves/plot_readout.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/curves/seed_spread.h"
#include "ui/curves/smoothing.h"

#include <QImage>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

Curve noise(int points, std::uint64_t seed)
{
    Random random(seed);
    Curve curve;
    for (int i = 0; i < points; ++i)
        curve.push_back({ static_cast<double>(i), random.unit() - 0.5 });
    return curve;
}

/// The least and the greatest value of each column, computed point by point.
std::map<int, std::pair<double, double>> extremes(const Curve& curve, const PixelColumns& pixels)
{
    std::vector<double> begins;
    for (int column = 0; column <= pixels.columns; ++column)
        begins.push_back(pixels.begin_of(column));
    std::map<int, std::pair<double, double>> found;
    for (const CurvePoint& point : curve) {
        if (!pixels.has_place(point.value) || point.step < pixels.first
            || point.step > pixels.last)
            continue;
        const auto column
            = static_cast<int>(std::ranges::upper_bound(begins, point.step) - begins.begin());
        const auto [at, fresh] = found.try_emplace(column, point.value, point.value);
        at->second.first = std::min(at->second.first, point.value);
        at->second.second = std::max(at->second.second, point.value);
    }
    return found;
}

PlotContent content_of(const Curve& points)
{
    PlotContent content;
    content.title = QStringLiteral("Loss");
    content.last_step = points.empty() ? 1 : points.back().step;
    PlotLine line;
    line.name = QStringLiteral("a");
    line.color = QColor(0xd0, 0x00, 0xd0); // nothing else of a plot is like that
    line.points = points;
    content.lines = { line };
    return content;
}

QImage painted(const PlotContent& content)
{
    PlotWidget plot;
    plot.set_theme(theme(false));
    plot.set_content(content);
    plot.set_range(0, content.last_step);
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    const PlacedPlot placed{ &plot, image.rect() };
    paint_plots(image, { &placed, 1 });
    return image;
}

/// The mean height of the line's pixels in a column; not a number where it has none.
double height_in(const QImage& image, int x)
{
    double sum = 0;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        const QColor color = image.pixelColor(x, y);
        if (color.red() > 150 && color.blue() > 150 && color.green() < 100) {
            sum += y;
            ++count;
        }
    }
    return count > 0 ? sum / count : nothing;
}

} // namespace

class TestCurveDrawing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void as_many_ticks_have_labels_as_do_not_lie_on_one_another()
    {
        constexpr int text = 13;
        for (std::ptrdiff_t ticks = 2; ticks < 9; ++ticks)
            for (int room = 0; room < 300; ++room) {
                const std::ptrdiff_t stride = label_stride(ticks, room, text);
                const auto apart = [&](std::ptrdiff_t each) {
                    return static_cast<double>(room * each) / static_cast<double>(ticks - 1);
                };
                QVERIFY(stride >= 1);
                QVERIFY(stride >= ticks || apart(stride) >= text);
                QVERIFY(stride == 1 || stride > ticks || apart(stride - 1) < text);
            }
        QCOMPARE(label_stride(5, 300, text), 1);
        QCOMPARE(label_stride(5, 26, text), 2);
        QVERIFY(label_stride(5, 5, text) > 4); // the first alone
    }

    void no_extreme_of_any_column_is_lost_at_any_zoom()
    {
        Curve curve = noise(20'000, 3);
        for (std::size_t i = 0; i < curve.size(); i += 97)
            curve[i].value = i % 2 ? nothing : infinite;
        curve[7777].value = 40; // one point among 20,000
        for (const bool logarithmic : { false, true })
            for (const auto& [first, last] : std::vector<std::pair<double, double>>{
                     { 0, 19'999 }, { 7000, 8000 }, { 7770, 7790 }, { 0, 40'000 } })
                for (const int columns : { 1, 97, 800 }) {
                    PixelColumns pixels{ { AxisQuantity::step, logarithmic }, first, last, columns };
                    const Curve thin = column_extremes(curve, pixels);
                    const auto wanted = extremes(curve, pixels);
                    const auto kept = extremes(thin, pixels);
                    QCOMPARE(kept.size(), wanted.size());
                    for (const auto& [column, range] : wanted)
                        QCOMPARE(kept.at(column), range);
                    QVERIFY(thin.size() <= static_cast<std::size_t>(5 * columns + 10));
                    QVERIFY(std::ranges::is_sorted(thin, {}, &CurvePoint::step));
                }
    }

    void few_points_are_drawn_as_they_are()
    {
        const Curve curve{ { 0, 1 }, { 5, infinite }, { 10, 2 }, { 20, 4 } };
        const Curve thin = column_extremes(curve, { {}, 0, 12, 100 });
        QCOMPARE(thin.size(), std::size_t{ 4 }); // with the point that the line goes on to
        QVERIFY(std::isnan(thin[1].value));
        QCOMPARE(thin[3], curve[3]);
        QCOMPARE(column_extremes(curve, { {}, 11, 12, 100 }).size(), std::size_t{ 2 });
        QVERIFY(column_extremes(Curve(), { {}, 0, 1, 10 }).empty());
    }

    void gaps_stay_between_what_is_left_out()
    {
        Curve curve = noise(1000, 4);
        for (std::size_t i = 300; i < 600; ++i)
            curve[i].value = nothing;
        const Curve thin = column_extremes(curve, { {}, 0, 999, 50 });
        const auto in_the_gap = std::ranges::count_if(thin, [](const CurvePoint& point) {
            return point.step >= 300 && point.step < 600 && std::isnan(point.value);
        });
        QVERIFY(in_the_gap >= 1);
        QVERIFY(std::ranges::none_of(thin, [](const CurvePoint& point) {
            return point.step >= 300 && point.step < 600 && !std::isnan(point.value);
        }));
    }

    void lone_points_are_found_and_bounded()
    {
        Curve curve;
        for (int i = 0; i < 10'000; ++i)
            curve.push_back({ i * 1.0, i % 2 ? nothing : -i * 1.0 });
        QVERIFY(column_extremes(curve, { {}, 0, 9999, 100 }).size() <= 510);
        const Curve lone = lone_points(curve, { {}, 0, 9999, 100 });
        QVERIFY(lone.size() <= 204);
        QVERIFY(std::ranges::is_sorted(lone, std::less_equal{}, &CurvePoint::step)); // each once
        QCOMPARE(lone_points(curve, { {}, 0, 20, 100 }).size(), std::size_t{ 11 });
        QVERIFY(lone_points(noise(100, 1), { {}, 0, 99, 10 }).empty());
    }

    void what_is_painted_is_bounded_by_the_width()
    {
        PlotContent content;
        content.last_step = 30'000;
        for (int i = 0; i < 5; ++i) {
            PlotLine line;
            line.name = QString::number(i);
            line.points = noise(30'000, static_cast<std::uint64_t>(i));
            line.raw = line.points;
            content.lines.push_back(line);
        }
        PlotWidget plot;
        plot.set_theme(theme(true));
        plot.set_content(content);
        plot.set_range(0, content.last_step);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        int narrow = 0;
        for (const int width : { 300, 900 }) {
            plot.resize(width, 200);
            QCoreApplication::processEvents();
            const int painted = plot.painted_points();
            // 10 lines of at most five points to a pixel of the screen
            QVERIFY(painted <= 10 * 5 * (width * qCeil(plot.devicePixelRatioF()) + 3));
            QVERIFY(painted > 10 * width / 2);
            QVERIFY(painted > 2 * narrow); // grows with the width, not with the points
            narrow = painted;
        }
        plot.set_range(100, 140);
        QVERIFY(plot.painted_points() <= 10 * 43);
    }

    void smoothing_is_unbiased_at_its_beginning()
    {
        const Curve flat{ { 0, 4 }, { 1, 4 }, { 2, 4 } };
        for (const double weight : { 0.0, 0.5, 0.99 })
            for (const CurvePoint& point : smoothed(flat, weight))
                QVERIFY(std::abs(point.value - 4) < 1e-9);
        // By its definition: weights w^(n−i), which sum to 1.
        const Curve curve = noise(50, 8);
        const Curve smooth = smoothed(curve, 0.8);
        for (std::size_t n = 0; n < curve.size(); ++n) {
            double sum = 0;
            double weights = 0;
            for (std::size_t i = 0; i <= n; ++i) {
                const double weight = std::pow(0.8, n - i);
                sum += weight * curve[i].value;
                weights += weight;
            }
            QVERIFY(std::abs(smooth[n].value - sum / weights) < 1e-9);
            QCOMPARE(smooth[n].step, curve[n].step);
        }
        const Curve gaps = smoothed(Curve{ { 0, 1 }, { 1, nothing }, { 2, infinite }, { 3, 1 } }, 0.9);
        QVERIFY(std::isnan(gaps[1].value) && std::isinf(gaps[2].value));
        QVERIFY(std::abs(gaps[3].value - 1) < 1e-12);
        QCOMPARE(smoothed(curve, 0), curve);
    }

    void seeds_are_averaged_where_all_have_values()
    {
        const std::vector<Curve> curves{ { { 0, 1 }, { 5, 2 }, { 10, 3 }, { 15, 9 } },
            { { 0, 3 }, { 10, 5 }, { 12, 1 } }, { { 0, 5 }, { 5, nothing }, { 10, 10 }, { 15, 2 } } };
        const CurveSpread spread = spread_over(curves, SeedBand::deviation);
        QCOMPARE(spread.mean, (Curve{ { 0, 3 }, { 10, 6 } }));
        QVERIFY(std::abs(spread.band[0].low - 1) < 1e-12); // s.d. of 1, 3, 5 is 2
        QVERIFY(std::abs(spread.band[0].high - 5) < 1e-12);
        const CurveSpread whole = spread_over(curves, SeedBand::extremes);
        QCOMPARE(whole.band, (std::vector<BandPoint>{ { 0, 1, 5 }, { 10, 3, 10 } }));
        QVERIFY(spread_over({}, SeedBand::deviation).mean.empty());
    }

    void steps_have_places_on_every_axis()
    {
        CurveData data;
        data.set_examples_per_step(16);
        for (int i = 0; i < 4; ++i) {
            IterationRecord record;
            record.index = { i };
            record.step = 10 * i;
            record.seconds = i == 0 ? 2 : 5;
            record.tokens = 100 * i * i;
            data.add(record);
        }
        QCOMPARE(data.places(AxisQuantity::step).of(17), 17.0);
        QCOMPARE(data.places(AxisQuantity::examples).of(17), 272.0);
        QCOMPARE(data.places(AxisQuantity::iteration).of(20), 2.0);
        QCOMPARE(data.places(AxisQuantity::iteration).of(25), 2.5);
        QCOMPARE(data.places(AxisQuantity::iteration).of(40), 4.0); // as it went on before
        QCOMPARE(data.places(AxisQuantity::tokens).of(20), 400.0);
        QCOMPARE(data.places(AxisQuantity::tokens).of(25), 650.0);
        QCOMPARE(data.places(AxisQuantity::wall_time).of(0), 2.0);
        QCOMPARE(data.places(AxisQuantity::wall_time).of(15), 9.5);
        for (const AxisQuantity quantity : { AxisQuantity::step, AxisQuantity::iteration,
                 AxisQuantity::examples, AxisQuantity::tokens, AxisQuantity::wall_time })
            for (double step = 0; step < 60; step += 2.5) {
                const StepPlaces places = data.places(quantity);
                QVERIFY(std::abs(places.step_at(places.of(step)) - step) < 1e-9);
            }
        QVERIFY(!CurveData().places(AxisQuantity::wall_time).known());
        QVERIFY(!CurveData().places(AxisQuantity::tokens).known());
        QVERIFY(std::isnan(CurveData().places(AxisQuantity::iteration).of(3)));
        for (const bool logarithmic : { false, true }) {
            const HorizontalAxis axis{ AxisQuantity::step, logarithmic };
            QVERIFY(axis.along(0) == 0 && axis.along(9) < axis.along(10));
            QVERIFY(std::abs(axis.place_at(axis.along(1234)) - 1234) < 1e-6);
        }
    }

    void a_run_without_its_tokens_is_named()
    {
        const auto run = [](const char* name, bool tokens) {
            auto data = std::make_shared<CurveData>();
            for (int i = 0; i < 3; ++i) {
                IterationRecord record;
                record.index = { i };
                record.step = 10 * i;
                record.seconds = 1;
                if (tokens)
                    record.tokens = 100 * i;
                data->add(record);
            }
            PlottedRun plotted;
            plotted.name = QString::fromLatin1(name);
            plotted.data = data;
            return plotted;
        };
        PlottedRun begun = run("begun", true);
        begun.data = std::make_shared<CurveData>();
        const std::vector<PlottedRun> known{ run("a", true), begun };
        QVERIFY(note_on_places(known, AxisQuantity::tokens).isEmpty());
        const std::vector<PlottedRun> one{ run("a", true), run("b", false) };
        QVERIFY(note_on_places(one, AxisQuantity::tokens).contains(QStringLiteral("“b”")));
        QVERIFY(!note_on_places(one, AxisQuantity::tokens).contains(QStringLiteral("“a”")));
        for (const AxisQuantity other : { AxisQuantity::step, AxisQuantity::examples,
                 AxisQuantity::iteration, AxisQuantity::wall_time })
            QVERIFY(note_on_places(one, other).isEmpty());
        const std::vector<PlottedRun> two{ run("b", false), run("c", false) };
        QVERIFY(note_on_places(two, AxisQuantity::tokens).contains(QStringLiteral("2 runs")));
    }

    void places_are_told_in_their_own_words()
    {
        QCOMPARE(place_text(AxisQuantity::step, 120.2), QStringLiteral("step 120"));
        QCOMPARE(place_text(AxisQuantity::iteration, 12), QStringLiteral("iteration 12"));
        QCOMPARE(place_text(AxisQuantity::iteration, 12.44), QStringLiteral("iteration 12.4"));
        QCOMPARE(place_text(AxisQuantity::examples, 1600), QStringLiteral("1600 examples"));
        QCOMPARE(place_text(AxisQuantity::tokens, 20480), QStringLiteral("20480 tokens"));
        QCOMPARE(place_text(AxisQuantity::wall_time, 2.34), QStringLiteral("2.3 s"));
        QCOMPARE(place_text(AxisQuantity::wall_time, 200), QStringLiteral("3 min 20 s"));
    }

    void logarithmic_scales_are_round_and_hold_the_data()
    {
        Random random(7);
        for (int i = 0; i < 500; ++i) {
            const double low = std::pow(10, random.unit() * 20 - 12);
            const double high = low * std::pow(10, random.unit() * random.unit() * 15);
            const AxisScale scale = round_logarithmic_scale(low, high);
            QVERIFY(scale.logarithmic && scale.low > 0);
            QVERIFY(scale.low <= low * (1 + 1e-9) && scale.high >= high * (1 - 1e-9));
            QVERIFY2(scale.ticks.size() >= 2 && scale.ticks.size() <= 7,
                qPrintable(QString::number(scale.ticks.size())));
            const AxisText text(Notation::plain, scale);
            QStringList ticks;
            for (const double tick : scale.ticks)
                ticks << text.tick(tick);
            QCOMPARE(ticks.removeDuplicates(), 0);
        }
        QVERIFY(round_logarithmic_scale(infinite, -infinite).low > 0); // of no values
        const AxisText text(Notation::plain, round_logarithmic_scale(1e-6, 1e3));
        QCOMPARE(text.tick(1e-6), QStringLiteral("1e−6"));
        QCOMPARE(text.tick(1e-3), QStringLiteral("0.001"));
        QCOMPARE(text.tick(1000), QStringLiteral("1000"));
        QCOMPARE(text.full(0.0025131), QStringLiteral("0.00251"));
    }

    void a_logarithmic_axis_has_decades_of_one_height()
    {
        PlotContent content = content_of({ { 0, 1 }, { 100, 1 }, { 101, 10 }, { 200, 10 },
            { 201, 100 }, { 300, 100 } });
        content.logarithmic = true;
        const QImage image = painted(content);
        std::vector<double> heights;
        for (const int x : { 100, 210, 320 })
            heights.push_back(height_in(image, x));
        QVERIFY(std::abs((heights[0] - heights[1]) - (heights[1] - heights[2])) < 1.5);
        QVERIFY(heights[0] - heights[1] > 20);
    }

    void values_without_a_place_are_counted_in_the_plot()
    {
        PlotContent content = content_of({ { 0, 1 }, { 10, 0 }, { 20, -3 }, { 30, 100 } });
        content.logarithmic = true;
        const QImage with = painted(content);
        content.lines[0].points = { { 0, 1 }, { 10, nothing }, { 20, nothing }, { 30, 100 } };
        const QImage without = painted(content);
        QVERIFY(with != without); // all that differs is the sentence
        content.logarithmic = false;
        const QImage linear = painted(content);
        QVERIFY(linear != without);
    }

    void the_readout_tells_both_values_of_a_smoothed_line()
    {
        PlotContent content = content_of({ { 0, 0.25 }, { 10, 0.5 } });
        content.lines[0].raw = { { 0, 0.75 }, { 10, 1 } };
        const AxisText text(Notation::plain, round_scale(0, 1));
        const QString html = plot_readout(content, {}, text, 5, 0.5);
        QVERIFY(html.contains(QStringLiteral("0.250")));
        QVERIFY(html.contains(QStringLiteral("unsmoothed 0.750")));
    }
};

CIRCUITLOOM_UI_TEST(TestCurveDrawing, Application::widgets)
#include "tst_curve_drawing.moc"
