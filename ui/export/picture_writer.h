#pragma once

#include "ui/export/picture_page.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <memory>

namespace circuitloom::ui {

/// The title of a picture and the names of its parts, for the formats that hold text.
struct PictureText
{
    QString title; ///< of the document
    std::shared_ptr<const ComputationalGraph> graph{}; ///< null where there is no circuit
    std::shared_ptr<const CircuitLayout> layout{};
    bool embedded = false; ///< of an SVG: it becomes a part of a page, see SvgText
};

/// How many pixels a bitmap has, and how large it is printed.
struct PictureSharpness
{
    double scale = 2; ///< bitmap pixels per logical pixel
    double print = 1; ///< how much larger it is printed than at 96 logical pixels to the inch
};

/// The page as a bitmap. Throws InputError for an absurd size, ResourceError where there is not
/// enough memory.
QImage page_image(const PicturePage& page, const PictureSharpness& sharpness);

/// The page as an SVG document whose layers Inkscape shows, with its edges and nodes named.
QByteArray page_svg(const PicturePage& page, double print, const PictureText& text);

/// Writes a page in the format of the extension: .png, .svg or .pdf, the latter two as vectors
/// with text as text. Throws InputError for another extension or an absurd size, ResourceError
/// where the file cannot be written; then there is no half of it.
void save_page(const QString& file, const PicturePage& page, const PictureSharpness& sharpness,
    const PictureText& text);

} // namespace circuitloom::ui
