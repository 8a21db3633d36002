#pragma once

#include "core/graph/certainty.h"
#include "core/graph/circuit_reach.h"
#include "core/graph/computational_graph.h"
#include "core/run/questions.h"
#include "ui/panels/candidate_words.h"
#include "ui/panels/compared_with.h"
#include "ui/panels/named_ablation.h"
#include "ui/session/run_history.h"
#include "ui/theme/theme.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

class CircuitView;
class DynamicsReader;

/// What the window shows now, as far as a panel needs to know: which run, which iteration.
struct ShownPlace
{
    QString file; ///< the .loom file
    RunId run;
    int iteration = 0;
    int step = 0; ///< optimizer steps before that iteration's discovery
    std::shared_ptr<const ComputationalGraph> graph;

    /// Its model, for a question.
    RunMoment moment() const;
    /// The model that the run began with.
    RunMoment start() const;
};

/// What becomes of a question. Exactly one of answered and failed is called, and nothing any more
/// once the asker has asked again. Called on the window's thread.
struct ReplyHandlers
{
    std::function<void(const Answer&)> answered;
    std::function<void(const QString& sentence)> failed;
    std::function<void(const QString& what, int done, int total)> progressed = {};
};

/// One edge of the circuit that is shown, and what is known of it.
struct CircuitEdge
{
    EdgeId edge;
    double score = 0;
    /// In the circuit that the colours compare with; 0 where that lacks the edge. Empty where they
    /// compare with none.
    std::optional<double> before;
    std::optional<int> age; ///< iterations without a break
    std::optional<double> inclusion; ///< share of the run's iterations that have it, 0…1
    std::optional<EdgeCertainty> certainty = {}; ///< where the circuit was resampled
};

/// All that a panel may know of the window, and its way to the engine. The window implements it; a
/// panel is made with it and outlives neither (see resources/docs/architecture.md, "How to add a
/// panel").
class PanelContext : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Nothing where no iteration is shown.
    virtual std::optional<ShownPlace> place() const = 0;
    /// The run that is shown, as far as it has been read; null where there is none. Lives until
    /// control returns to the event loop.
    virtual const RunHistory* run() const = 0;
    /// Shows an iteration of that run.
    virtual void go_to(int iteration) = 0;
    /// The nodes and edges selected in the circuit view.
    virtual GraphChoice selection() const = 0;
    /// Shows `choice` as selected in the circuit view.
    virtual void select(const GraphChoice& choice) = 0;
    /// What is switched off in the circuit view.
    virtual GraphChoice switched_off() const = 0;
    /// Shows `choice`, and nothing else, as switched off in the circuit view.
    virtual void switch_off(const GraphChoice& choice) = 0;
    /// All of the circuit that is shown, whatever is filtered out of its picture, strongest first.
    /// Ages and inclusion may come later, with edges_changed().
    virtual std::vector<CircuitEdge> edges() const = 0;
    virtual const Theme& theme() const = 0;
    /// What run_dynamics() says of runs of the open file.
    virtual DynamicsReader& dynamics() = 0;
    /// The sentence that models are tried on, one for all panels; it is kept with the file.
    const QString& sentence() const { return sentence_; }
    void set_sentence(const QString& sentence);
    /// What may follow the sentence; kept with the file too.
    const CandidateWords& candidates() const { return candidates_; }
    void set_candidates(const CandidateWords& candidates);
    /// Lists of what can be switched off; they are kept with the file.
    const std::vector<NamedAblation>& ablations() const { return ablations_; }
    void set_ablations(const std::vector<NamedAblation>& ablations);
    /// The circuits that stand beside the one shown, as they were chosen for this .loom file, B
    /// first; kept with it. Empty where none was chosen, or that was for another file.
    std::vector<ComparedWith> compared(const QString& file) const;
    void set_compared(const QString& file, const std::vector<ComparedWith>& others);
    /// Asks on behalf of `asker`, a name of its own for each thing that a panel wants to know: a
    /// newer question takes the place of one of the same asker that has no answer yet. No handler
    /// is called once `panel` is gone.
    virtual void ask(
        QObject& panel, const QString& asker, Question question, ReplyHandlers handlers)
        = 0;
    /// The asker's question needs no answer any more.
    virtual void forget(const QString& asker) = 0;
    /// The circuit view itself, for a panel with a second one beside it; null where there is none.
    virtual CircuitView* circuit_view() const { return nullptr; }

Q_SIGNALS:
    /// Another run or iteration is shown, or none.
    void place_changed();
    /// A run of the open file has more iterations or figures than before.
    void run_grown();
    /// Runs came, went, or changed their state.
    void runs_changed();
    void selection_changed();
    void sentence_changed();
    void candidates_changed();
    void switched_off_changed();
    void compared_changed();
    /// edges() may be others, or more is known of them.
    void edges_changed();
    void theme_changed();

private:
    QString sentence_;
    CandidateWords candidates_;
    std::vector<NamedAblation> ablations_;
    QString compared_file_;
    std::vector<ComparedWith> compared_;
};

} // namespace circuitloom::ui
