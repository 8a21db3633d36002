#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_marks.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QToolButton;

namespace circuitloom::ui {

class Playback;
class PositionEdit;
class TimelineTrack;

/// Buttons, slider and words for a Playback, which it shows and steers.
class TimelineBar : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineBar(Playback& playback, QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_marks(const TimelineMarks& marks);
    /// The actions that a right click on the track offers, after it has shown the iteration clicked
    /// at.
    void set_menu(const QList<QAction*>& actions);

    /// Lets the user type where to go.
    void type_position();
    /// Shows the next, or the previous, iteration that has a mark, where there is one.
    void next_mark();
    void previous_mark();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* add_button(const QString& name, const QString& tip);
    void lay_out();
    void fit_words();
    void connect_playback();
    void connect_track();
    void show_state();
    void show_position();
    void show_speed();

    Playback& playback_;
    Theme theme_;
    TimelineMarks marks_;
    QToolButton* first_;
    QToolButton* previous_;
    QToolButton* play_;
    QToolButton* next_;
    QToolButton* last_;
    TimelineTrack* track_;
    QWidget* words_;
    QLabel* before_;
    PositionEdit* position_;
    QLabel* count_;
    QLabel* detail_;
    QToolButton* follow_;
    QComboBox* speed_;
};

} // namespace circuitloom::ui
