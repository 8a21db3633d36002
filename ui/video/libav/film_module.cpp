#include "ui/video/libav/film_module.h"

#include "ui/video/libav/gif_writer.h"
#include "ui/video/libav/video_writer.h"

using namespace circuitloom::ui;

extern "C" __attribute__((visibility("default"))) FilmWriter* circuitloom_make_film_writer(
    const QString& file, FilmFormat format, const FilmShape& shape, std::span<const QImage> samples)
{
    if (format == FilmFormat::gif)
        return new GifWriter(file, shape, samples);
    return new VideoWriter(file, shape, format);
}
