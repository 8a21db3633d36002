#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_marks.h"
#include "ui/timeline/timeline_scale.h"

#include <QWidget>

namespace circuitloom::ui {

/// The slider: a handle on a line, evaluations as diamonds and reached marks as flags above it,
/// the edges that entered at each iteration as bars below. Dragging scrubs at once.
class TimelineTrack : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineTrack(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_marks(const TimelineMarks& marks);
    void set_current(int index);

    QSize sizeHint() const override { return { 400, 64 }; }
    QSize minimumSizeHint() const override { return { 120, 64 }; }
    /// Between the first and the last iteration, in widget pixels.
    TimelineScale scale() const;

Q_SIGNALS:
    void scrubbed(int index);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void draw_bars(QPainter& painter, const TimelineScale& scale) const;
    void draw_evaluations(QPainter& painter, const TimelineScale& scale) const;
    void draw_flags(QPainter& painter, const TimelineScale& scale) const;
    void draw_handle(QPainter& painter, const TimelineScale& scale) const;
    double line_y() const;
    QString description_at(double x) const;

    Theme theme_;
    TimelineMarks marks_;
    int current_ = -1;
};

} // namespace circuitloom::ui
