#include "ui/video/libav/gif_writer.h"

#include <QCoreApplication>

#include <array>
#include <cstring>

namespace circuitloom::ui {

using libav::checked;
using libav::Owned;
using libav::owned;

namespace {

constexpr std::array gif_encoder{ "gif" };

Owned<AVFilterGraph> filters(const QString& description, const QString& file)
{
    Owned<AVFilterGraph> graph = owned(avfilter_graph_alloc(), file);
    graph->nb_threads = 1; // frames are handed in one at a time
    AVFilterInOut* open_inputs = nullptr;
    AVFilterInOut* open_outputs = nullptr;
    const int status = avfilter_graph_parse2(
        graph.get(), description.toUtf8().constData(), &open_inputs, &open_outputs);
    avfilter_inout_free(&open_inputs);
    avfilter_inout_free(&open_outputs);
    checked(status, file);
    checked(avfilter_graph_config(graph.get(), nullptr), file);
    return graph;
}

QString source(const char* name, const QSize& size, int frames_per_second)
{
    return QStringLiteral("buffer@%1=video_size=%2x%3:pix_fmt=%4:time_base=1/%5:pixel_aspect=1/1")
        .arg(QLatin1String(name))
        .arg(size.width())
        .arg(size.height())
        .arg(QLatin1String(av_get_pix_fmt_name(AV_PIX_FMT_RGB32)))
        .arg(frames_per_second);
}

AVFilterContext* filter(const Owned<AVFilterGraph>& graph, const char* name)
{
    std::string found = name;
    return avfilter_graph_get_filter(graph.get(), found.data());
}

Owned<AVFrame> frame_of(const QImage& image, std::int64_t number, const QString& file)
{
    const QImage rgb = image.convertToFormat(QImage::Format_RGB32); // alpha bits set: opaque
    Owned<AVFrame> frame = libav::new_frame(AV_PIX_FMT_RGB32, rgb.width(), rgb.height(), file);
    for (int y = 0; y < rgb.height(); ++y)
        std::memcpy(frame->data[0] + std::ptrdiff_t{ y } * frame->linesize[0], rgb.constScanLine(y),
            static_cast<std::size_t>(rgb.width()) * sizeof(QRgb));
    frame->pts = number;
    return frame;
}

void feed(AVFilterContext* to, const Owned<AVFrame>& frame, const QString& file)
{
    checked(av_buffersrc_write_frame(to, frame.get()), file);
}

Owned<AVFrame> palette_of(
    std::span<const QImage> samples, const FilmShape& shape, const QString& file)
{
    if (samples.empty())
        throw InputError(QCoreApplication::translate("FilmWriter", "The film %1 has no frame.")
                             .arg(file)
                             .toStdString());
    const auto graph = filters(source("in", shape.size, shape.frames_per_second)
            + QStringLiteral(",palettegen=stats_mode=full:reserve_transparent=1,buffersink@out"),
        file);
    std::int64_t number = 0;
    for (const QImage& sample : samples)
        feed(filter(graph, "buffer@in"), frame_of(sample, number++, file), file);
    feed(filter(graph, "buffer@in"), nullptr, file);
    Owned<AVFrame> palette = owned(av_frame_alloc(), file);
    checked(av_buffersink_get_frame(filter(graph, "buffersink@out"), palette.get()), file);
    palette->pts = 0;
    return palette;
}

} // namespace

GifWriter::GifWriter(const QString& file, const FilmShape& shape, std::span<const QImage> samples)
    : stream_(file, "gif", gif_encoder)
    , indexed_(owned(av_frame_alloc(), file))
{
    const Owned<AVFrame> palette = palette_of(samples, shape, file);
    // Areas of one colour and sharp text: no dithering, which would make them swarm.
    to_palette_ = filters(source("frames", shape.size, shape.frames_per_second)
            + QStringLiteral("[frames];")
            + source("palette", { palette->width, palette->height }, shape.frames_per_second)
            + QStringLiteral("[palette];[frames][palette]paletteuse=dither=none,buffersink@out"),
        file);
    feed(filter(to_palette_, "buffer@palette"), palette, file);
    feed(filter(to_palette_, "buffer@palette"), nullptr, file);

    AVCodecContext& encoder = stream_.encoder();
    encoder.width = shape.size.width();
    encoder.height = shape.size.height();
    encoder.pix_fmt = AV_PIX_FMT_PAL8;
    encoder.time_base = { 1, shape.frames_per_second };
    stream_.open();
}

void GifWriter::add(const QImage& frame)
{
    feed(filter(to_palette_, "buffer@frames"), frame_of(frame, frames_++, stream_.file()),
        stream_.file());
    encode_what_is_ready();
}

void GifWriter::finish()
{
    feed(filter(to_palette_, "buffer@frames"), nullptr, stream_.file());
    encode_what_is_ready();
    stream_.finish();
}

void GifWriter::encode_what_is_ready()
{
    AVFilterContext* out = filter(to_palette_, "buffersink@out");
    for (;;) {
        const int status = av_buffersink_get_frame(out, indexed_.get());
        if (status == AVERROR(EAGAIN) || status == AVERROR_EOF)
            return;
        checked(status, stream_.file());
        stream_.write(*indexed_);
        av_frame_unref(indexed_.get());
    }
}

} // namespace circuitloom::ui
