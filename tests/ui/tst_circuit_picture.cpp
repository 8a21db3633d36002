#include "core/base/error.h"
#include "core/layout/lattice_layout.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/hue_colors.h"
#include "ui/drawing/raster_painter.h"
#include "ui/export/circuit_picture.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <cmath>
#include <set>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](float part) {
        const double c = static_cast<double>(part);
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

// WCAG 2's contrast ratio, 1…21.
double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

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
        PictureOptions options;
        options.size = { 800, 500 };
        options.scale = 1.5;
        save_circuit_picture(file("a.png"), scene_, theme(true), options);
        const QImage image(file("a.png"));
        QCOMPARE(image.size(), QSize(1200, 750));
        QCOMPARE(image.pixelColor(2, 2), theme(true).window);
    }

    void svg_keeps_text_as_text()
    {
        PictureOptions options;
        options.caption = QStringLiteral("iteration 46 & more");
        save_circuit_picture(file("a.svg"), scene_, theme(false), options);
        QVERIFY(QSvgRenderer(file("a.svg")).isValid());
        const QByteArray svg = contents(file("a.svg"));
        std::set<QString> texts;
        QXmlStreamReader xml(svg);
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"text")
                texts.insert(xml.readElementText().trimmed());
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        for (const QString& label : labels_in_circuit())
            QVERIFY2(texts.contains(label), qPrintable(label));
        QVERIFY(texts.contains(options.caption));
        QVERIFY(texts.contains(QStringLiteral("entered")));
        QVERIFY(!svg.contains("<image"));
    }

    void pdf_embeds_its_fonts()
    {
        save_circuit_picture(file("a.pdf"), scene_, theme(false), {});
        const QByteArray pdf = contents(file("a.pdf"));
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.contains("/FontFile"));
        QVERIFY(!pdf.contains("/Subtype /Image"));
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (tool.isEmpty())
            QSKIP("pdftotext is not installed; the text itself was not read back.");
        QProcess process;
        process.start(tool, { file("a.pdf"), QStringLiteral("-") });
        QVERIFY(process.waitForFinished());
        const auto words = QString::fromUtf8(process.readAllStandardOutput())
                               .split(QRegularExpression(QStringLiteral("\\s+")));
        for (const QString& label : labels_in_circuit())
            QVERIFY2(words.contains(label), qPrintable(label));
    }

    void refusals_say_what_to_do()
    {
        PictureOptions options;
        QVERIFY_EXCEPTION_THROWN(
            save_circuit_picture(file("a.bmp"), scene_, theme(true), options), InputError);
        QVERIFY_EXCEPTION_THROWN(
            save_circuit_picture(file("none.png"), {}, theme(true), options), InputError);
        options.scale = 1e6;
        QVERIFY_EXCEPTION_THROWN(
            save_circuit_picture(file("huge.png"), scene_, theme(true), options), InputError);
        for (const char* name : { "missing/a.png", "missing/a.svg", "missing/a.pdf" })
            QVERIFY_EXCEPTION_THROWN(
                save_circuit_picture(file(name), scene_, theme(true), {}), ResourceError);
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
            options.caption = QStringLiteral("A caption");
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
            QVERIFY(strongest_contrast(image, QRectF(14, 7, 300, 30), t.window) > 4.5);
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

QTEST_MAIN(TestCircuitPicture)
#include "tst_circuit_picture.moc"
