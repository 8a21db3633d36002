// Pages of pictures: at every preset, size, legend and title nothing lies over something else.
#include "core/layout/compact_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_layouts.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/export/picture_page.h"
#include "ui/export/picture_sizes.h"

#include <QFontMetricsF>
#include <QTest>

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
            for (const CurvesPlace place : { CurvesPlace::none, CurvesPlace::below })
                sizes.push_back(size_with_curves(size, place));
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
                    layout_by_layers(*graph, lattice, {}, edges) })
                for (const ColorMode mode : { ColorMode::change, ColorMode::sign, ColorMode::kind,
                         ColorMode::age, ColorMode::single }) {
                    SceneOptions options;
                    options.mode = mode;
                    options.width = WidthScale::logarithmic;
                    const CircuitScene scene
                        = scene_of(graph, std::make_shared<const CircuitLayout>(made), circuits[1],
                            circuits[0], options);
                    for (const QSizeF& size : sizes)
                        for (const bool titled : { false, true })
                            check(scene, size, titled);
                }
        }
    }

private:
    void check(const CircuitScene& scene, const QSizeF& size, bool titled)
    {
        PageOptions options;
        options.size = size;
        if (titled) {
            options.title = QStringLiteral("subject–verb agreement, a rather long title of a run");
            options.stamp = QStringLiteral("iteration 120 · step 1200");
            options.caption = QStringLiteral("A caption that says what can be seen in the picture.");
        }
        const PicturePage page
            = circuit_page({ scene, {}, {}, {} }, circuitloom::ui::theme(false), options);
        const QByteArray words_of_place = QStringLiteral("%1×%2 mode %3 form %4 titled %5")
                                     .arg(size.width())
                                     .arg(size.height())
                                     .arg(static_cast<int>(scene.mode))
                                     .arg(static_cast<int>(scene.layout->form))
                                     .arg(titled)
                                     .toUtf8();
        const char* const where = words_of_place.constData();
        const DrawingLayer* legend = layer(page, "legend");
        QVERIFY2(legend, where);
        // Every colour and the meaning of the width are said.
        QCOMPARE(legend->labels.size(), legend_of(scene).size() + 1);
        std::vector<QRectF> said;
        for (const DrawnLabel& label : legend->labels)
            said.push_back(text_rect(label, page.drawing.font));
        for (const DrawnCurve& sample : legend->curves)
            said.push_back(QRectF(sample.from, sample.to).adjusted(0, -2, 0, 2));
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
        if (titled) // the title and the stamp come first
            QVERIFY2(!around.at(0).intersects(around.at(1)), where);
        for (const char* name : { "nodes", "outside the circuit" }) {
            const DrawingLayer* nodes = layer(page, name);
            QVERIFY2(nodes, where);
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
