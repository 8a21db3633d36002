#include "ui/video/libav/video_writer.h"

#include <QCoreApplication>

#include <array>
#include <cstring>

namespace circuitloom::ui {

using libav::checked;
using libav::owned;

namespace {

constexpr const char* mpeg4 = "mpeg4";
constexpr std::array mp4_encoders{ "libx264", "libopenh264", mpeg4 };
constexpr std::array webm_encoders{ "libvpx-vp9" };
constexpr int seconds_between_key_frames = 2; // so that players can jump
constexpr auto pixels = AV_PIX_FMT_YUV420P;

std::span<const char* const> encoders_of(FilmFormat format)
{
    if (format == FilmFormat::webm)
        return webm_encoders;
    return mp4_encoders;
}

// Thin lines and small text: high quality, which a picture that mostly stands still gets cheaply.
void set_quality(PacketStream& stream)
{
    AVCodecContext& encoder = stream.encoder();
    if (std::strcmp(stream.encoder_name(), "libx264") == 0) {
        stream.set("preset", "veryfast");
        stream.set("crf", "17");
    } else if (std::strcmp(stream.encoder_name(), "libvpx-vp9") == 0) {
        encoder.bit_rate = 0; // bounded by the quality alone
        stream.set("crf", "22");
        // A fifth of the time of "good", for as good a picture of a sixth more bytes.
        stream.set("deadline", "realtime");
        stream.set("cpu-used", "6");
        stream.set("row-mt", "1");
    } else {
        encoder.bit_rate
            = std::int64_t{ encoder.width } * encoder.height * encoder.framerate.num / 8;
    }
}

} // namespace

VideoWriter::VideoWriter(const QString& file, const FilmShape& shape, FilmFormat format)
    : stream_(file, format == FilmFormat::webm ? "webm" : "mp4", encoders_of(format))
    , yuv_(libav::new_frame(pixels, shape.size.width(), shape.size.height(), file))
{
    const int width = shape.size.width();
    const int height = shape.size.height();
    AVCodecContext& encoder = stream_.encoder();
    encoder.width = width;
    encoder.height = height;
    encoder.pix_fmt = pixels;
    encoder.time_base = { 1, shape.frames_per_second };
    encoder.framerate = { shape.frames_per_second, 1 };
    encoder.gop_size = shape.frames_per_second * seconds_between_key_frames;
    encoder.color_range = AVCOL_RANGE_MPEG;
    encoder.colorspace = AVCOL_SPC_BT709;
    encoder.color_primaries = AVCOL_PRI_BT709;
    encoder.color_trc = AVCOL_TRC_BT709;
    encoder.thread_count = 0; // as many as there are processors
    set_quality(stream_);
    if (format == FilmFormat::mp4)
        stream_.set_container("movflags", "faststart"); // plays while it still loads
    stream_.open();

    to_yuv_ = owned(sws_getContext(width, height, AV_PIX_FMT_0RGB32, width, height, pixels,
                        SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr),
        file);
    const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
    constexpr int unchanged = 1 << 16;
    checked(
        sws_setColorspaceDetails(to_yuv_.get(), bt709, 1, bt709, 0, 0, unchanged, unchanged), file);
}

void VideoWriter::add(const QImage& frame)
{
    const QImage rgb = frame.convertToFormat(QImage::Format_RGB32);
    const std::array<const std::uint8_t*, 1> rows{ rgb.constBits() };
    const std::array<int, 1> stride{ static_cast<int>(rgb.bytesPerLine()) };
    checked(av_frame_make_writable(yuv_.get()), stream_.file()); // the encoder may still read it
    sws_scale(
        to_yuv_.get(), rows.data(), stride.data(), 0, rgb.height(), yuv_->data, yuv_->linesize);
    stream_.write(*yuv_);
}

void VideoWriter::finish()
{
    stream_.finish();
}

QString VideoWriter::note() const
{
    if (std::strcmp(stream_.encoder_name(), mpeg4) != 0)
        return {};
    return QCoreApplication::translate("FilmWriter",
        "This FFmpeg has no H.264 encoder, so the film is in MPEG-4 Part 2, which browsers do not "
        "play.");
}

} // namespace circuitloom::ui
