#include "core/base/error.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/contrast.h"
#include "tests/support/other_programs.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/hue_colors.h"
#include "ui/drawing/raster_painter.h"
#include "ui/export/picture_writer.h"
#include "ui/export/plot_row.h"
#include "ui/theme/style_sheet.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::contrast;
using circuitloom::testing::printed_by;

namespace {

// The largest contrast with `background` anywhere in a region.
double strongest_contrast(const QImage& image, const QRectF& region, const QColor& background)
{
    double most = 1;
    const QRect pixels = region.toAlignedRect().intersected(image.rect());
    for (int y = pixels.top(); y <= pixels.bottom(); ++y)
        for (int x = pixels.left(); x <= pixels.right(); ++x)
            most = std::max(most, contrast(image.pixelColor(x, y), background));
    return most;
}

} // namespace

class TestCircuitPicture : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir folder_;
    CircuitScene scene_;

    QString file(const char* name) const { return folder_.filePath(QString::fromUtf8(name)); }

    QByteArray contents(const QString& path) const
    {
        QFile device(path);
        return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
    }

    std::set<QString> labels_in_circuit() const
    {
        std::set<QString> labels;
        const auto presence = node_presence(scene_);
        for (std::size_t i = 0; i < presence.size(); ++i)
            if (presence[i] > 0)
                labels.insert(QString::fromStdString(scene_.layout->nodes[i].label));
        return labels;
    }

    PicturePage page_of(const PageOptions& options, bool dark) const
    {
        return circuit_page({ scene_, {}, {}, {} }, theme(dark), options);
    }

    PictureText text() const
    {
        return { QStringLiteral("A picture"), scene_.graph, scene_.layout };
    }

    void save(const QString& to, const PageOptions& options, bool dark,
        const PictureSharpness& sharpness) const
    {
        save_page(to, page_of(options, dark), sharpness, text());
    }

    static std::vector<PlottedRun> runs()
    {
        const auto data = std::make_shared<CurveData>();
        for (int step = 1; step <= 40; ++step)
            data->add(StepRecord{ step, 3 - 0.03 * step, 0.1 * step, 0.01 });
        return { { RunId{ 1 }, QStringLiteral("run"), QColor(0, 90, 160), 40, data } };
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto graph = std::make_shared<const ComputationalGraph>(
            GraphShape{ 4, 8, 8, 512 }, GraphOptions{ GraphKind::full, 32 });
        const auto layout = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
        Circuit now;
        for (const char* name : { "input->m0.g2", "m0.g2->a1.h1<k>", "a1.h1->a2.h2<v>",
                 "a2.h2->a3.h4<q>", "a3.h4->m3.g15", "m3.g15->logits", "a3.h4->logits" })
            now.push_back({ *graph->find_edge(name), 1.0F / static_cast<float>(now.size() + 1) });
        Circuit before = now;
        before.push_back({ *graph->find_edge("input->a0.h6<v>"), 0.1F });
        before.erase(before.begin());
        scene_ = scene_of(graph, layout, now, before, {});
    }

    void png_has_the_size_asked_for()
    {
        PageOptions options;
        options.size = { 800, 500 };
        save(file("a.png"), options, true, { 1.5, 0.5 });
        const QImage image(file("a.png"));
        QCOMPARE(image.size(), QSize(1200, 750));
        QCOMPARE(image.pixelColor(2, 2), theme(true).window);
        // 1.5 dots for each of 192 pixels to the inch.
        QVERIFY(std::abs(image.dotsPerMeterX() * 0.0254 - 288) < 1);
    }

    void a_transparent_picture_has_no_ground()
    {
        PageOptions options;
        options.transparent = true;
        save(file("clear.png"), options, false, {});
        QCOMPARE(qAlpha(QImage(file("clear.png")).pixel(2, 2)), 0);
        save(file("clear.svg"), options, false, {});
        QVERIFY(!contents(file("clear.svg")).contains("background"));
    }

    void svg_has_layers_names_and_text()
    {
        PageOptions options;
        options.title = QStringLiteral("iteration 46 & more");
        options.stamp = QStringLiteral("step 46");
        options.caption = QStringLiteral("Seen\nin two lines");
        save(file("a.svg"), options, false, {});
        QVERIFY(QSvgRenderer(file("a.svg")).isValid());
        const QByteArray svg = contents(file("a.svg"));
        QVERIFY(!svg.contains("<image"));
        std::set<QString> texts;
        std::set<QString> titles;
        std::set<QString> layers;
        std::set<QString> ids;
        QXmlStreamReader xml(svg);
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            const auto attributes = xml.attributes();
            const auto inkscape = QStringLiteral("http://www.inkscape.org/namespaces/inkscape");
            if (attributes.value(inkscape, QStringLiteral("groupmode")) == u"layer")
                layers.insert(attributes.value(inkscape, QStringLiteral("label")).toString());
            if (attributes.hasAttribute(QStringLiteral("id")))
                QVERIFY(ids.insert(attributes.value(QStringLiteral("id")).toString()).second);
            if (xml.name() == u"text")
                texts.insert(xml.readElementText().trimmed());
            else if (xml.name() == u"title")
                titles.insert(xml.readElementText());
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        for (const QString& label : labels_in_circuit())
            QVERIFY2(texts.contains(label), qPrintable(label));
        for (const char* text :
            { "iteration 46 & more", "step 46", "Seen", "in two lines", "entered" })
            QVERIFY2(texts.contains(QString::fromLatin1(text)), text);
        for (const char* layer : { "background", "layers", "edges", "nodes", "legend", "title" })
            QVERIFY2(layers.contains(QString::fromLatin1(layer)), layer);
        for (const EdgeAppearance& edge : scene_.edges)
            QVERIFY(titles.contains(QString::fromStdString(scene_.graph->edge_name(edge.edge))));
        QVERIFY(titles.contains(QStringLiteral("a2.h2")));
    }

    void another_program_sees_in_the_svg_what_the_png_shows()
    {
        NEED_PROGRAM("rsvg-convert");
        for (const bool dark : { false, true }) {
            PageOptions options;
            options.title = QStringLiteral("A title");
            options.curves = CurvesPlace::below;
            PicturePage page = page_of(options, dark);
            add_curves(page, runs(), theme(dark), options.curves, 20);
            save_page(file("same.svg"), page, { 1, 1 }, text());
            save_page(file("same.png"), page, { 1, 1 }, text());
            printed_by(
                "rsvg-convert", { file("same.svg"), QStringLiteral("-o"), file("rendered.png") });
            const QImage ours(file("same.png"));
            const QImage theirs(file("rendered.png"));
            QCOMPARE(theirs.size(), ours.size());
            int differ = 0;
            for (int y = 0; y < ours.height(); ++y)
                for (int x = 0; x < ours.width(); ++x)
                    differ += contrast(ours.pixelColor(x, y), theirs.pixelColor(x, y)) > 1.5;
            // Letters differ by parts of pixels; nothing else does.
            QVERIFY2(
                differ < ours.width() * ours.height() / 100, qPrintable(QString::number(differ)));
        }
    }

    void pdf_has_text_and_embeds_its_fonts()
    {
        PageOptions options;
        options.size = { 1400, 896 };
        options.title = QStringLiteral("Heading");
        options.curves = CurvesPlace::beside;
        PicturePage page = page_of(options, false);
        add_curves(page, runs(), theme(false), options.curves, 20);
        save_page(file("a.pdf"), page, { 2, 0.5 }, text());
        const QByteArray pdf = contents(file("a.pdf"));
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.contains("/FontFile"));
        QVERIFY(!pdf.contains("/Subtype /Image"));

        NEED_PROGRAM("pdftotext");
        NEED_PROGRAM("pdffonts");
        NEED_PROGRAM("pdfinfo");
        const auto words
            = QString::fromUtf8(printed_by("pdftotext", { file("a.pdf"), QStringLiteral("-") }))
                  .split(QRegularExpression(QStringLiteral("\\s+")));
        for (const QString& label : labels_in_circuit())
            QVERIFY2(words.contains(label), qPrintable(label));
        QVERIFY(words.contains(QStringLiteral("Heading")));
        QVERIFY(words.contains(QStringLiteral("Loss")));
        const QList<QByteArray> fonts
            = printed_by("pdffonts", { file("a.pdf") }).trimmed().split('\n');
        QVERIFY(fonts.size() > 2);
        const qsizetype embedded = fonts[0].indexOf("emb");
        for (const QByteArray& font : fonts.mid(2))
            QVERIFY2(font.mid(embedded, 3) == "yes", font.constData());
        // Logical pixels printed at half their size.
        const QByteArray info = printed_by("pdfinfo", { file("a.pdf") });
        QVERIFY2(info.contains("525 x 336 pts"), info.constData());
    }

    void what_is_looked_at_closely_stays_in_its_area()
    {
        PageOptions options;
        options.title = QStringLiteral("A title");
        options.caption = QStringLiteral("A caption");
        options.curves = CurvesPlace::below;
        const PageAreas areas = page_areas(options, theme(false).font());
        const auto image_of = [&](const CircuitCamera& camera) {
            const ShownCircuit shown{ scene_, camera, QSizeF(700, 450), {} };
            return page_image(circuit_page(shown, theme(false), options), { 1, 1 });
        };
        const QImage near = image_of({ 4, { 300, -200 } });
        const QImage far = image_of({});
        QVERIFY(near != far);
        for (int y = 0; y < near.height(); ++y)
            for (int x = 0; x < near.width(); ++x)
                if (!areas.circuit.adjusted(-1, -1, 1, 1).contains(x, y))
                    QCOMPARE(near.pixel(x, y), far.pixel(x, y));
    }

    void the_parts_of_a_page_do_not_overlap()
    {
        const QFont font = theme(false).font();
        for (const QSizeF& size : { QSizeF(460, 360), QSizeF(1400, 900), QSizeF(300, 1200) }) {
            for (const auto place :
                { CurvesPlace::none, CurvesPlace::below, CurvesPlace::beside }) {
                PageOptions options;
                options.size = size;
                options.title = QStringLiteral("A title");
                options.caption = QStringLiteral("many words that need to be wrapped ").repeated(6);
                options.curves = place;
                const PageAreas areas = page_areas(options, font);
                QVERIFY(!areas.circuit.isEmpty());
                QCOMPARE(areas.curves.isEmpty(), place == CurvesPlace::none);
                QVERIFY(!areas.circuit.intersects(areas.curves));
                QVERIFY(!areas.circuit.intersects(areas.caption));
                QVERIFY(!areas.curves.intersects(areas.caption));
                QVERIFY(QRectF(QPointF(), size).contains(areas.caption));
                QVERIFY(areas.caption_lines.size() > 1);
                QCOMPARE(areas.caption_lines.join(u' ').trimmed(), options.caption.trimmed());
            }
        }
    }

    void a_long_title_is_told_in_lines_beside_the_stamp()
    {
        PageOptions options;
        options.size = { 780, 500 };
        options.title = QStringLiteral("What a small model learns of the wrong verb form ").repeated(3);
        options.stamp = QStringLiteral("iteration 120 · step 1200");
        const PageAreas areas = page_areas(options, theme(false).font());
        QVERIFY(areas.heading_lines.size() > 1);
        QCOMPARE(areas.heading_lines.join(u' ').trimmed(), options.title.trimmed());
        QVERIFY(areas.circuit.top() > 20 * static_cast<double>(areas.heading_lines.size()));
    }

    void what_no_iteration_changes_is_painted_first()
    {
        PageOptions options;
        options.title = QStringLiteral("A title");
        PicturePage page = page_of(options, false);
        ShownCircuit other{ scene_, {}, {}, {} };
        other.scene.edges.resize(2);
        PicturePage later = circuit_page(other, theme(false), options);
        QCOMPARE(page.still_layers, later.still_layers);
        QVERIFY(page.still_layers > 0);
        QVERIFY(page_image(page, {}) != page_image(later, {}));
        page.drawing.layers.resize(page.still_layers);
        later.drawing.layers.resize(later.still_layers);
        QCOMPARE(page_image(page, {}), page_image(later, {}));
    }

    void refusals_say_what_to_do()
    {
        const PicturePage page = page_of({}, true);
        QVERIFY_EXCEPTION_THROWN(save_page(file("a.bmp"), page, {}, text()), InputError);
        QVERIFY_EXCEPTION_THROWN(save_page(file("huge.png"), page, { 1e6, 1 }, text()), InputError);
        for (const char* name : { "missing/a.png", "missing/a.svg", "missing/a.pdf" })
            QVERIFY_EXCEPTION_THROWN(save_page(file(name), page, {}, text()), ResourceError);
        QVERIFY(!QFile::exists(file("a.bmp")));
        QVERIFY(!QFile::exists(file("huge.png")));
    }

    void labels_can_be_read_in_both_themes()
    {
        for (const bool dark : { false, true }) {
            const Theme& t = theme(dark);
            QImage image(1400, 900, QImage::Format_RGB32);
            QPainter painter(&image);
            CircuitPaintOptions options;
            paint_drawing(painter, circuit_drawing(scene_, t, image.size(), options));
            painter.end();
            const CircuitGeometry geometry(
                *scene_.layout, graph_area(image.size(), *scene_.layout, options));
            const auto presence = node_presence(scene_);
            for (std::size_t i = 0; i < presence.size(); ++i) {
                if (presence[i] <= 0)
                    continue;
                const QRectF node = geometry.node_rect({ static_cast<int>(i) });
                const QRectF inside = node.adjusted(6, 3, -6, -3);
                QVERIFY(strongest_contrast(image, inside, t.card) > 4.5);
            }
        }
    }

    void theme_colours_keep_their_distance()
    {
        for (const bool dark : { false, true }) {
            const Theme& t = theme(dark);
            for (const QColor& behind : { t.window, t.panel, t.band, t.card, t.selectedItem })
                QVERIFY(contrast(t.text, behind) > 7);
            for (const QColor& behind : { t.window, t.panel, t.band })
                QVERIFY(contrast(t.dimText, behind) > 4.5);
            QVERIFY(contrast(t.accentText, t.accent) > 4.5);
            for (std::size_t hue = 0; hue < hue_count; ++hue)
                QVERIFY(contrast(hue_color(static_cast<Hue>(hue), t), t.band) > 2.8);
            for (int i = 0; i < 8; ++i) {
                QVERIFY(contrast(series_color(i, t), t.panel) > 2.8);
                QCOMPARE(series_color(i + 8, t), series_color(i, t));
                for (int j = 0; j < i; ++j)
                    QVERIFY(series_color(i, t) != series_color(j, t));
            }
        }
    }

    void the_style_sheet_names_no_unknown_colour()
    {
        for (const bool dark : { false, true })
            QVERIFY(!style_sheet(theme(dark)).contains(u'@'));
    }
};

CIRCUITLOOM_UI_TEST(TestCircuitPicture, Application::widgets)
#include "tst_circuit_picture.moc"
