#include "ui/export/film_job.h"

#include "core/base/error.h"
#include "ui/export/frame_queue.h"
#include "ui/video/film_writer.h"

#include <QElapsedTimer>

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr int samples = 16; // frames that a GIF's colours are chosen from
constexpr qint64 between_reports = 80; // milliseconds
constexpr int most_painters = 4; // each holds some frames: 8 MB for one of 1920 × 1080

std::vector<QImage> sample_frames(FilmFrames& frames, int count)
{
    std::vector<QImage> chosen;
    const int wanted = std::min(samples, count);
    for (int i = 0; i < wanted; ++i)
        chosen.push_back(frames.at((count - 1) * i / std::max(wanted - 1, 1)));
    return chosen;
}

/// Keeps the exception with which the first of several threads failed.
class FirstFailure
{
public:
    /// Runs `work`; where it throws, the frames in the queue are no longer wanted.
    template <class Work>
    void guard(FrameQueue& queue, Work work)
    {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!first_)
                first_ = std::current_exception();
            queue.abandon();
        }
    }

    void rethrow()
    {
        if (first_)
            std::rethrow_exception(first_);
    }

private:
    std::mutex mutex_;
    std::exception_ptr first_;
};

} // namespace

FilmJob::FilmJob(const QString& file, FilmContent film, std::vector<PlottedRun> curves)
    : file_(file)
    , film_(std::move(film))
    , runs_(std::move(curves))
{
    if (const std::optional<FilmFormat> format = film_format_of(file_)) {
        const QSizeF pixels = film_size((film_.page.size * film_.scale).toSize(), *format);
        film_.page.size = pixels / film_.scale;
    }
}

FilmJob::~FilmJob()
{
    cancel();
    if (thread_)
        thread_->wait();
}

void FilmJob::start()
{
    thread_.reset(QThread::create([this] { run(); }));
    thread_->start();
}

void FilmJob::cancel()
{
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    curves_drawn_.notify_all();
}

void FilmJob::run()
{
    try {
        if (make_film())
            return;
    } catch (const std::exception& error) {
        if (!cancelled_) {
            Q_EMIT failed(QString::fromStdString(error.what()));
            return;
        }
    }
    Q_EMIT cancelled();
}

bool FilmJob::make_film()
{
    const std::optional<FilmFormat> format = film_format_of(file_);
    const int count = frame_count(film_.script);
    std::vector<QImage> chosen;
    if (format == FilmFormat::gif) {
        FilmFrames frames(film_, [this](int step) { return curves_at(step); });
        chosen = sample_frames(frames, count);
    }
    const auto writer
        = film_writer(file_, { frame_size(film_), film_.script.frames_per_second }, chosen);
    encode_all(*writer, count);
    if (cancelled_)
        return false;
    writer->finish();
    Q_EMIT finished(file_, writer->note());
    return true;
}

void FilmJob::encode_all(FilmWriter& writer, int count)
{
    const int painters = std::clamp(QThread::idealThreadCount(), 1, most_painters);
    FrameQueue queue(2 * painters);
    FirstFailure failure;
    std::atomic<int> next = 0;
    std::vector<std::thread> threads;
    const auto paint = [&] {
        FilmFrames frames(film_, [this](int step) { return curves_at(step); });
        for (int frame = next++; frame < count && !cancelled_; frame = next++) {
            if (!queue.push(frame, frames.at(frame)))
                return;
        }
        if (cancelled_)
            queue.abandon();
    };
    failure.guard(queue, [&] {
        for (int i = 0; i < painters; ++i)
            threads.emplace_back([&] { failure.guard(queue, paint); });
    });

    QElapsedTimer since_report;
    since_report.start();
    failure.guard(queue, [&] {
        for (int done = 1; done <= count; ++done) {
            const std::optional<QImage> frame = queue.pop();
            if (!frame)
                return;
            writer.add(*frame);
            if (since_report.elapsed() >= between_reports || done == count) {
                Q_EMIT progressed(done, count);
                since_report.restart();
            }
        }
    });
    queue.close();
    for (std::thread& thread : threads)
        thread.join();
    failure.rethrow();
}

QPicture FilmJob::curves_at(int step)
{
    const std::lock_guard one_at_a_time(asking_);
    QMetaObject::invokeMethod(
        this, [this, step] { draw_curves(step); }, Qt::QueuedConnection);
    std::unique_lock lock(mutex_);
    curves_drawn_.wait(lock, [this] { return cancelled_ || drawn_; });
    return std::exchange(drawn_, std::nullopt).value_or(QPicture());
}

void FilmJob::draw_curves(int step)
{
    if (!plots_)
        plots_ = std::make_unique<PlotRow>(
            runs_, film_.theme, curves_size(film_), form_for(film_.page.curves));
    std::optional<QPicture> picture(plots_->picture(step));
    const std::lock_guard lock(mutex_);
    drawn_ = picture; // a picture is copied, not moved, and the two share what they hold …
    picture.reset(); // … so this one goes before a thread has the other
    curves_drawn_.notify_all();
}

} // namespace circuitloom::ui
