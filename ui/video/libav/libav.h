#pragma once

// FFmpeg's libraries with owners for what they hand out. Only sources of this folder include it.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include "core/base/error.h"

#include <QString>

#include <memory>

namespace circuitloom::ui::libav {

struct Free
{
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFilterGraph* filters) const { avfilter_graph_free(&filters); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
    void operator()(AVFormatContext* container) const
    {
        avio_closep(&container->pb);
        avformat_free_context(container);
    }
};

template <typename T>
using Owned = std::unique_ptr<T, Free>;

/// The exception that says that the film `file` cannot be written, and why: half a sentence.
ResourceError cannot_write(const QString& file, const QString& reason);

/// Throws ResourceError with FFmpeg's words where `status` is an error.
int checked(int status, const QString& file);
/// Throws ResourceError where an allocation failed.
template <typename T>
Owned<T> owned(T* made, const QString& file)
{
    if (!made)
        checked(AVERROR(ENOMEM), file);
    return Owned<T>(made);
}

/// A frame with room for its pixels.
Owned<AVFrame> new_frame(AVPixelFormat format, int width, int height, const QString& file);

} // namespace circuitloom::ui::libav
