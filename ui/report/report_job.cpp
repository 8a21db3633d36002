#include "ui/report/report_job.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"
#include "ui/report/report_pictures.h"
#include "ui/report/report_template.h"
#include "ui/session/run_history.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QTimer>

#include <optional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_scores = 1'000'000; ///< of one run: about ten megabytes of the page

std::vector<RunId> all_runs(const ExperimentReader& reader)
{
    std::vector<RunId> runs;
    for (const RunSummary& run : reader.runs())
        runs.push_back(run.id);
    return runs;
}

/// Throws Cancelled where nobody wants the report any more.
void require_wanted(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled("The report was cancelled.");
}

} // namespace

/// A report in the making.
struct ReportJob::Content
{
    Report report;
    std::vector<PlottedRun> curves;
    std::optional<ReportPlots> plots;
    int pictures = 0; ///< there
    int of = 0;
};

ReportJob::ReportJob(ReportRequest request, ResultFile out)
    : request_(std::move(request))
    , out_(std::move(out))
    , content_(std::make_shared<Content>())
{
}

ReportJob::~ReportJob()
{
    cancel();
    background_.wait();
}

void ReportJob::start()
{
    background_.run(
        this, [this] { read(*content_); },
        [this] {
            content_->plots.emplace(content_->curves);
            content_->of = content_->pictures + content_->plots->count();
            draw_next_plot();
        },
        [this](const QString& sentence) { end_with(sentence); });
}

/// On the job's own thread.
void ReportJob::read(Content& content)
{
    const ExperimentReader reader(request_.file);
    Report& report = content.report;
    report.file = request_.file;
    report.made = QDateTime::currentSecsSinceEpoch();
    report.version = QCoreApplication::applicationVersion().toStdString();
    report.parts = report_template();
    const std::vector<RunId> ids = request_.runs.empty() ? all_runs(reader) : request_.runs;
    if (ids.empty())
        throw InputError(request_.file.string() + " holds no run.");
    for (const RunId id : ids) {
        report.runs.push_back(
            read_report_run(reader, id, most_scores, [this] { require_wanted(stop_.get_token()); }));
        require_wanted(stop_.get_token());
        const RunHistory history = load_history(reader, report.runs.back().summary);
        const RunDescription& is = history.summary.description;
        content.curves.push_back(
            { id, QString::fromStdString(is.name), {}, is.steps, history.curves });
        content.of += circuit_pictures(report.runs.back());
    }
    report.own_title = !request_.title.isEmpty();
    if (report.own_title)
        report.title = request_.title.toStdString();
    else if (ids.size() == 1)
        report.title = report.runs.front().summary.description.name;
    else
        report.title = request_.file.stem().string();
    for (ReportRun& run : report.runs)
        draw_circuits(run, reader, [&] {
            require_wanted(stop_.get_token());
            Q_EMIT progressed(++content.pictures, content.of);
        });
}

void ReportJob::draw_next_plot()
{
    if (stop_.stop_requested()) {
        Q_EMIT cancelled();
        return;
    }
    const auto next = static_cast<int>(content_->report.plots.size());
    if (next == content_->plots->count()) {
        write();
        return;
    }
    content_->report.plots.push_back(content_->plots->plot(next));
    Q_EMIT progressed(++content_->pictures, content_->of);
    // The window gets its turn between two plots.
    QTimer::singleShot(0, this, &ReportJob::draw_next_plot);
}

void ReportJob::write()
{
    background_.run(
        this,
        [content = content_, out = out_, stop = stop_.get_token()] {
            const std::string page
                = report_page(content->report, [&stop] { require_wanted(stop); });
            require_wanted(stop);
            out.write(page);
        },
        [this] { Q_EMIT finished(); }, [this](const QString& sentence) { end_with(sentence); });
}

void ReportJob::end_with(const QString& sentence)
{
    if (stop_.stop_requested())
        Q_EMIT cancelled();
    else
        Q_EMIT failed(sentence);
}

QString proposed_report(const QString& experiment, const QString& folder)
{
    return folder + u'/' + QFileInfo(experiment).completeBaseName() + QStringLiteral("-report.html");
}

} // namespace circuitloom::ui
