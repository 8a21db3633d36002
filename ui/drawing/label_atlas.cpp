#include "ui/drawing/label_atlas.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int atlas_width = 4096;
constexpr int first_height = 512;
constexpr int largest_height = 4096;
constexpr int margin = 2; // texels around a text, for what reaches beyond its advance
constexpr int quarters = 4;

// Places of text are multiples of this in Qt, in logical pixels as well as in the device's.
double in_units(double place)
{
    constexpr double unit = 1.0 / 64;
    return std::trunc(place / unit) * unit;
}

QImage blank(int height)
{
    QImage image(atlas_width, height, QImage::Format_Alpha8);
    image.fill(0);
    return image;
}

} // namespace

void LabelAtlas::set_style(const QFont& font, double ratio)
{
    if (font == font_ && ratio == ratio_)
        return;
    font_ = font;
    ratio_ = ratio;
    clear();
}

void LabelAtlas::clear()
{
    if (image_.isNull())
        image_ = blank(first_height);
    texts_.clear();
    next_ = {};
    row_height_ = 0;
    changed_rows_ = { 0, 0 };
}

bool LabelAtlas::grow()
{
    if (image_.height() >= largest_height)
        return false;
    image_ = blank(image_.height() * 2);
    clear();
    return true;
}

std::pair<int, int> LabelAtlas::take_changed_rows()
{
    return std::exchange(changed_rows_, { 0, 0 });
}

QFont LabelAtlas::font_of(const Text& text) const
{
    QFont font = font_;
    font.setPixelSize(std::max(text.size, 1));
    font.setWeight(static_cast<QFont::Weight>(text.weight));
    return font;
}

LabelAtlas::Entry& LabelAtlas::entry_of(const DrawnLabel& label)
{
    const Text key{ label.text, label.size, label.weight };
    if (const auto found = texts_.find(key); found != texts_.end())
        return *found;
    const QFontMetricsF metrics(font_of(key));
    return *texts_.insert(
        key, { metrics.horizontalAdvance(label.text), metrics.height(), metrics.ascent(), {} });
}

std::optional<LabelAtlas::Place> LabelAtlas::place(const DrawnLabel& label)
{
    Entry& entry = entry_of(label);
    double left = label.rect.left();
    if (label.alignment & Qt::AlignHCenter)
        left += (label.rect.width() - entry.width) / 2;
    else if (label.alignment & Qt::AlignRight)
        left += label.rect.width() - entry.width;
    double top = label.rect.top();
    if (label.alignment & Qt::AlignVCenter)
        top += (label.rect.height() - entry.height) / 2;
    else if (label.alignment & Qt::AlignBottom)
        top += label.rect.height() - entry.height;

    // As Qt's own engine: baselines on whole pixels, beginnings on quarters of one.
    const double across = std::floor(in_units(left) * ratio_ * quarters + 0.5);
    const double whole = std::floor(across / quarters);
    const int quarter = static_cast<int>(across - whole * quarters);
    const double baseline = std::floor(in_units((in_units(top) + entry.ascent) * ratio_) + 0.5);
    QRect& texels = entry.texels[static_cast<std::size_t>(quarter)];
    if (texels.isNull()) {
        texels = rasterise({ label.text, label.size, label.weight }, entry, quarter);
        if (texels.isNull())
            return std::nullopt;
    }
    return Place{ { whole - margin, baseline - std::round(entry.ascent * ratio_) - margin },
        texels };
}

QRect LabelAtlas::room_for(const QSize& size)
{
    if (next_.x() + size.width() > image_.width()) {
        next_ = { 0, next_.y() + row_height_ };
        row_height_ = 0;
    }
    const QRect room(next_, size);
    if (!image_.rect().contains(room))
        return {};
    next_.rx() += size.width();
    row_height_ = std::max(row_height_, size.height());
    return room;
}

QRect LabelAtlas::rasterise(const Text& text, const Entry& entry, int quarter)
{
    // A line longer than the atlas is wide is cut off.
    const int width = static_cast<int>(std::ceil(entry.width * ratio_)) + 2 * margin + 1;
    const QRect room = room_for({ std::min(width, image_.width()),
        static_cast<int>(std::ceil(entry.height * ratio_)) + 2 * margin + 1 });
    if (room.isNull())
        return {};
    QImage drawn(room.size(), QImage::Format_ARGB32_Premultiplied);
    drawn.fill(Qt::transparent);
    drawn.setDevicePixelRatio(ratio_);
    QPainter painter(&drawn);
    painter.setFont(font_of(text));
    painter.setPen(Qt::black);
    painter.drawText(QPointF((margin + quarter / static_cast<double>(quarters)) / ratio_,
                         (margin + std::round(entry.ascent * ratio_)) / ratio_),
        text.text);
    painter.end();
    for (int y = 0; y < room.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(drawn.constScanLine(y));
        uchar* to = image_.scanLine(room.top() + y) + room.left();
        std::transform(from, from + room.width(), to,
            [](QRgb pixel) { return static_cast<uchar>(qAlpha(pixel)); });
    }
    const int bottom = room.top() + room.height();
    if (changed_rows_.first == changed_rows_.second)
        changed_rows_ = { room.top(), bottom };
    else
        changed_rows_
            = { std::min(changed_rows_.first, room.top()), std::max(changed_rows_.second, bottom) };
    return room;
}

} // namespace circuitloom::ui
