#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace circuitloom::ui {

/// The lowest line of a dialog for a run: what is wrong or doubtful with it, and the buttons.
class StartLine : public QWidget
{
    Q_OBJECT

public:
    explicit StartLine(QWidget* parent = nullptr);

    /// `problem` keeps the run from being started, `warning` does not; empty for none.
    void show_problem(const QString& problem, const QString& warning);
    /// What the button says that starts it.
    void set_start_text(const QString& text);

Q_SIGNALS:
    void start_clicked();
    void cancel_clicked();

private:
    QLabel* problem_;
    QLabel* warning_;
    QPushButton* start_;
};

} // namespace circuitloom::ui
