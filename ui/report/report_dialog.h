#pragma once

#include "core/base/ids.h"
#include "ui/export/bar_job.h"

#include <QDialog>

#include <vector>

class QLineEdit;
class QListWidget;

namespace circuitloom::ui {

class ReportJob;

/// A run that a report can be on.
struct ReportChoice
{
    RunId run;
    QString name;
    bool chosen = false;
};

/// Asks on which runs a report is to be and where it goes, and writes it while the window goes on.
class ReportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `experiment`: the file that the runs are read from.
    ReportDialog(const QString& experiment, const std::vector<ReportChoice>& runs,
        QWidget* parent = nullptr);
    ~ReportDialog() override;

    QString file() const;
    void set_file(const QString& file);
    /// The experiment, if it is `from`, has another name now.
    void follow_file(const QString& from, const QString& to);
    bool working() const { return job_.working(); }

    /// Cancels the report that is being made, else closes.
    void reject() override;

Q_SIGNALS:
    void written(const QString& file);

private:
    void arrange();
    void fill(const std::vector<ReportChoice>& runs);
    std::vector<RunId> chosen_runs() const;
    void choose_file();
    void write();
    void show_state();

    QString experiment_;
    QListWidget* runs_;
    QLineEdit* title_;
    ExportBar* bar_;
    BarJob<ReportJob> job_;
};

} // namespace circuitloom::ui
