#include "ui/report/report_dialog.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"
#include "ui/export/export_choices.h"
#include "ui/export/export_files.h"
#include "ui/export/replace_question.h"
#include "ui/report/report_job.h"
#include "ui/theme/text_scale.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QVBoxLayout>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int run_role = Qt::UserRole;

} // namespace

ReportDialog::ReportDialog(
    const QString& experiment, const std::vector<ReportChoice>& runs, QWidget* parent)
    : QDialog(parent)
    , experiment_(experiment)
    , runs_(new QListWidget(this))
    , title_(new QLineEdit(this))
    , bar_(new ExportBar(this))
    , job_(*bar_, [this] { show_state(); })
{
    arrange();
    fill(runs);
    const QString last = read_export_choices(QSettings()).folder;
    bar_->propose_file(proposed_report(experiment, folder_for_export(last)));
    connect(runs_, &QListWidget::itemChanged, this, [this] { bar_->say({}, false); });
    connect(bar_, &ExportBar::browse_requested, this, &ReportDialog::choose_file);
    connect(bar_, &ExportBar::close_requested, this, &ReportDialog::reject);
    connect(bar_, &ExportBar::export_requested, this, [this] {
        if (!job_.cancel())
            write();
    });
    show_state();
}

ReportDialog::~ReportDialog() = default;

void ReportDialog::arrange()
{
    setObjectName(QStringLiteral("reportDialog"));
    setWindowTitle(tr("Export a report"));
    runs_->setObjectName(QStringLiteral("reportRuns"));
    runs_->setAccessibleName(tr("Runs"));
    title_->setObjectName(QStringLiteral("reportTitle"));
    title_->setPlaceholderText(tr("The run's name, or the file's where there are several runs"));
    bar_->offer_no_copy();
    auto* what = new QLabel(
        tr("One web page that any browser shows and that loads nothing: what was asked, figures, "
           "curves, pictures, and the circuit of every iteration to play through."),
        this);
    what->setWordWrap(true);
    auto* runs_label = new QLabel(tr("&Runs on it; the first one's curves are drawn in full"), this);
    runs_label->setBuddy(runs_);
    auto* title_label = new QLabel(tr("&Title"), this);
    title_label->setBuddy(title_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    column->addWidget(what);
    column->addWidget(runs_label);
    column->addWidget(runs_, 1);
    column->addWidget(title_label);
    column->addWidget(title_);
    column->addWidget(bar_);
    resize(scaled(QSize(620, 460)));
}

void ReportDialog::fill(const std::vector<ReportChoice>& runs)
{
    for (const ReportChoice& run : runs) {
        auto* item = new QListWidgetItem(run.name, runs_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(run.chosen ? Qt::Checked : Qt::Unchecked);
        item->setData(run_role, static_cast<qlonglong>(run.run.value));
    }
    if (runs_->count() > 0)
        runs_->setCurrentRow(0);
}

QString ReportDialog::file() const
{
    return bar_->file();
}

void ReportDialog::set_file(const QString& file)
{
    bar_->set_file(file);
}

void ReportDialog::follow_file(const QString& from, const QString& to)
{
    if (experiment_ == from)
        experiment_ = to;
}

std::vector<RunId> ReportDialog::chosen_runs() const
{
    std::vector<RunId> runs;
    for (int row = 0; row < runs_->count(); ++row)
        if (runs_->item(row)->checkState() == Qt::Checked)
            runs.push_back(RunId{ runs_->item(row)->data(run_role).toLongLong() });
    return runs;
}

void ReportDialog::choose_file()
{
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export to"), file(),
        tr("Web pages (*.html);;All files (*)"), nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        set_file(chosen);
}

void ReportDialog::write()
{
    const QString to = file();
    ReportRequest request;
    request.file = path_of(experiment_);
    request.runs = chosen_runs();
    request.title = title_->text().trimmed();
    request.out = path_of(to);
    if (request.runs.empty()) {
        bar_->say(tr("Choose at least one run."), true);
        return;
    }
    if (QFileInfo(to).isFile() && !may_replace(*this, { to }))
        return;
    std::unique_ptr<ReportJob> job;
    try {
        job = std::make_unique<ReportJob>(request,
            ResultFile(request.out,
                { .content = FileContent::page, .force = true, .inputs = { request.file } }));
    } catch (const Error& error) {
        bar_->say(QString::fromUtf8(error.what()), true);
        return;
    }
    connect(job.get(), &ReportJob::finished, this, [this, to] {
        job_.end(tr("Written to %1").arg(to), false);
        Q_EMIT written(to);
    });
    QSettings settings;
    ExportChoices kept = read_export_choices(settings);
    kept.folder = QFileInfo(to).path();
    write_export_choices(settings, kept);
    job_.start(std::move(job), to, tr("Reading the runs…"),
        [](int pictures, int of) { return tr("%1 of %2 pictures").arg(pictures).arg(of); });
}

void ReportDialog::show_state()
{
    runs_->setEnabled(!working());
    title_->setEnabled(!working());
    bar_->set_state(working(), false);
}

void ReportDialog::reject()
{
    if (!job_.cancel())
        QDialog::reject();
}

} // namespace circuitloom::ui
