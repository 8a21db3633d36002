#pragma once

#include "ui/start/experiment_card.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace circuitloom::ui {

class ExperimentRow;

/// What stands in the circuit's place while there is none: one prominent button runs the demo,
/// others open a finished sample or a file; below are the experiments to go on with.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void show_cards(const std::vector<ExperimentCard>& cards);
    /// Says that so many more that nobody saved lie in the folder.
    void show_unlisted(int count, const QString& folder);

Q_SIGNALS:
    void demo_requested();
    void sample_requested();
    void open_requested();
    /// The page is seen: the cards should be read anew.
    void shown();
    void card_chosen(const ExperimentCard& card);
    /// Its run that was interrupted is to go on.
    void going_on_requested(const ExperimentCard& card);
    void naming_requested(const ExperimentCard& card);
    void deletion_requested(const ExperimentCard& card);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void add_welcome(QVBoxLayout& column);
    QPushButton* add_button(const char* name, const QString& text, int height);
    ExperimentRow* add_row();

    QWidget* page_; ///< what scrolls
    QLabel* unsaved_heading_;
    QVBoxLayout* unsaved_;
    QLabel* unlisted_;
    QLabel* recent_heading_;
    QVBoxLayout* recent_;
    std::vector<ExperimentRow*> rows_; ///< the unsaved ones first
};

} // namespace circuitloom::ui
