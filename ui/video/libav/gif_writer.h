#pragma once

#include "ui/video/film_writer.h"
#include "ui/video/libav/packet_stream.h"

namespace circuitloom::ui {

/// Writes an endless GIF with one palette for the whole film, so that nothing flickers.
class GifWriter : public FilmWriter
{
public:
    GifWriter(const QString& file, const FilmShape& shape, std::span<const QImage> samples);

    void add(const QImage& frame) override;
    void finish() override;

private:
    void encode_what_is_ready();

    PacketStream stream_;
    libav::Owned<AVFilterGraph> to_palette_;
    libav::Owned<AVFrame> indexed_;
    std::int64_t frames_ = 0;
};

} // namespace circuitloom::ui
