#include "ui/inspector/attention_image.h"

#include "ui/theme/color_mix.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace circuitloom::ui {

namespace {

// Colour numbers: 0 is no pair, `middle` a weight of 0, from there to either side ±1.
constexpr int middle = 128;
constexpr int to_either_side = 127;

uchar number_of(float weight)
{
    const double root = std::sqrt(std::min(1.0, std::abs(static_cast<double>(weight))));
    return static_cast<uchar>(
        middle + std::lround(std::copysign(root, static_cast<double>(weight)) * to_either_side));
}

} // namespace

QImage attention_image(std::span<const float> weights, int positions, int most_side)
{
    const int side = std::min(positions, most_side);
    QImage image(std::max(1, side), std::max(1, side), QImage::Format_Indexed8);
    image.setColorCount(256);
    image.fill(0);
    const auto pixel_of = [&](int position) {
        return static_cast<int>(static_cast<std::int64_t>(position) * side / positions);
    };
    for (int row = 0; row < positions; ++row) {
        uchar* pixels = image.scanLine(pixel_of(row));
        for (int column = 0; column <= row; ++column) {
            const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(positions)
                + static_cast<std::size_t>(column);
            uchar& pixel = pixels[pixel_of(column)];
            const uchar number = number_of(weights[at]);
            if (pixel == 0 || std::abs(number - middle) > std::abs(pixel - middle))
                pixel = number;
        }
    }
    return image;
}

QColor attention_color(double weight, bool difference, const Theme& theme)
{
    const QColor& full = !difference ? theme.accent : weight < 0 ? theme.negative : theme.positive;
    return mixed(theme.band, full, std::sqrt(std::min(1.0, std::abs(weight))));
}

void set_attention_colors(
    QImage& image, bool difference, const QColor& nothing, const Theme& theme)
{
    QList<QRgb> colors;
    colors << nothing.rgb();
    for (int number = 1; number < 256; ++number) {
        const double root = (number - middle) / static_cast<double>(to_either_side);
        colors << attention_color(std::copysign(root * root, root), difference, theme).rgb();
    }
    image.setColorTable(colors);
}

} // namespace circuitloom::ui
