#pragma once

#include "core/base/ids.h"
#include "core/formats/result_file.h"
#include "ui/base/background.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

namespace circuitloom::ui {

/// What a report is to be on.
struct ReportRequest
{
    std::filesystem::path file; ///< the experiment
    std::vector<RunId> runs; ///< the first one's curves are drawn in full; empty for all
    QString title; ///< empty for one made of the file and the run
    std::filesystem::path out;
};

/// Makes a report. Reading, drawing circuits and writing have a thread of their own; the plots are
/// drawn on that of the windows, one after another, so its event loop must run, and there the
/// signals arrive.
///
/// start() may be called once. Then exactly one of finished(), failed() and cancelled() follows;
/// after the latter two there is no file, or the one that was there before. Destroying it cancels
/// and waits.
class ReportJob : public QObject
{
    Q_OBJECT

public:
    /// `out` is that of the request; whether it may be replaced was decided when it was made.
    ReportJob(ReportRequest request, ResultFile out);
    ~ReportJob() override;

    void start();
    /// May be called on any thread.
    void cancel() { stop_.request_stop(); }

Q_SIGNALS:
    void progressed(int pictures, int of);
    void finished();
    void failed(const QString& sentence);
    void cancelled();

private:
    struct Content;

    void read(Content& content);
    void draw_next_plot();
    void write();
    void end_with(const QString& sentence);

    ReportRequest request_;
    ResultFile out_;
    std::stop_source stop_;
    std::shared_ptr<Content> content_; ///< of one thread at a time
    Background background_; ///< ends before the rest does
};

/// The name of a report on this experiment, beside it.
QString proposed_report(const QString& experiment, const QString& folder);

} // namespace circuitloom::ui
