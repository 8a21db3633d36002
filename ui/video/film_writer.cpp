#include "ui/video/film_writer.h"

#include "core/base/error.h"
#include "core/base/program_files.h"
#include "ui/base/file_path.h"
#include "ui/video/libav/film_module.h"
#include "ui/video/numbered_frames.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLibrary>

#include <algorithm>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FilmWriter)
};

constexpr int smallest_side = 16; ///< pixels
constexpr int largest_side = 8192;
constexpr int largest_gif_side = 4096;

void check(const QString& file, const FilmShape& shape, FilmFormat format)
{
    const int largest = format == FilmFormat::gif ? largest_gif_side : largest_side;
    const int least = std::min(shape.size.width(), shape.size.height());
    const int most = std::max(shape.size.width(), shape.size.height());
    if (least < smallest_side || most > largest)
        throw InputError(
            Words::tr("The film %1 must be between %2 and %3 pixels wide and high, not "
                      "%4 by %5.")
                .arg(file, QString::number(smallest_side), QString::number(largest),
                    QString::number(shape.size.width()), QString::number(shape.size.height()))
                .toStdString());
    if (shape.frames_per_second < 1 || shape.frames_per_second > fastest_film(format))
        throw InputError(Words::tr("The film %1 has from 1 to %2 frames a second, not %3.")
                             .arg(file, QString::number(fastest_film(format)),
                                 QString::number(shape.frames_per_second))
                             .toStdString());
}

using MakeFilmWriter = decltype(&circuitloom_make_film_writer);

// FFmpeg brings over a hundred libraries, which would hold up the window: they are loaded with the
// first film. Never closed.
MakeFilmWriter load_module()
{
    const std::filesystem::path file = beside_program("circuitloom-film.so");
    if (file.empty())
        throw ResourceError(Words::tr("The part that writes films, circuitloom-film.so, is not "
                                      "where this program was installed; install it again.")
                                .toStdString());
    QLibrary module(file_text(file.native()));
    module.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    const auto make
        = reinterpret_cast<MakeFilmWriter>(module.resolve(circuitloom_make_film_writer_symbol));
    if (!make)
        throw ResourceError(Words::tr("The part that writes films does not load: %1.")
                                .arg(module.errorString())
                                .toStdString());
    return make;
}

} // namespace

std::optional<FilmFormat> film_format_of(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == QStringLiteral("mp4"))
        return FilmFormat::mp4;
    if (suffix == QStringLiteral("webm"))
        return FilmFormat::webm;
    if (suffix == QStringLiteral("gif"))
        return FilmFormat::gif;
    if (suffix == QStringLiteral("png") && is_numbered(file))
        return FilmFormat::frames;
    return {};
}

QSize film_size(const QSize& wanted, FilmFormat format)
{
    if (format != FilmFormat::mp4 && format != FilmFormat::webm)
        return wanted;
    return { wanted.width() + wanted.width() % 2, wanted.height() + wanted.height() % 2 };
}

int fastest_film(FilmFormat format)
{
    return format == FilmFormat::gif ? 50 : 120;
}

std::unique_ptr<FilmWriter> film_writer(
    const QString& file, const FilmShape& shape, std::span<const QImage> samples)
{
    const std::optional<FilmFormat> format = film_format_of(file);
    if (!format)
        throw InputError(
            Words::tr("The film %1 has no known format; its name must end in .mp4, .webm "
                      "or .gif, or be numbered as in %2.")
                .arg(file, QStringLiteral("frames/%04d.png"))
                .toStdString());
    check(file, shape, *format);
    if (*format == FilmFormat::frames)
        return std::make_unique<NumberedFrames>(file);
    static const MakeFilmWriter make = load_module();
    return std::unique_ptr<FilmWriter>(make(file, *format, shape, samples));
}

} // namespace circuitloom::ui
