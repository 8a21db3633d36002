#pragma once

#include "ui/video/film_writer.h"
#include "ui/video/libav/packet_stream.h"

namespace circuitloom::ui {

/// Writes MP4 (H.264) and WebM (VP9), 4:2:0 in BT.709 colours as every player shows them.
class VideoWriter : public FilmWriter
{
public:
    VideoWriter(const QString& file, const FilmShape& shape, FilmFormat format);

    void add(const QImage& frame) override;
    void finish() override;
    QString note() const override;

private:
    PacketStream stream_;
    libav::Owned<SwsContext> to_yuv_;
    libav::Owned<AVFrame> yuv_;
};

} // namespace circuitloom::ui
