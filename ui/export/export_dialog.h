#pragma once

#include "ui/export/export_choices.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSlider;

namespace circuitloom::ui {

class ExportForm;
class FilmJob;
class PagePreview;

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
    bool working() const { return job_ != nullptr; }

    void reject() override;

Q_SIGNALS:
    void exported(const QString& file);

private:
    void build();
    QWidget* side();
    QWidget* bottom();
    void show_form();
    void refresh_preview();
    void choose_file();
    void write();
    void start_film(const QString& file);
    void end_film(const QString& sentence, bool failed);
    void copy();
    void show_state();
    void say(const QString& sentence, bool failed);
    ExportSource chosen_source() const;
    PicturePage preview_page();

    ExportSource source_;
    RunScenes scenes_;
    ExportForm* form_ = nullptr;
    PagePreview* preview_ = nullptr;
    QSlider* moment_ = nullptr; ///< frame of the film that is previewed
    QLabel* moment_text_ = nullptr;
    QLineEdit* file_ = nullptr;
    QPushButton* choose_ = nullptr;
    QPushButton* copy_ = nullptr;
    QPushButton* close_ = nullptr;
    QPushButton* export_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QLabel* message_ = nullptr;
    bool named_by_user_ = false; ///< the file's name is no longer ours
    QTimer preview_soon_;
    std::unique_ptr<FilmJob> job_;
    QElapsedTimer working_for_;
};

} // namespace circuitloom::ui
