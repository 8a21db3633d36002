#pragma once

#include "ui/inspector/inspected_subject.h"
#include "ui/panels/panel_context.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QCheckBox;
class QLabel;

namespace circuitloom::ui {

class AnswerState;
class AttentionGrid;
class CourseSection;
class DriftSection;
class EdgeRows;
class HeadSection;
class LensSection;
class TriedSentence;

/// All that is known of what is selected in the circuit: over the run, at the iteration shown, and
/// in the model of that iteration. Where nothing is selected, the attention of the circuit's heads,
/// or of all.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorPanel(PanelContext& context, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void show_title();
    /// What stands under the name, or in its place.
    void show_kind();
    void show_grid_state();
    QString unselected_text() const;

    PanelContext& context_;
    QLabel* title_;
    QLabel* kind_;
    CourseSection* course_;
    EdgeRows* edges_;
    HeadSection* head_;
    LensSection* lens_;
    DriftSection* drift_;
    TriedSentence* tried_;
    QWidget* maps_; ///< the grid and its choice
    QCheckBox* all_heads_;
    AttentionGrid* grid_;
    AnswerState* grid_state_;
    QTimer soon_; ///< while the timeline runs there is no need to follow every frame
    std::shared_ptr<const ComputationalGraph> graph_;
    std::unique_ptr<Components> components_; ///< of that graph
    GraphChoice selection_; ///< what the subject is of
    InspectedSubject subject_;
    /// What the grid's attention is shown on: the task's own example only where all heads are asked
    /// for.
    QString sentence_;
};

} // namespace circuitloom::ui
