#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_marks.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace circuitloom::ui {

class Playback;
class TimelineTrack;

/// Buttons, slider and words for a Playback, which it shows and steers.
class TimelineBar : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineBar(Playback& playback, QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_marks(const TimelineMarks& marks);

private:
    QToolButton* add_button(const QString& name, const QString& tip);
    void connect_playback();
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
    QLabel* position_;
    QLabel* detail_;
    QToolButton* follow_;
    QComboBox* speed_;
};

} // namespace circuitloom::ui
