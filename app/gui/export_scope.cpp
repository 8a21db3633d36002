#include "app/gui/export_scope.h"

#include "core/base/error.h"
#include "ui/export/circuit_data.h"
#include "ui/video/film_writer.h"

#include <QFileInfo>

#include <string>
#include <string_view>

namespace circuitloom {

namespace {

constexpr unsigned bit(Exported made)
{
    return static_cast<unsigned>(made);
}

constexpr unsigned film = bit(Exported::film);
constexpr unsigned moment = bit(Exported::picture) | bit(Exported::edges); ///< of one iteration
constexpr unsigned drawn_circuit = bit(Exported::picture) | film;
constexpr unsigned circuit = moment | film;
constexpr unsigned curves = bit(Exported::curves) | bit(Exported::curve_numbers);
constexpr unsigned sweep = bit(Exported::sweep) | bit(Exported::sweep_numbers);
constexpr unsigned still = bit(Exported::picture) | bit(Exported::curves) | bit(Exported::sweep);
constexpr unsigned painted = still | film;

/// What an option means something for; what is named in no row means something for all.
struct Scope
{
    std::string_view option;
    unsigned made;
    std::string_view of; ///< as in `--fps is of films`
    bool look = false; ///< it chooses how things look, not what is shown
};

constexpr Scope scopes[] = {
    { "run", circuit | curves, "one run, and a sweep is of all that have finished" },
    { "iteration", moment | bit(Exported::curves),
        "one iteration; which iterations a film shows is said by --range" },
    { "range", film,
        "films; which iteration a picture or its edges are of is said by --iteration" },
    { "fps", film, "films" },
    { "speed", film, "films" },
    { "seconds", film, "films" },
    { "over", sweep, "sweeps (--what sweep)" },
    { "measure", sweep, "sweeps (--what sweep)" },
    { "scale-over", sweep, "sweeps (--what sweep)" },
    { "theme", painted | moment, "what is drawn", true },
    { "dashes", circuit, "circuits", true },
    { "layout", circuit, "circuits" },
    { "fold", circuit, "circuits" },
    { "strongest", circuit, "circuits" },
    { "share", circuit, "circuits" },
    { "threshold", circuit, "circuits" },
    { "connected", circuit, "circuits" },
    { "kinds", circuit, "circuits" },
    { "layers", circuit, "circuits" },
    { "only", circuit, "circuits" },
    { "select", drawn_circuit, "pictures and films of circuits; --isolate chooses edges" },
    { "isolate", circuit, "circuits" },
    { "hide", circuit, "circuits" },
    { "color", circuit, "circuits" },
    { "width-scale", circuit, "circuits" },
    { "preset", painted, "pictures and films", true },
    { "size", painted, "pictures and films", true },
    { "scale", painted, "pictures and films", true },
    { "transparent", still, "still pictures", true },
    { "title", painted, "pictures and films", true },
    { "caption", painted, "pictures and films", true },
    { "no-legend", drawn_circuit, "pictures and films of circuits", true },
    { "no-stamp", drawn_circuit | bit(Exported::curves), "pictures of a moment and films", true },
    { "curves", drawn_circuit, "pictures and films of circuits; --what curves shows them alone" },
};

std::string_view name_of(Exported made)
{
    switch (made) {
    case Exported::picture:
        return "the picture of a circuit";
    case Exported::edges:
        return "the edges of a circuit";
    case Exported::curves:
        return "the picture of the curves";
    case Exported::curve_numbers:
        return "the numbers of the curves";
    case Exported::sweep:
        return "the picture of a sweep";
    case Exported::sweep_numbers:
        return "the numbers of a sweep";
    case Exported::film:
        break;
    }
    return "a film";
}

} // namespace

Exported exported_by(const QString& what, const QString& out)
{
    const bool numbers = QFileInfo(out).suffix().toLower() == QStringLiteral("csv");
    if (what == QStringLiteral("curves"))
        return numbers ? Exported::curve_numbers : Exported::curves;
    if (what == QStringLiteral("sweep"))
        return numbers ? Exported::sweep_numbers : Exported::sweep;
    if (ui::film_format_of(out))
        return Exported::film;
    return ui::is_circuit_data(out) ? Exported::edges : Exported::picture;
}

QStringList meaningless_looks(Exported made, const QStringList& given)
{
    QStringList remarks;
    for (const Scope& scope : scopes) {
        const std::string name(scope.option);
        if ((scope.made & bit(made)) != 0 || !given.contains(QString::fromStdString(name)))
            continue;
        const std::string sentence = "--" + name + " is of " + std::string(scope.of)
            + ". It means nothing for " + std::string(name_of(made));
        if (!scope.look)
            throw InputError(sentence + "; leave it out.");
        remarks << QString::fromStdString(sentence + ".");
    }
    if (given.contains(QStringLiteral("seconds")) && given.contains(QStringLiteral("speed")))
        throw InputError("--seconds gives a film its speed; leave out it or --speed.");
    return remarks;
}

} // namespace circuitloom
