#pragma once

#include <QSizeF>
#include <QString>

#include <span>

namespace circuitloom::ui {

/// A size with a name, for paper, talks and films.
struct PictureSize
{
    QString name; ///< for the command line: "column"
    QString label; ///< for people: "Column of a paper, 3.3 in"
    QSizeF size; ///< in logical pixels, 96 to the inch
    double scale = 1; ///< bitmap pixels per logical pixel
    double print = 1; ///< how much larger it is printed than at 96 logical pixels to the inch
    bool paper = false; ///< its height may grow, as that of a screen does not
};

/// The sizes of pictures. Bitmaps for paper have 300 dots to the inch.
std::span<const PictureSize> picture_sizes();
std::span<const PictureSize> film_sizes();

/// The size of that name; null where there is none.
const PictureSize* find_size(std::span<const PictureSize> sizes, const QString& name);

} // namespace circuitloom::ui
