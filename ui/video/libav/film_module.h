#pragma once

#include "ui/video/film_writer.h"

/// The one symbol of circuitloom-film.so: a writer of MP4, WebM or GIF. The caller owns the result.
/// Throws as film_writer() does.
extern "C" circuitloom::ui::FilmWriter* circuitloom_make_film_writer(const QString& file,
    circuitloom::ui::FilmFormat format, const circuitloom::ui::FilmShape& shape,
    std::span<const QImage> samples);

/// Its name, for QLibrary::resolve().
inline constexpr const char* circuitloom_make_film_writer_symbol = "circuitloom_make_film_writer";
