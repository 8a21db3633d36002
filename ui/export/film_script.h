#pragma once

namespace circuitloom::ui {

/// Says which moment of a run each frame of a film shows.
struct FilmScript
{
    int from = 0; ///< iterations, both included
    int to = 0;
    double iterations_per_second = 8;
    int frames_per_second = 30;
    double hold = 1; ///< seconds that the last iteration stays

    bool operator==(const FilmScript&) const = default;
};

/// The number of frames, at least 1.
int frame_count(const FilmScript& script);

/// The moment that `frame` shows, from `from` to `to`: 3.25 is a quarter of the way from iteration
/// 3 to 4. Every iteration stands still for a while before the film moves on to the next.
double position_at(const FilmScript& script, int frame);

/// The speed at which the film lasts so many seconds, up to longest_film(); at least 0.01 iterations
/// a second.
double speed_for(const FilmScript& script, double seconds);

/// How long a film lasts, in seconds.
double film_seconds(const FilmScript& script);
/// The longest that a film of these iterations can be made to last: an hour, and less where that
/// would be slower than 0.01 iterations a second.
double longest_film(const FilmScript& script);

} // namespace circuitloom::ui
