#include "ui/export/film_script.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double slowest = 0.01; // iterations a second
constexpr double an_hour = 3600;
constexpr double rest = 0.4; // of the time to the next iteration: so long each stands still

// From 0 to 1, gently at both ends.
double eased(double share)
{
    return share * share * (3 - 2 * share);
}

} // namespace

int frame_count(const FilmScript& script)
{
    // Far below what an int holds: see longest_film().
    const double seconds = std::min(film_seconds(script), 100 * an_hour);
    return std::max(1, static_cast<int>(std::lround(seconds * script.frames_per_second)));
}

double film_seconds(const FilmScript& script)
{
    return (script.to - script.from) / script.iterations_per_second + script.hold;
}

double longest_film(const FilmScript& script)
{
    return std::min(an_hour, (script.to - script.from) / slowest + script.hold);
}

double position_at(const FilmScript& script, int frame)
{
    const double gone = frame * script.iterations_per_second / script.frames_per_second;
    const double whole = std::floor(gone);
    const double moved = std::max((gone - whole - rest) / (1 - rest), 0.0);
    return std::clamp(script.from + whole + eased(moved), static_cast<double>(script.from),
        static_cast<double>(script.to));
}

double speed_for(const FilmScript& script, double seconds)
{
    const double moving = std::max(seconds - script.hold, 1.0 / script.frames_per_second);
    return std::max((script.to - script.from) / moving, slowest);
}

} // namespace circuitloom::ui
