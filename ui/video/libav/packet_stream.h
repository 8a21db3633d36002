#pragma once

#include "ui/video/libav/libav.h"
#include "ui/video/libav/part_file.h"

#include <span>

namespace circuitloom::ui {

/// One encoder and the container its packets go to. Frames are counted: each lasts one tick of the
/// encoder's time base. Call in this order: encoder() to set it up, open(), write()…, finish().
class PacketStream
{
public:
    /// `container`: FFmpeg's name of it. The first of `encoders` that there is gets used; throws
    /// ResourceError where there is none of them.
    PacketStream(const QString& file, const char* container, std::span<const char* const> encoders);
    /// Without finish() before, nothing of the film is left.
    ~PacketStream();
    PacketStream(const PacketStream&) = delete;
    PacketStream& operator=(const PacketStream&) = delete;

    AVCodecContext& encoder() { return *encoder_; }
    const char* encoder_name() const { return encoder_->codec->name; }
    /// Sets an option of this encoder alone, or of this container; one it does not know is an
    /// error.
    void set(const char* name, const char* value);
    void set_container(const char* name, const char* value);
    void open();
    void write(AVFrame& frame);
    void finish();
    const QString& file() const { return part_.file(); }

private:
    void encode(AVFrame* frame);

    PartFile part_; // removed last, once the container is closed
    libav::Owned<AVFormatContext> container_;
    libav::Owned<AVCodecContext> encoder_;
    libav::Owned<AVPacket> packet_;
    AVStream* stream_ = nullptr;
    std::int64_t frames_ = 0;
    bool begun_ = false; ///< the container holds packets until its end is written
};

} // namespace circuitloom::ui
