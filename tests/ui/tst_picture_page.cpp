// Pages of pictures: at every preset, size, legend and title nothing lies over something else.
#include "core/layout/compact_layout.h"
#include "core/layout/dot_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_layouts.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/curves/plot_widget.h"
#include "ui/export/picture_page.h"
#include "ui/export/picture_sizes.h"
#include "ui/export/plot_row.h"

#include <QFontMetricsF>
#include <QTest>

#include <memory>
#include <string>

using namespace circuitloom;
using namespace circuitloom::ui;

class TestPicturePage : public QObject
{
    Q_OBJECT

private:
    static QRectF text_rect(const DrawnLabel& label, const QFont& font)
    {
        QFont sized = font;
        sized.setPixelSize(label.size);
        sized.setWeight(static_cast<QFont::Weight>(label.weight));
        const double width = QFontMetricsF(sized).horizontalAdvance(label.text);
        QRectF rect(0, 0, width, label.size);
        rect.moveCenter(label.rect.center());
        if (label.alignment & Qt::AlignLeft)
            rect.moveLeft(label.rect.left());
        if (label.alignment & Qt::AlignRight)
            rect.moveRight(label.rect.right());
        return rect;
    }

    static const DrawingLayer* layer(const PicturePage& page, const char* name)
    {
        for (const DrawingLayer& layer : page.drawing.layers)
            if (layer.name == QString::fromUtf8(name))
                return &layer;
        return nullptr;
    }

private Q_SLOTS:
    void nothing_lies_over_anything_else()
    {
        std::vector<QSizeF> sizes{ { 1400, 900 }, { 900, 560 }, { 680, 480 }, { 560, 700 },
            { 360, 300 } };
        for (const PictureSize& size : picture_sizes())
            sizes.push_back(size.size);
        for (const PictureSize& size : film_sizes())
            sizes.push_back(size.size);
        for (const auto& graph :
            { circuitloom::testing::demo_graph(), circuitloom::testing::twelve_layers() }) {
            const std::vector<Circuit> circuits = circuitloom::testing::two_circuits(*graph, 35);
            std::vector<EdgeId> edges;
            for (const Circuit& circuit : circuits)
                for (const ScoredEdge& scored : circuit)
                    edges.push_back(scored.edge);
            const CircuitLayout lattice = lattice_layout(*graph);
            for (const CircuitLayout& made :
                { lattice, compact_layout(*graph, lattice, edges),
                    matrix_layout(*graph, lattice, edges),
                    dot_layout(*graph, lattice, edges,
                        dot_places(dot_request(*graph, lattice, edges))),
                    layout_by_layers(*graph, lattice, {}, edges) })
                for (const ColorMode mode : { ColorMode::change, ColorMode::sign, ColorMode::kind,
                         ColorMode::age, ColorMode::single, ColorMode::certainty,
                         ColorMode::sides }) {
                    SceneOptions options;
                    options.mode = mode;
                    options.width = WidthScale::logarithmic;
                    const CircuitScene scene
                        = scene_of(graph, std::make_shared<const CircuitLayout>(made), circuits[1],
                            circuits[0], options);
                    for (const QSizeF& size : sizes)
                        for (const bool titled : { false, true })
                            for (const bool legend : { false, true })
                                check(scene, size, titled, legend);
                }
        }
    }

    void plots_have_room_in_every_size_at_every_place()
    {
        const auto colors = circuitloom::ui::theme(false);
        std::vector<PageOptions> pages;
        const auto add = [&](const QSizeF& size, bool grows) {
            for (const CurvesPlace place :
                { CurvesPlace::none, CurvesPlace::below, CurvesPlace::beside })
                for (const bool titled : { false, true }) {
                    PageOptions options;
                    options.size = size;
                    options.grows = grows;
                    options.curves = place;
                    if (titled) {
                        options.title = QStringLiteral("a rather long title of a run ").repeated(3);
                        options.stamp = QStringLiteral("iteration 120 · step 1200");
                        options.caption = QStringLiteral("A caption of some length. ").repeated(8);
                    }
                    pages.push_back(options);
                }
        };
        for (const PictureSize& size : picture_sizes())
            add(size.size, size.paper);
        for (const PictureSize& size : film_sizes())
            add(size.size, false);
        add({ 809, 127 }, true); // of a window, for the curves alone
        add({ 853, 318 }, true);
        add({ 460, 360 }, false);
        for (const PageOptions& asked : pages) {
            const bool alone = asked.curves == CurvesPlace::none;
            const PageOptions options = alone
                ? with_room_for_curves_alone(asked, capable_runs(), colors)
                : with_room_for_curves(asked, capable_runs(), colors);
            QCOMPARE(options.size.width(), asked.size.width());
            QVERIFY(options.grows ? options.size.height() >= asked.size.height()
                                  : options.size == asked.size);
            const PageAreas areas = page_areas(options, colors.font());
            QVERIFY(!areas.circuit.isEmpty() && !areas.circuit.intersects(areas.curves));
            QVERIFY(!areas.heading.intersects(areas.curves));
            check_plots(alone ? areas.circuit : areas.curves, options);
        }
    }

private:
    /// Two figures and ten capabilities.
    static std::vector<PlottedRun> capable_runs()
    {
        const auto data = std::make_shared<CurveData>();
        for (int step = 1; step <= 40; ++step) {
            data->add(StepRecord{ step, 3 - 0.03 * step, 0.1 * step, 0.01 });
            for (int suite = 0; suite < 10; ++suite)
                data->add(EvaluationRecord{ step, "suite " + std::to_string(suite), "accuracy",
                    0.9 - 0.01 * step * suite / 10, 100 });
        }
        return { { RunId{ 1 }, QStringLiteral("run"), QColor(0, 90, 160), 40, data } };
    }

    static void check_plots(const QRectF& area, const PageOptions& options)
    {
        const QByteArray words = QStringLiteral("%1×%2 curves %3 titled %4")
                                     .arg(options.size.width())
                                     .arg(options.size.height())
                                     .arg(static_cast<int>(options.curves))
                                     .arg(!options.title.isEmpty())
                                     .toUtf8();
        const char* const where = words.constData();
        std::vector<std::unique_ptr<PlotWidget>> plots;
        std::vector<QSize> least;
        for (const PlotContent& content : plots_of(capable_runs(), circuitloom::ui::theme(false))) {
            plots.push_back(std::make_unique<PlotWidget>());
            plots.back()->set_theme(circuitloom::ui::theme(false));
            plots.back()->set_content(content);
            least.push_back(plots.back()->least_size());
        }
        const PlotArrangement made
            = arrange_plots(least, area.size(), form_for(options.curves));
        QCOMPARE(made.places.size(), least.size());
        if (options.grows && options.curves != CurvesPlace::beside)
            QVERIFY2(made.scale == 1 || area.width() < 330, where);
        QVERIFY2(made.scale > 0.15, where);
        const QRectF room(QPointF(), area.size() / made.scale);
        for (std::size_t i = 0; i < made.places.size(); ++i) {
            const QRect& place = made.places[i];
            QVERIFY2(room.contains(place), where);
            QVERIFY2(place.width() >= least[i].width() && place.height() >= least[i].height(), where);
            for (std::size_t j = i + 1; j < made.places.size(); ++j)
                QVERIFY2(!place.intersects(made.places[j]), where);
            // An axis that is upright, and every name.
            const QMargins margins = plots[i]->line_margins();
            QVERIFY2(place.height() > margins.top() + margins.bottom() + 20, where);
            QVERIFY2(place.width() > margins.left() + margins.right() + 20, where);
            plots[i]->resize(place.size());
            plots[i]->grab(); // a widget that is not seen has its size from then on
            qsizetype names = 0;
            for (const PlotLine& line : plots[i]->content().lines)
                names += line.labelled && !plots[i]->content().labels_give_way;
            QVERIFY2(plots[i]->label_names().size() >= names, where);
        }
    }

    void check(const CircuitScene& scene, const QSizeF& size, bool titled, bool with_legend)
    {
        PageOptions options;
        options.size = size;
        options.legend = with_legend;
        if (titled) {
            options.title = QStringLiteral("subject–verb agreement, a rather long title of a run");
            options.stamp = QStringLiteral("iteration 120 · step 1200");
            options.caption = QStringLiteral("A caption that says what can be seen in the picture.");
        }
        const PicturePage page
            = circuit_page({ scene, {}, {}, {} }, circuitloom::ui::theme(false), options);
        const QByteArray words_of_place = QStringLiteral("%1×%2 mode %3 form %4 titled %5 legend %6")
                                     .arg(size.width())
                                     .arg(size.height())
                                     .arg(static_cast<int>(scene.mode))
                                     .arg(static_cast<int>(scene.layout->form))
                                     .arg(titled)
                                     .arg(with_legend)
                                     .toUtf8();
        const char* const where = words_of_place.constData();
        const DrawingLayer* legend = layer(page, "legend");
        QCOMPARE(legend != nullptr, with_legend);
        std::vector<QRectF> said;
        if (legend) {
            // Every colour and the meaning of the width are said.
            QCOMPARE(legend->labels.size(), legend_of(scene).size() + 1);
            for (const DrawnLabel& label : legend->labels)
                said.push_back(text_rect(label, page.drawing.font));
            for (const DrawnCurve& sample : legend->curves)
                said.push_back(QRectF(sample.from, sample.to).adjusted(0, -2, 0, 2));
        }
        const QRectF whole(QPointF(), size);
        for (std::size_t i = 0; i < said.size(); ++i) {
            QVERIFY2(whole.contains(said[i]), where);
            for (std::size_t j = i + 1; j < said.size(); ++j)
                QVERIFY2(!said[i].intersects(said[j]), where);
        }
        std::vector<QRectF> around;
        for (const char* text : { "title", "stamp", "caption" }) {
            const DrawingLayer* words = layer(page, text);
            QCOMPARE(words != nullptr, titled);
            if (words)
                for (const DrawnLabel& label : words->labels)
                    around.push_back(text_rect(label, page.drawing.font));
        }
        for (std::size_t i = 0; i < around.size(); ++i)
            for (std::size_t j = i + 1; j < around.size(); ++j)
                QVERIFY2(!around[i].intersects(around[j]), where);
        for (const char* name : { "nodes", "outside the circuit" }) {
            const DrawingLayer* nodes = layer(page, name);
            QVERIFY2(nodes, where);
            if (nodes)
                for (const DrawnLabel& label : nodes->labels) {
                    const QRectF named = text_rect(label, page.drawing.font);
                    QVERIFY2(named.left() >= -1 && named.right() <= size.width() + 1,
                        QByteArray(words_of_place + ": " + label.text.toUtf8()).constData());
                }
            if (nodes)
                for (const DrawnShape& node : nodes->shapes)
                    for (const std::vector<QRectF>* words : { &said, &around })
                        for (const QRectF& one : *words)
                            QVERIFY2(!one.intersects(node.rect), where);
        }
    }
};

CIRCUITLOOM_UI_TEST(TestPicturePage, Application::widgets)
#include "tst_picture_page.moc"
