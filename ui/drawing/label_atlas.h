#pragma once

#include "ui/drawing/drawing.h"

#include <QHash>
#include <QImage>

#include <array>
#include <optional>
#include <utility>

namespace circuitloom::ui {

/// Texts as one image of how far each pixel is covered, so that each text is rasterised once as
/// long as it keeps its size. Bounded: when it is full, clear() it and begin again.
class LabelAtlas
{
public:
    struct Place
    {
        QPointF at; ///< device pixels: the upper left of the label's texels
        QRect texels; ///< of image()
    };

    /// The place of the label on the target and in the atlas; a new label is rasterised now.
    /// Nothing where there is no room for it.
    std::optional<Place> place(const DrawnLabel& label);

    /// The labels' font, and how many device pixels a logical one has; another font or ratio than
    /// before clears the atlas.
    void set_style(const QFont& font, double ratio);
    void clear();
    /// Clears the atlas and makes it larger; false if it is as large as it may be.
    bool grow();
    bool empty() const { return texts_.isEmpty(); }

    /// All texts: eight bits a texel, which say how far it is covered.
    const QImage& image() const { return image_; }
    /// The rows of image() that changed since the last call, as top and bottom + 1.
    std::pair<int, int> take_changed_rows();

private:
    struct Text
    {
        QString text;
        int size;
        int weight;
        bool operator==(const Text&) const = default;
    };
    struct Entry
    {
        double width; ///< logical pixels
        double height;
        double ascent;
        std::array<QRect, 4> texels; ///< for each quarter of a pixel at which it may begin
    };
    friend size_t qHash(const Text& text, size_t seed)
    {
        return qHashMulti(seed, text.text, text.size, text.weight);
    }

    Entry& entry_of(const DrawnLabel& label);
    QFont font_of(const Text& text) const;
    QRect room_for(const QSize& size);
    QRect rasterise(const Text& text, const Entry& entry, int quarter);

    QFont font_;
    double ratio_ = 0;
    QImage image_;
    QHash<Text, Entry> texts_;
    QPoint next_; ///< where the next text goes
    int row_height_ = 0;
    std::pair<int, int> changed_rows_{ 0, 0 };
};

} // namespace circuitloom::ui
