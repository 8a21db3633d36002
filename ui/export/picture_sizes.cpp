#include "ui/export/picture_sizes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PictureSizes)
};

constexpr double pixels_per_inch = 96;
constexpr double dots_per_inch = 300;

/// A size for paper, printed `inches` wide; the smallest text is 11 logical pixels high.
PictureSize on_paper(const char* name, const QString& label, const QSizeF& size, double inches)
{
    return { QString::fromUtf8(name), label, size, dots_per_inch * inches / size.width(),
        inches * pixels_per_inch / size.width(), true };
}

} // namespace

std::span<const PictureSize> picture_sizes()
{
    static const std::array sizes{
        on_paper("column", Words::tr("Column of a paper, 3.3 in wide"), { 460, 360 }, 3.3),
        on_paper("page", Words::tr("Width of a page, 6.5 in"), { 780, 500 }, 6.5),
        PictureSize{ QStringLiteral("slide"), Words::tr("Slide, 16:9"), { 1280, 720 }, 1.5 },
    };
    return sizes;
}

std::span<const PictureSize> film_sizes()
{
    static const std::array sizes{
        PictureSize{ QStringLiteral("1080p"), QStringLiteral("1920 × 1080"), { 1280, 720 }, 1.5 },
        PictureSize{ QStringLiteral("720p"), QStringLiteral("1280 × 720"), { 1280, 720 }, 1 },
        PictureSize{ QStringLiteral("2160p"), QStringLiteral("3840 × 2160"), { 1280, 720 }, 3 },
        PictureSize{ QStringLiteral("square"), QStringLiteral("1080 × 1080"), { 720, 720 }, 1.5 },
    };
    return sizes;
}

const PictureSize* find_size(std::span<const PictureSize> sizes, const QString& name)
{
    const auto found
        = std::ranges::find_if(sizes, [&](const PictureSize& size) { return size.name == name; });
    return found == sizes.end() ? nullptr : &*found;
}

} // namespace circuitloom::ui
