#pragma once

#include "core/analysis/group_courses.h"
#include "core/analysis/strength_rank.h"
#include "ui/inspector/inspected_subject.h"
#include "ui/panels/panel_context.h"
#include "ui/session/circuit_pieces.h"

#include <QWidget>

class QLabel;

namespace circuitloom::ui {

class CourseChart;

/// What is inspected over the run: its score as a curve, its stays, and what it is at the iteration
/// shown (rank, share, age). Circuits are read in the background, and the curve grows meanwhile.
class CourseSection : public QWidget
{
    Q_OBJECT

public:
    CourseSection(PanelContext& context, QWidget* parent);

    /// Several parts are drawn as a line each, as many as can be told apart, and all as their sum.
    void show_subject(const InspectedSubject& subject);
    /// The cursor, and the figures of the iteration shown.
    void show_place();

protected:
    /// While it is hidden nothing is read.
    void showEvent(QShowEvent* event) override;

private:
    /// How many parts have a line.
    std::size_t drawn() const;
    /// All circuits are read once more, for the present subject.
    void begin();
    void take(const std::vector<Circuit>& circuits);
    void draw();
    QString figures() const;
    /// In the circuit shown, where one node is inspected that is in it.
    std::optional<StrengthRank> node_rank() const;
    /// Likewise of an edge, where that circuit was resampled.
    std::optional<EdgeCertainty> certainty() const;

    PanelContext& context_;
    CourseChart* chart_;
    QLabel* names_; ///< of the lines
    QLabel* figures_;
    QLabel* failure_;
    InspectedSubject subject_;
    GroupCourses courses_; ///< of the parts that have a line, and last of all parts
    CircuitPieces pieces_;
};

} // namespace circuitloom::ui
