#pragma once

#include <QImage>
#include <QSize>
#include <QString>

#include <memory>
#include <optional>
#include <span>

namespace circuitloom::ui {

/// The formats of films.
enum class FilmFormat
{
    mp4, ///< H.264
    webm, ///< VP9
    gif,
    frames ///< numbered PNGs: the file's name holds one %d, as in %04d
};

/// The format that the end of the file's name means; none where it means no film.
std::optional<FilmFormat> film_format_of(const QString& file);

/// The size of a film's frames: MP4 and WebM halve the colours' resolution, so they get the next
/// even size; other formats get the wanted one.
QSize film_size(const QSize& wanted, FilmFormat format);

/// The most frames a second that players show: a GIF counts hundredths of a second.
int fastest_film(FilmFormat format);

/// The size and rate of a film's frames.
struct FilmShape
{
    QSize size; ///< of every frame, in pixels
    int frames_per_second = 30;
};

/// Takes the frames of a film one after another. Used by one thread at a time. Where it is
/// destroyed before finish() has returned, whatever was written is removed; files of that
/// name that were there before stay until then.
class FilmWriter
{
public:
    virtual ~FilmWriter() = default;

    /// Adds the next frame, which has the film's size. Throws ResourceError.
    virtual void add(const QImage& frame) = 0;
    /// Ends the film, whose file is there from now on. Throws ResourceError.
    virtual void finish() = 0;
    /// What the user should know of the film; empty where all is as it was asked for.
    virtual QString note() const { return {}; }
};

/// A writer for the format that the file's name means. A GIF's 256 colours are chosen from
/// `samples`, some frames of the film; other formats need none. Throws InputError for a shape or a
/// name that cannot be, ResourceError where the file cannot be opened or FFmpeg has no encoder for
/// it.
std::unique_ptr<FilmWriter> film_writer(
    const QString& file, const FilmShape& shape, std::span<const QImage> samples);

} // namespace circuitloom::ui
