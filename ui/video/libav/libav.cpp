#include "ui/video/libav/libav.h"

#include <QCoreApplication>

#include <array>

namespace circuitloom::ui::libav {

ResourceError cannot_write(const QString& file, const QString& reason)
{
    return ResourceError(
        QCoreApplication::translate("FilmWriter", "The film %1 cannot be written: %2.")
            .arg(file, reason)
            .toStdString());
}

int checked(int status, const QString& file)
{
    if (status >= 0)
        return status;
    std::array<char, AV_ERROR_MAX_STRING_SIZE> words{};
    av_strerror(status, words.data(), words.size());
    throw cannot_write(file, QString::fromLocal8Bit(words.data()));
}

Owned<AVFrame> new_frame(AVPixelFormat format, int width, int height, const QString& file)
{
    Owned<AVFrame> frame = owned(av_frame_alloc(), file);
    frame->format = format;
    frame->width = width;
    frame->height = height;
    checked(av_frame_get_buffer(frame.get(), 0), file);
    return frame;
}

} // namespace circuitloom::ui::libav
