#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/timeline_marks.h"
#include "ui/timeline/timeline_scale.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace circuitloom::ui {

/// The slider: a handle on a line with the run's marks around it (timeline_drawing.h). Dragging
/// the handle scrubs at once; the two tabs on the line are the ends of the loop, which at first is
/// the whole run. Repaints only where something to be seen has changed.
class TimelineTrack : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineTrack(QWidget* parent = nullptr);

    void set_theme(const Theme& theme);
    void set_marks(const TimelineMarks& marks);
    /// The place of the handle, which may lie between two iterations; -1 for none.
    void set_position(double position);
    void set_loop(const std::optional<LoopRange>& loop);

    const TimelineMarks& marks() const { return marks_; }
    /// The iteration that the handle is at or has passed; -1 for none.
    int iteration() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Where the iterations lie, in pixels as they are where texts have their usual size: where
    /// they are larger, the widget's are as many times as many.
    TimelineScale scale() const;
    /// What the tooltip says at `x`.
    QString description_at(double x) const;

Q_SIGNALS:
    void scrubbed(int index);
    /// The user drags an end of the loop.
    void loop_dragged(const LoopRange& range);

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent*) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Part
    {
        nothing,
        line,
        loop_start,
        loop_end
    };

    void drop_picture();
    void draw_loop(QPainter& painter, const TimelineScale& scale) const;
    void draw_handle(QPainter& painter, const TimelineScale& scale) const;
    Part part_at(const QPointF& point) const;
    /// The iteration that a press at `point` means: near a mark, the mark's.
    int aimed_at(const QPointF& point) const;
    void drag_to(double x);
    void set_hovered(Part part);
    LoopRange shown_loop() const;

    Theme theme_;
    double enlarged_ = 1; ///< how much larger all is shown than it is laid out and painted
    TimelineMarks marks_;
    double position_ = -1;
    std::optional<LoopRange> loop_;
    Part hovered_ = Part::nothing;
    Part dragged_ = Part::nothing;
    QPixmap picture_; ///< of the marks; null where it has to be drawn anew
};

} // namespace circuitloom::ui
