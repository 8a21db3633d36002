#pragma once

#include "ui/base/background.h"
#include "ui/export/bar_job.h"
#include "ui/export/export_choices.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <stop_token>

namespace circuitloom::ui {

class ExportForm;
class ExportPreview;
class FilmJob;
class RunDataJob;

/// Asks how a circuit, a film or curves are to be exported, shows what comes out, and writes it.
/// Starts as it was left the last time. It shows the run as it was when the dialog was opened.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ExportDialog(ExportSource source, QWidget* parent = nullptr);
    ~ExportDialog() override;

    void choose_kind(ExportChoices::Kind kind);
    /// The iterations of a film, both included; at first all.
    void choose_range(int from, int to);
    /// Where it is going to be written.
    QString file() const;
    void set_file(const QString& file);
    /// The experiment, if it is `from`, has another name now.
    void follow_file(const QString& from, const QString& to);
    bool working() const { return job_.working() || data_job_.working(); }

    void reject() override;

Q_SIGNALS:
    void exported(const QString& file);

private:
    void arrange();
    void follow_form();
    void follow_name();
    void refresh_preview();
    void choose_file();
    void write();
    void start_film(const QString& file);
    void start_run_data(const std::filesystem::path& target, const QString& file);
    bool cancel();
    QString progress_text(int frames, int of) const;
    void copy();
    void show_state();
    ExportSource chosen_source() const;
    PicturePage preview_page();
    /// The last iteration whose circuit the preview shows.
    int previewed_iteration() const;
    /// Whether it is known how old the edges in the preview are; else that is read from now on.
    bool ages_are_known();

    ExportSource source_;
    RunScenes scenes_;
    ExportForm* form_;
    ExportPreview* preview_;
    ExportBar* bar_;
    QTimer preview_soon_;
    BarJob<FilmJob> job_;
    BarJob<RunDataJob> data_job_;
    QElapsedTimer working_for_;
    bool reading_ages_ = false;
    std::stop_source stop_reading_;
    Background background_; // last, so that its work ends first
};

} // namespace circuitloom::ui
