#pragma once

#include "core/analysis/components.h"
#include "core/analysis/group_courses.h"
#include "core/analysis/strength_rank.h"
#include "ui/inspector/inspected_subject.h"
#include "ui/panels/panel_context.h"
#include "ui/session/circuit_pieces.h"

#include <QWidget>

#include <optional>
#include <vector>

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
    /// The figures are those in `circuit`, which the run has at `place`. While it is hidden it reads
    /// no further.
    void show_subject(const InspectedSubject& subject, const ShownPlace& place,
        const std::vector<CircuitEdge>& circuit, const Components& components);

private:
    /// How many parts have a line.
    std::size_t drawn() const;
    /// Nothing is known of the present subject.
    void begin();
    /// The run has grown.
    void follow();
    void take(const std::vector<Circuit>& circuits);
    void draw();
    QString figures() const;

    PanelContext& context_;
    CourseChart* chart_;
    QLabel* names_; ///< of the lines
    QLabel* figures_;
    QLabel* failure_;
    InspectedSubject subject_;
    std::optional<ShownPlace> place_;
    std::optional<StrengthRank> rank_; ///< there, where one node is inspected that is in the circuit
    std::optional<EdgeCertainty> certainty_; ///< likewise of an edge, where that was resampled
    GroupCourses courses_; ///< of the parts that have a line, and last of all parts
    CircuitPieces pieces_;
};

} // namespace circuitloom::ui
