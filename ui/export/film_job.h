#pragma once

#include "ui/curves/curve_plots.h"
#include "ui/export/film_frames.h"
#include "ui/export/plot_row.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace circuitloom::ui {

/// Makes a film on threads of its own: some paint the frames, one encodes them. Lives on the GUI's
/// thread, whose event loop must run: it is there that curves are drawn, and signals arrive.
///
/// start() may be called once. Then exactly one of finished(), failed() and cancelled() follows;
/// after the latter two there is no file. Destroying it cancels and waits.
class FilmJob : public QObject
{
    Q_OBJECT

public:
    /// `curves` are shown where the film's page has room for them.
    FilmJob(const QString& file, FilmContent film, std::vector<PlottedRun> curves);
    ~FilmJob() override;

    void start();
    void cancel();
    bool running() const { return thread_ && thread_->isRunning(); }

Q_SIGNALS:
    void progressed(int frames, int of);
    /// `note`: what the user should know of the film; mostly empty.
    void finished(const QString& file, const QString& note);
    void failed(const QString& sentence);
    void cancelled();

private:
    void run();
    /// False where it was cancelled.
    bool make_film();
    void encode_all(class FilmWriter& writer, int count);
    /// Called on a painting thread: waits for the GUI's. Empty once cancelled.
    QPicture curves_at(int step);
    void draw_curves(int step);

    QString file_;
    FilmContent film_;
    std::vector<PlottedRun> runs_;
    std::unique_ptr<PlotRow> plots_; ///< made with the first curves
    std::unique_ptr<QThread> thread_;
    std::atomic<bool> cancelled_ = false;

    std::mutex asking_; ///< for curves
    std::mutex mutex_;
    std::condition_variable curves_drawn_;
    std::optional<QPicture> drawn_;
};

} // namespace circuitloom::ui
