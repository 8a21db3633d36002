#pragma once

#include "core/analysis/group_courses.h"
#include "ui/base/painted_parts.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// One line of a CourseChart.
struct CourseLine
{
    QString name;
    QColor color;
    bool dashed = false;
    std::vector<std::optional<double>> values; ///< one an iteration; nothing where it is out
    bool operator==(const CourseLine&) const = default;
};

/// Scores over the iterations of a run as lines with gaps, and below them a strip with the stays of
/// what is inspected. The cursor is the iteration shown; a click goes to another one.
class CourseChart : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit CourseChart(QWidget* parent = nullptr);

    /// `iterations` is the width of the axis; the lines may be shorter while they are being read.
    void set_content(
        std::vector<CourseLine> lines, std::vector<GroupStay> stays, int iterations);
    void set_cursor(int iteration);
    void set_theme(const Theme& theme);

    const std::vector<CourseLine>& lines() const { return lines_; }
    const std::vector<GroupStay>& stays() const { return stays_; }
    /// Where an iteration is drawn, in pixels of this widget, and which one is nearest.
    double x_of(int iteration) const;
    int iteration_at(double x) const;

    /// Its parts are the iterations, with the score of every line.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void iteration_requested(int iteration);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString text_at(int iteration) const;
    void describe();
    QRectF plot_area() const;
    QRectF strip_area() const;

    Theme theme_;
    std::vector<CourseLine> lines_;
    std::vector<GroupStay> stays_;
    int iterations_ = 0;
    int cursor_ = -1;
    double least_ = 0;
    double greatest_ = 0;
};

} // namespace circuitloom::ui
