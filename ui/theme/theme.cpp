#include "ui/theme/theme.h"

#include <QFontDatabase>

#include <array>

namespace circuitloom::ui {

namespace {

Theme dark_theme()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x12, 0x16, 0x1c);
    t.panel = QColor(0x1a, 0x1e, 0x25);
    t.band = QColor(0x18, 0x1d, 0x24);
    t.card = QColor(0x2a, 0x31, 0x3c);
    t.border = QColor(0x26, 0x2c, 0x35);
    t.outline = QColor(0x6b, 0x76, 0x86);
    t.text = QColor(0xe8, 0xec, 0xf1);
    t.dimText = QColor(0x9a, 0xa4, 0xb2);
    t.faint = QColor(0x3a, 0x42, 0x4e);
    t.accent = QColor(0x4f, 0xb0, 0xf0);
    t.accentText = QColor(0x0c, 0x12, 0x1a);
    t.selection = QColor(0xf0, 0xe4, 0x42);
    t.selectedItem = QColor(0x21, 0x3a, 0x4b);
    t.danger = QColor(0xf2, 0x6d, 0x6d);
    t.kept = QColor(0xb9, 0xc0, 0xd0);
    t.entered = QColor(0x2f, 0xcf, 0x98);
    t.stronger = QColor(0x3f, 0x7f, 0xe0);
    t.weaker = QColor(0xf2, 0xb4, 0x0e);
    t.left = QColor(0xd1, 0x64, 0x2a);
    t.positive = QColor(0x4d, 0xa6, 0xf2);
    t.negative = QColor(0xe2, 0x6f, 0x22);
    t.query = QColor(0x5b, 0xb8, 0xf5);
    t.key = QColor(0xc9, 0xa2, 0x27);
    t.value = QColor(0x1a, 0x85, 0x58);
    t.mlp = QColor(0xb0, 0x52, 0x9a);
    t.logits = QColor(0xee, 0xf0, 0xf4);
    t.neutral = QColor(0x80, 0x88, 0x94);
    t.young = QColor(0xf2, 0xd2, 0x4b);
    t.old = QColor(0x5c, 0x72, 0xc4);
    t.single = QColor(0x8f, 0xb8, 0xd8);
    t.core = QColor(0x56, 0xb4, 0xf5);
    t.contingent = QColor(0xe0, 0x9a, 0x1a);
    t.noise = QColor(0x7f, 0x86, 0x90);
    return t;
}

Theme light_theme()
{
    Theme t;
    t.window = QColor(0xfb, 0xfc, 0xfd);
    t.panel = QColor(0xff, 0xff, 0xff);
    t.band = QColor(0xf3, 0xf4, 0xf6);
    t.card = QColor(0xff, 0xff, 0xff);
    t.border = QColor(0xe3, 0xe6, 0xeb);
    t.outline = QColor(0x9a, 0xa3, 0xaf);
    t.text = QColor(0x1c, 0x21, 0x29);
    t.dimText = QColor(0x5d, 0x67, 0x76);
    t.faint = QColor(0xcb, 0xd2, 0xda);
    t.accent = QColor(0x0b, 0x6b, 0xcb);
    t.accentText = QColor(0xff, 0xff, 0xff);
    t.selection = QColor(0xb8, 0x7d, 0x00);
    t.selectedItem = QColor(0xd8, 0xea, 0xf5);
    t.danger = QColor(0xc6, 0x28, 0x28);
    t.kept = QColor(0x86, 0x8b, 0x95);
    t.entered = QColor(0x06, 0x54, 0x4f);
    t.stronger = QColor(0x1b, 0x86, 0xd6);
    t.weaker = QColor(0xb8, 0x7d, 0x00);
    t.left = QColor(0x96, 0x26, 0x0a);
    t.positive = QColor(0x00, 0x72, 0xb2);
    t.negative = QColor(0xd5, 0x5e, 0x00);
    t.query = QColor(0x14, 0x86, 0xe8);
    t.key = QColor(0xd8, 0x65, 0x0f);
    t.value = QColor(0x0a, 0x6a, 0x42);
    t.mlp = QColor(0x9b, 0x56, 0x8f);
    t.logits = QColor(0x1c, 0x21, 0x30);
    t.neutral = QColor(0x84, 0x8c, 0x98);
    t.young = QColor(0xb8, 0x7d, 0x00);
    t.old = QColor(0x35, 0x2f, 0x86);
    t.single = QColor(0x3d, 0x5f, 0x7d);
    t.core = QColor(0x35, 0x2f, 0x86);
    t.contingent = QColor(0xb8, 0x65, 0x0a);
    t.noise = QColor(0x86, 0x8b, 0x95);
    return t;
}

// After Okabe and Ito's palette, in the order in which its members differ most side by side. Names
// are written in these colours, so each has a contrast of 4.5:1 with the panels at least, and none
// is a grey, which would be taken for the text's colour.
constexpr std::array<QRgb, 8> dark_series{ 0xff22b092, 0xffe2702a, 0xff9f86d6, 0xff56b4e9,
    0xffe69f00, 0xffcf86b0, 0xff86f08a, 0xfff0e442 };
constexpr std::array<QRgb, 8> light_series{ 0xff138368, 0xffc34303, 0xff4b52ca, 0xff3d6da5,
    0xff986b1a, 0xffad2d83, 0xffa62849, 0xff736b2a };

} // namespace

const Theme& theme(bool dark)
{
    static const Theme dark_one = dark_theme();
    static const Theme light_one = light_theme();
    return dark ? dark_one : light_one;
}

QFont Theme::font() const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPixelSize(scaled(13));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

int Theme::scaled(int pixels) const
{
    return qRound(pixels * scale);
}

QPalette palette(const Theme& theme)
{
    QPalette p;
    p.setColor(QPalette::Window, theme.panel);
    p.setColor(QPalette::WindowText, theme.text);
    p.setColor(QPalette::Base, theme.window);
    p.setColor(QPalette::AlternateBase, theme.band);
    p.setColor(QPalette::Text, theme.text);
    p.setColor(QPalette::PlaceholderText, theme.dimText);
    p.setColor(QPalette::Button, theme.card);
    p.setColor(QPalette::ButtonText, theme.text);
    p.setColor(QPalette::BrightText, theme.danger);
    p.setColor(QPalette::Highlight, theme.accent);
    p.setColor(QPalette::HighlightedText, theme.accentText);
    p.setColor(QPalette::ToolTipBase, theme.card);
    p.setColor(QPalette::ToolTipText, theme.text);
    p.setColor(QPalette::Link, theme.accent);
    p.setColor(QPalette::Mid, theme.border);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        p.setColor(QPalette::Disabled, role, theme.outline);
    return p;
}

QColor series_color(int index, const Theme& theme)
{
    const auto& series = theme.dark ? dark_series : light_series;
    const auto count = static_cast<int>(series.size());
    return QColor::fromRgb(series[static_cast<std::size_t>(((index % count) + count) % count)]);
}

} // namespace circuitloom::ui
