#include "ui/video/libav/packet_stream.h"

#include <QCoreApplication>
#include <QStringList>

namespace circuitloom::ui {

using libav::cannot_write;
using libav::checked;
using libav::owned;

namespace {

AVFormatContext* new_container(const PartFile& part, const char* name)
{
    av_log_set_level(AV_LOG_FATAL); // errors come back as codes, and are said in our words
    AVFormatContext* container = nullptr;
    checked(avformat_alloc_output_context2(&container, nullptr, name, part.part().constData()),
        part.file());
    return container;
}

const AVCodec* first_there_is(std::span<const char* const> encoders, const QString& file)
{
    QStringList names;
    for (const char* name : encoders) {
        if (const AVCodec* codec = avcodec_find_encoder_by_name(name))
            return codec;
        names << QString::fromLatin1(name);
    }
    throw cannot_write(file,
        QCoreApplication::translate("FilmWriter", "this FFmpeg has none of the encoders %1")
            .arg(names.join(QStringLiteral(", "))));
}

} // namespace

PacketStream::PacketStream(
    const QString& file, const char* container, std::span<const char* const> encoders)
    : part_(file)
    , container_(new_container(part_, container))
    , encoder_(owned(avcodec_alloc_context3(first_there_is(encoders, file)), file))
    , packet_(owned(av_packet_alloc(), file))
{
    if (container_->oformat->flags & AVFMT_GLOBALHEADER)
        encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
}

PacketStream::~PacketStream()
{
    if (begun_)
        av_write_trailer(container_.get()); // whatever comes of it: the file goes as well
}

void PacketStream::set(const char* name, const char* value)
{
    checked(av_opt_set(encoder_->priv_data, name, value, 0), file());
}

void PacketStream::set_container(const char* name, const char* value)
{
    checked(av_opt_set(container_->priv_data, name, value, 0), file());
}

void PacketStream::open()
{
    checked(avcodec_open2(encoder_.get(), nullptr, nullptr), file());
    stream_ = avformat_new_stream(container_.get(), nullptr);
    if (!stream_)
        checked(AVERROR(ENOMEM), file());
    stream_->time_base = encoder_->time_base;
    stream_->avg_frame_rate = av_inv_q(encoder_->time_base);
    checked(avcodec_parameters_from_context(stream_->codecpar, encoder_.get()), file());
    checked(avio_open(&container_->pb, part_.part().constData(), AVIO_FLAG_WRITE), file());
    checked(avformat_write_header(container_.get(), nullptr), file());
    begun_ = true;
}

void PacketStream::write(AVFrame& frame)
{
    frame.pts = frames_++;
    encode(&frame);
}

void PacketStream::finish()
{
    encode(nullptr);
    begun_ = false;
    checked(av_write_trailer(container_.get()), file());
    checked(avio_closep(&container_->pb), file());
    part_.commit();
}

void PacketStream::encode(AVFrame* frame)
{
    checked(avcodec_send_frame(encoder_.get(), frame), file());
    for (;;) {
        const int status = avcodec_receive_packet(encoder_.get(), packet_.get());
        if (status == AVERROR(EAGAIN) || status == AVERROR_EOF)
            return;
        checked(status, file());
        packet_->duration = 1;
        packet_->stream_index = stream_->index;
        av_packet_rescale_ts(packet_.get(), encoder_->time_base, stream_->time_base);
        checked(av_interleaved_write_frame(container_.get(), packet_.get()), file());
    }
}

} // namespace circuitloom::ui
