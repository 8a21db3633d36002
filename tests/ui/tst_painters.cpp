// OpenGL and QPainter paint the same pictures.
#include "core/layout/lattice_layout.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/hover_layer.h"
#include "ui/drawing/gl_painter.h"
#include "ui/drawing/image_painter.h"
#include "ui/drawing/raster_painter.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

QImage blank(const Drawing& drawing, double ratio)
{
    QImage image((drawing.size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    return image;
}

QImage with_qpainter(const Drawing& drawing, double ratio)
{
    QImage image = blank(drawing, ratio);
    QPainter painter(&image);
    paint_drawing(painter, drawing);
    return image;
}

QImage stroked(const Drawing& drawing, double ratio)
{
    QImage image = blank(drawing, ratio);
    paint_on_image(image, drawing);
    return image;
}

// How far two pictures are apart, of 255. Neighbouring pixels are averaged before, as the painters
// may smooth an edge differently, and place it a fraction of a pixel apart.
struct Difference
{
    double mean = 0;
    double largest = 0;
    QPoint where;
};

int part(QRgb pixel, int channel)
{
    return static_cast<int>((pixel >> (8 * channel)) & 0xFF);
}

Difference difference(const QImage& a, const QImage& b)
{
    // A logical pixel to each side.
    const int reach = static_cast<int>(std::ceil(b.devicePixelRatio()));
    const QImage left = a.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    const QImage right = b.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    Difference found;
    if (left.size() != right.size())
        return { 255, 255, {} };
    const int width = left.width();
    const double pixels = (2.0 * reach + 1) * (2 * reach + 1);
    for (int y = reach; y < left.height() - reach; ++y) {
        for (int channel = 0; channel < 4; ++channel) {
            // Sums of columns, and of all columns so far.
            std::vector<int> sums(static_cast<std::size_t>(width) + 1, 0);
            for (int line = y - reach; line <= y + reach; ++line) {
                const auto* of_left = reinterpret_cast<const QRgb*>(left.constScanLine(line));
                const auto* of_right = reinterpret_cast<const QRgb*>(right.constScanLine(line));
                for (int x = 0; x < width; ++x)
                    sums[static_cast<std::size_t>(x) + 1]
                        += part(of_left[x], channel) - part(of_right[x], channel);
            }
            for (std::size_t x = 1; x < sums.size(); ++x)
                sums[x] += sums[x - 1];
            for (int x = reach; x < width - reach; ++x) {
                const double apart = std::abs(sums[static_cast<std::size_t>(x + reach) + 1]
                                         - sums[static_cast<std::size_t>(x - reach)])
                    / pixels;
                found.mean += apart;
                if (apart > found.largest) {
                    found.largest = apart;
                    found.where = { x, y };
                }
            }
        }
    }
    found.mean /= 4.0 * width * left.height();
    return found;
}

// Qt's lines of one pixel are thinner than that where they run aslant.
constexpr double most_mean = 1;
constexpr double most_anywhere = 40;

bool agree(const Difference& apart)
{
    return apart.mean <= most_mean && apart.largest <= most_anywhere;
}

CircuitScene scene_with(const std::shared_ptr<const ComputationalGraph>& graph, const Circuit& now,
    const Circuit& before, int strongest)
{
    SceneOptions options;
    options.filter.strongest = strongest;
    return scene_of(
        graph, std::make_shared<const CircuitLayout>(lattice_layout(*graph)), now, before, options);
}

} // namespace

class TestPainters : public QObject
{
    Q_OBJECT

private:
    const QSizeF size_{ 900, 560 };
    std::unique_ptr<GlPainter> gl_;

    static CircuitScene demo()
    {
        const auto graph = std::make_shared<const ComputationalGraph>(
            GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
        const auto both = testing::two_circuits(*graph, 40);
        CircuitScene scene = scene_with(graph, both[1], both[0], 35);
        // Dashes are compared on their own: Qt measures those along a curve more coarsely.
        std::erase_if(scene.edges,
            [](const EdgeAppearance& edge) { return edge.change == EdgeAppearance::Change::left; });
        return scene;
    }

    static CircuitScene large()
    {
        const auto graph = testing::twelve_layers();
        const auto both = testing::two_circuits(*graph, 200);
        return scene_with(graph, both[1], {}, 200);
    }

    // An edge is selected, a node hovered.
    Drawing full_picture(const Theme& theme) const
    {
        const CircuitScene scene = demo();
        CircuitPaintOptions options;
        const DrawnNodeId node = source_of(scene, scene.edges.back().edge);
        options.highlight.selection
            = choice_of(*scene.layout, NodeOrEdge{ scene.edges.front().edge });
        options.highlight.hover = node;
        Drawing drawing = circuit_drawing(scene, theme, size_, options);
        drawing.layers.push_back(hover_layer(
            QRectF(QPointF(), size_), { 300.25, 200.5 }, hover_card(scene, node), theme));
        return drawing;
    }

    Drawing picture(const QString& name, const Theme& theme) const
    {
        if (name == QStringLiteral("everything"))
            return full_picture(theme);
        CircuitScene scene = name == QStringLiteral("twelve layers") ? large() : demo();
        CircuitPaintOptions options;
        if (name == QStringLiteral("half grown"))
            for (EdgeAppearance& edge : scene.edges)
                edge.grown = 0.5;
        if (name == QStringLiteral("zoomed in"))
            options.camera = { 6, { 900.5, 310.25 } };
        if (name == QStringLiteral("far away"))
            options.camera = { 0.5, { 3.3, 0 } };
        options.background = name != QStringLiteral("transparent");
        return circuit_drawing(scene, theme, size_, options);
    }

    // All three agree.
    void compare(const Drawing& drawing, double ratio)
    {
        const QImage expected = with_qpainter(drawing, ratio);
        const QString name = QString::fromUtf8(QTest::currentTestFunction()) % u'-'
            % QString::fromUtf8(QTest::currentDataTag()).replace(u' ', u'-');
        const auto check = [&](const char* painter, const QImage& image) {
            const Difference apart = difference(image, expected);
            if (!agree(apart)) {
                expected.save(name % QStringLiteral("-qpainter.png"));
                image.save(name % u'-' % QString::fromUtf8(painter) % QStringLiteral(".png"));
            }
            const QString told = QStringLiteral("%1: mean %2, largest %3 at (%4, %5)")
                                     .arg(QString::fromUtf8(painter))
                                     .arg(apart.mean)
                                     .arg(apart.largest)
                                     .arg(apart.where.x())
                                     .arg(apart.where.y());
            QVERIFY2(agree(apart), qPrintable(told));
        };
        check("OpenGL", gl_->paint(drawing, ratio));
        check("image", stroked(drawing, ratio));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QString reason;
        gl_ = GlPainter::create(&reason);
        if (!gl_ && qEnvironmentVariableIsSet("CIRCUITLOOM_TEST_OPENGL"))
            QFAIL(qPrintable(reason));
        if (!gl_)
            QSKIP(qPrintable(reason));
    }

    void cleanupTestCase() { gl_.reset(); }

    void pictures_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("ratio");
        for (const char* name :
            { "everything", "twelve layers", "half grown", "zoomed in", "far away", "transparent" })
            for (const bool dark : { false, true })
                for (const double ratio : { 1.0, 1.5, 2.0 })
                    QTest::addRow("%s %s %g", name, dark ? "dark" : "light", ratio)
                        << QString::fromUtf8(name) << dark << ratio;
    }

    void pictures()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, dark);
        QFETCH(const double, ratio);
        compare(picture(name, theme(dark)), ratio);
    }

    // The tolerance is narrow enough for a single thing that is missing.
    void what_is_missing_is_noticed()
    {
        const Drawing whole = full_picture(theme(true));
        const QImage expected = with_qpainter(whole, 1);
        QVERIFY(agree(difference(gl_->paint(whole, 1), expected)));
        int left_out = 0;
        const auto differs_without = [&](std::size_t layer, auto things) {
            Drawing less = whole;
            (less.layers[layer].*things).clear();
            // What has the colour of what is under it cannot be missed.
            if (difference(with_qpainter(less, 1), expected).largest < 1)
                return true;
            ++left_out;
            return !agree(difference(gl_->paint(less, 1), expected));
        };
        for (std::size_t i = 0; i < whole.layers.size(); ++i) {
            const QByteArray name = whole.layers[i].name.toUtf8();
            QVERIFY2(differs_without(i, &DrawingLayer::shapes), name.constData());
            QVERIFY2(differs_without(i, &DrawingLayer::curves), name.constData());
            QVERIFY2(differs_without(i, &DrawingLayer::labels), name.constData());
        }
        QVERIFY(left_out >= 9);
    }

    void layers_lie_in_their_order()
    {
        const auto square = [](double x, QRgb fill) {
            DrawnShape shape;
            shape.rect = { x, 10, 40, 40 };
            shape.fill = fill;
            return shape;
        };
        Drawing drawing;
        drawing.size = { 100, 60 };
        drawing.background = qRgb(255, 255, 255);
        drawing.layers.push_back({ QStringLiteral("a"), { square(10, qRgb(200, 0, 0)) }, {}, {} });
        drawing.layers.push_back({ QStringLiteral("b"), { square(30, qRgb(0, 0, 200)) }, {}, {} });
        const QImage image = gl_->paint(drawing, 1);
        QCOMPARE(image.pixel(20, 30), qRgb(200, 0, 0));
        QCOMPARE(image.pixel(40, 30), qRgb(0, 0, 200));
        QCOMPARE(image.pixel(5, 5), qRgb(255, 255, 255));
    }

    void dashes_data()
    {
        QTest::addColumn<float>("width");
        QTest::addColumn<double>("ratio");
        for (const float width : { 1.5F, 3.0F })
            for (const double ratio : { 1.0, 1.5, 2.0 })
                QTest::addRow("%g %g", static_cast<double>(width), ratio) << width << ratio;
    }

    void dashes()
    {
        QFETCH(const float, width);
        QFETCH(const double, ratio);
        Drawing drawing;
        drawing.size = size_;
        drawing.background = qRgb(255, 255, 255);
        DrawingLayer layer;
        for (int i = 0; i < 20; ++i) {
            DrawnCurve curve;
            curve.from = { 30.0, 20.0 + 26 * i };
            curve.control1 = { 200.0, 20.0 + 26 * i };
            curve.control2 = { 300.0, 15.0 + 25 * i };
            curve.to = { 500.0, 10.0 + 20 * i };
            curve.color = qRgb(180, 40, 20);
            curve.width = width;
            curve.dash = 6;
            curve.gap = static_cast<float>(2 + i / 4);
            curve.drawn = static_cast<float>(1 - 0.02 * i);
            layer.curves.push_back(curve);
        }
        drawing.layers = { layer };
        compare(drawing, ratio);
        // As solid lines they would be told apart.
        Drawing solid = drawing;
        for (DrawnCurve& curve : solid.layers[0].curves)
            curve.dash = 0;
        QVERIFY(!agree(difference(gl_->paint(solid, ratio), with_qpainter(drawing, ratio))));
    }

    void a_clipped_layer_stays_within_its_clip()
    {
        Drawing drawing = full_picture(theme(false));
        for (DrawingLayer& layer : drawing.layers)
            layer.clip = { 100, 80, 500, 300 };
        compare(drawing, 2);
    }

    void texts_that_fill_the_atlas()
    {
        Drawing drawing;
        drawing.size = { 1400, 900 };
        drawing.background = qRgb(255, 255, 255);
        drawing.font = theme(false).font();
        for (int frame = 0; frame < 3; ++frame) {
            DrawingLayer layer;
            for (int i = 0; i < 600; ++i) {
                DrawnLabel label;
                label.rect = { (i % 10) * 140.0, i / 10 * 15.0, 140, 15 };
                label.text = QStringLiteral("text %1 of %2").arg(i).arg(frame);
                label.size = 40;
                label.color = qRgba(0, 0, 0, 60);
                layer.labels.push_back(label);
            }
            drawing.layers = { layer };
            compare(drawing, 1);
        }
    }

    void coordinates_beyond_all_bounds()
    {
        Drawing drawing = picture(QStringLiteral("everything"), theme(true));
        const QImage before = stroked(drawing, 1);
        DrawingLayer odd{ QStringLiteral("odd"), {}, {}, {} };
        for (const double far : { 1e30, -1e300, std::numeric_limits<double>::infinity(),
                 std::numeric_limits<double>::quiet_NaN() }) {
            DrawnCurve curve;
            curve.from = { far, 10 };
            curve.control1 = { 10, far };
            curve.control2 = { far, far };
            curve.to = { 400, 300 };
            curve.color = qRgb(255, 255, 255);
            odd.curves.push_back(curve);
            curve.dash = static_cast<float>(far);
            curve.from = curve.control1 = curve.control2 = { 0, 0 };
            odd.curves.push_back(curve);
        }
        drawing.layers.insert(drawing.layers.begin(), odd);
        stroked(drawing, 1);
        QVERIFY(!gl_->paint(drawing, 1).isNull());
        // What comes after them is as it was.
        drawing.layers.erase(drawing.layers.begin());
        QCOMPARE(stroked(drawing, 1), before);
        QVERIFY(agree(difference(gl_->paint(drawing, 1), before)));
    }

    void sizes_change_and_nothing_is_left_behind()
    {
        for (const QSizeF size : { QSizeF(300, 200), QSizeF(640, 480), QSizeF(300, 200) }) {
            const Drawing drawing = circuit_drawing(demo(), theme(true), size, {});
            QCOMPARE(gl_->paint(drawing, 1).size(), size.toSize());
            compare(drawing, 1);
            QVERIFY(!QOpenGLContext::currentContext());
        }
        QVERIFY(gl_->paint(Drawing(), 1).isNull());
        QVERIFY(!gl_->lost());
    }
};

CIRCUITLOOM_UI_TEST(TestPainters, Application::widgets)
#include "tst_painters.moc"
