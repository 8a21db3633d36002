#pragma once

#include "ui/export/film_script.h"
#include "ui/export/picture_page.h"
#include "ui/export/run_scenes.h"

#include <QImage>

#include <functional>
#include <vector>

namespace circuitloom::ui {

/// All that a film shows. Plain values, so that a thread of its own can paint it.
struct FilmContent
{
    std::filesystem::path file; ///< the experiment
    RunId run;
    std::vector<int> steps; ///< of every iteration
    CircuitLook look;
    FilmScript script;
    Theme theme;
    CircuitCamera camera;
    QSizeF view; ///< the size of the view that has this camera
    CircuitHighlight highlight; ///< what is lit up
    PageOptions page; ///< its stamp is made for every frame …
    bool stamped = true; ///< … where this is set
    double scale = 1; ///< pixels per logical pixel
};

/// The stamp that names an iteration, as in "iteration 12 · step 60".
QString iteration_stamp(int iteration, int step);
/// The same, and how many of the circuit's edges are shown where some are not, as in "iteration 12
/// · step 60 · 35 of 60 edges": who sees a picture has no toolbar that says what the filter leaves
/// out.
QString picture_stamp(int iteration, int step, int shown, int all);
/// The stamp that takes most room of all in a film of these steps.
QString widest_stamp(const CircuitLook& look, const std::vector<int>& steps);

/// The size of every frame, in pixels.
QSize frame_size(const FilmContent& film);

/// The size of the curves in a page of the film; empty where it has none.
QSizeF curves_size(const FilmContent& film);

/// Paints the frames of a film. What looks the same at every iteration is painted once.
class FilmFrames
{
public:
    /// The curves with the cursor at a step; called on the thread that uses this.
    using CurvesAt = std::function<QPicture(int step)>;

    FilmFrames(FilmContent film, CurvesAt curves);

    QImage at(int frame);

private:
    QImage blank() const;
    void paint_still(const PicturePage& page);
    void paint_curves(QPainter& painter, int iteration, const QRectF& area);

    FilmContent film_;
    CurvesAt curves_;
    RunScenes scenes_;
    QImage still_; ///< background, bands, title: null until the first frame
    QImage curves_image_; ///< with the cursor at `curves_iteration_`
    int curves_iteration_ = -1;
};

} // namespace circuitloom::ui
