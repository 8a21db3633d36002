#include "ui/export/film_job.h"

#include "core/base/error.h"
#include "ui/export/frame_queue.h"
#include "ui/video/film_writer.h"

#include <QElapsedTimer>

#include <exception>
#include <thread>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int samples = 16; // frames that a GIF's colours are chosen from
constexpr qint64 between_reports = 80; // milliseconds

std::vector<QImage> sample_frames(FilmFrames& frames, int count)
{
    std::vector<QImage> chosen;
    const int wanted = std::min(samples, count);
    for (int i = 0; i < wanted; ++i)
        chosen.push_back(frames.at((count - 1) * i / std::max(wanted - 1, 1)));
    return chosen;
}

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
    thread_->start(QThread::LowPriority); // the window stays lively
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
    FilmFrames frames(film_, [this](int step) { return curves_at(step); });
    std::vector<QImage> chosen;
    if (format == FilmFormat::gif)
        chosen = sample_frames(frames, count);
    const auto writer
        = film_writer(file_, { frames.size(), film_.script.frames_per_second }, chosen);
    encode_all(*writer, frames, count);
    if (cancelled_)
        return false;
    writer->finish();
    Q_EMIT finished(file_, writer->note());
    return true;
}

void FilmJob::encode_all(FilmWriter& writer, FilmFrames& frames, int count)
{
    FrameQueue queue;
    std::exception_ptr encoding_failed;
    std::thread encoder([&] {
        try {
            while (const std::optional<QImage> frame = queue.pop())
                writer.add(*frame);
        } catch (...) {
            encoding_failed = std::current_exception();
            queue.abandon();
        }
    });
    try {
        QElapsedTimer since_report;
        since_report.start();
        for (int i = 0; i < count && !cancelled_ && queue.push(frames.at(i)); ++i) {
            if (since_report.elapsed() >= between_reports || i + 1 == count) {
                Q_EMIT progressed(i + 1, count);
                since_report.restart();
            }
        }
    } catch (...) {
        queue.abandon();
        encoder.join();
        throw;
    }
    if (cancelled_)
        queue.abandon();
    queue.close();
    encoder.join();
    if (encoding_failed)
        std::rethrow_exception(encoding_failed);
}

QPicture FilmJob::curves_at(int step)
{
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
            runs_, film_.theme, curves_size(film_), arrangement_for(film_.page.curves));
    QPicture picture = plots_->picture(step);
    const std::lock_guard lock(mutex_);
    drawn_ = std::move(picture);
    curves_drawn_.notify_all();
}

} // namespace circuitloom::ui
