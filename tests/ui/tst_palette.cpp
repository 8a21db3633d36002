#include "tests/support/contrast.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_legend.h"
#include "ui/circuit/edge_curves.h"
#include "ui/circuit/hue_colors.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/style_sheet.h"

#include <QImage>
#include <QListWidget>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::contrast;
using circuitloom::testing::linear_light;

namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

Vector times(const Matrix& matrix, const Vector& vector)
{
    Vector product{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            product[row] += matrix[row][column] * vector[column];
    return product;
}

Vector linear(const QColor& color)
{
    return { linear_light(color.redF()), linear_light(color.greenF()),
        linear_light(color.blueF()) };
}

// Of linear RGB with sRGB's primaries, under its white point D65.
Vector lab(const Vector& rgb)
{
    const Matrix to_xyz{ { { 0.4124564, 0.3575761, 0.1804375 }, { 0.2126729, 0.7151522, 0.0721750 },
        { 0.0193339, 0.1191920, 0.9503041 } } };
    Vector within = rgb;
    for (double& part : within)
        part = std::clamp(part, 0.0, 1.0);
    Vector xyz = times(to_xyz, within);
    const Vector white{ 0.95047, 1, 1.08883 };
    for (std::size_t i = 0; i < 3; ++i) {
        const double share = xyz[i] / white[i];
        xyz[i] = share > 216.0 / 24389 ? std::cbrt(share) : (24389.0 / 27 * share + 16) / 116;
    }
    return { 116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2]) };
}

struct Vision
{
    const char* name;
    Matrix matrix;
};

// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
// Deficiency" (2009), severity 1.
const std::array<Vision, 4> visions{
    Vision{ "usual", { { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } } },
    Vision{ "protanopia",
        { { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
            { -0.003882, -0.048116, 1.051998 } } } },
    Vision{ "deuteranopia",
        { { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
            { -0.011820, 0.042940, 0.968881 } } } },
    Vision{ "tritanopia",
        { { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 },
            { 0.004733, 0.691367, 0.303900 } } } },
};

void require_contrast(
    const char* what, const QColor& color, const QColor& behind, double least, bool dark)
{
    const double ratio = contrast(color, behind);
    QVERIFY2(ratio >= least,
        qPrintable(QStringLiteral("%1, %2 on %3, %4: %5")
                       .arg(QString::fromUtf8(what), color.name(), behind.name(),
                           dark ? QStringLiteral("dark") : QStringLiteral("light"))
                       .arg(ratio)));
}

double seen_distance(const QColor& a, const QColor& b, const Vision& vision)
{
    const Vector first = lab(times(vision.matrix, linear(a)));
    const Vector second = lab(times(vision.matrix, linear(b)));
    return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_box_that_is_not_ticked_is_seen()
    {
        for (const bool dark : { false, true })
            for (const QColor& behind : { theme(dark).window, theme(dark).panel })
                require_contrast("an empty box", tick_outline(theme(dark)), behind, 3, dark);
    }

    void a_list_draws_its_boxes_as_forms_do()
    {
        for (const bool dark : { false, true }) {
            QListWidget list;
            list.setStyleSheet(style_sheet(theme(dark)));
            auto* item = new QListWidgetItem(QStringLiteral("facts"), &list);
            item->setCheckState(Qt::Unchecked);
            list.resize(200, 60);
            const QImage seen = list.grab().toImage();
            const QRgb outline = tick_outline(theme(dark)).rgb();
            int outlined = 0;
            for (int y = 0; y < seen.height(); ++y)
                for (int x = 0; x < seen.width(); ++x)
                    outlined += seen.pixel(x, y) == outline ? 1 : 0;
            QVERIFY2(outlined > 20, qPrintable(QString::number(outlined)));
        }
    }

    void what_is_dimmed_beside_a_selection_can_still_be_read()
    {
        const double left = CircuitFocus(CircuitScene(), CircuitHighlight(), 1).opacity(false);
        for (const bool dark : { false, true }) {
            const Theme& shown = theme(dark);
            require_contrast("a dimmed name", mixed(mixed(shown.band, shown.card, left),
                                                  shown.text, left), shown.band, 2.2, dark);
        }
    }

    void every_legend_can_be_told_apart_by_everyone_data()
    {
        QTest::addColumn<ColorMode>("mode");
        QTest::newRow("change") << ColorMode::change;
        QTest::newRow("sign") << ColorMode::sign;
        QTest::newRow("kind") << ColorMode::kind;
        QTest::newRow("age") << ColorMode::age;
        QTest::newRow("certainty") << ColorMode::certainty;
    }

    void every_legend_can_be_told_apart_by_everyone()
    {
        QFETCH(ColorMode, mode);
        CircuitScene scene;
        scene.mode = mode;
        scene.has_reference = true;
        scene.certain = std::make_shared<const CertainEdges>(1);
        const std::vector<LegendEntry> legend = legend_of(scene);
        QVERIFY(legend.size() >= 2);
        for (const bool dark : { false, true }) {
            const Theme& t = theme(dark);
            for (const Vision& vision : visions) {
                for (std::size_t i = 0; i < legend.size(); ++i) {
                    for (std::size_t j = 0; j < i; ++j) {
                        const double apart = seen_distance(
                            hue_color(legend[i].hue, t), hue_color(legend[j].hue, t), vision);
                        // A CIELAB distance of 2.3 can just be noticed side by side; thin lines
                        // far from each other need several times that.
                        QVERIFY2(apart > 20,
                            qPrintable(
                                QStringLiteral("%1 and %2, %3, %4: %5")
                                    .arg(legend[i].label, legend[j].label,
                                        QString::fromUtf8(vision.name),
                                        dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                    .arg(apart)));
                    }
                }
            }
        }
    }

    // WCAG 2.2 asks for 4.5:1 of text (1.4.3) and 3:1 of graphics that say something (1.4.11).
    void text_and_graphics_have_contrast()
    {
        for (const bool dark : { false, true }) {
            const Theme& t = theme(dark);
            for (const QColor& ground : { t.window, t.panel, t.band, t.card, t.selectedItem })
                require_contrast("text", t.text, ground, 4.5, dark);
            for (const QColor& ground : { t.window, t.panel, t.band, t.card, t.selectedItem })
                require_contrast("secondary text", t.dimText, ground, 4.5, dark);
            for (const QColor& ground : { t.window, t.panel }) {
                require_contrast("links and accents", t.accent, ground, 4.5, dark);
                require_contrast("what is wrong", t.danger, ground, 4.5, dark);
                require_contrast("selection", t.selection, ground, 3, dark);
            }
            for (const auto group : { QPalette::Active, QPalette::Inactive }) {
                const QPalette p = palette(t);
                for (const auto& [words, ground] : { std::pair{ QPalette::WindowText, QPalette::Window },
                         std::pair{ QPalette::Text, QPalette::Base },
                         std::pair{ QPalette::Text, QPalette::AlternateBase },
                         std::pair{ QPalette::PlaceholderText, QPalette::Base },
                         std::pair{ QPalette::Link, QPalette::Base },
                         std::pair{ QPalette::ButtonText, QPalette::Button },
                         std::pair{ QPalette::HighlightedText, QPalette::Highlight },
                         std::pair{ QPalette::ToolTipText, QPalette::ToolTipBase } })
                    require_contrast("the palette's text", p.color(group, words),
                        p.color(group, ground), 4.5, dark);
            }
            require_contrast("text on the accent", t.accentText, t.accent, 4.5, dark);
            // Names are written in them.
            for (int i = 0; i < 8; ++i)
                for (const QColor& ground : { t.window, t.panel })
                    require_contrast("series", series_color(i, t), ground, 4.5, dark);
            for (std::size_t hue = 0; hue < hue_count; ++hue)
                for (const QColor& ground : { t.window, t.band })
                    require_contrast("edge", hue_color(static_cast<Hue>(hue), t), ground, 3, dark);
        }
    }

    // Edges that have left are dashed and not quite opaque.
    void what_has_left_can_be_seen()
    {
        const double opacity = left_opacity_among(30);
        for (const bool dark : { false, true })
            for (const QColor& ground : { theme(dark).window, theme(dark).band })
                require_contrast("left", mixed(ground, theme(dark).left, opacity), ground, 3, dark);
    }

    void no_series_looks_like_another_or_like_the_text()
    {
        for (const bool dark : { false, true }) {
            const Theme& t = theme(dark);
            for (int i = 0; i < 8; ++i) {
                QVERIFY(seen_distance(series_color(i, t), t.text, visions[0]) > 38);
                for (int j = 0; j < i; ++j)
                    QVERIFY(seen_distance(series_color(i, t), series_color(j, t), visions[0]) > 20);
            }
        }
    }

    void the_simulation_confuses_what_the_colour_blind_confuse()
    {
        // A red and a green of the same lightness to a deuteranope.
        const QColor red(0xc0, 0x60, 0x40);
        const QColor green(0x80, 0x80, 0x40);
        QVERIFY(seen_distance(red, green, visions[0]) > 30);
        QVERIFY(seen_distance(red, green, visions[2]) < 12);
    }
};

CIRCUITLOOM_UI_TEST(TestPalette, Application::widgets)
#include "tst_palette.moc"
