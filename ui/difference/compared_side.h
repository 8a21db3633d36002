#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/difference/compared_circuits.h"
#include "ui/panels/compared_with.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace circuitloom::ui {

class CircuitView;
class LinkedViews;
class PanelContext;
class SecondLayouts;

/// One circuit beside A, as large as its place lets it be: which it is, above, and its picture, or
/// the difference between A and it as one graph. Camera, selection and filter are those of A's view.
class ComparedSide : public QWidget
{
    Q_OBJECT

public:
    ComparedSide(PanelContext& context, QWidget* parent = nullptr);

    /// The program that lays it out for LayoutChoice::dot, see RunDotLayout.
    void set_dot_program(const QString& program);
    /// Its place among the circuits: 1 is B. `alone`: it is the only one, and cannot be removed.
    void set_place(std::size_t place, bool alone);
    /// Which it is; of a run that is not listed until set_runs() lists it.
    void set_wish(const ComparedWith& wish);
    ComparedWith wish() const;
    void set_runs(const std::vector<RunSummary>& runs);
    /// Shows what was found at its place. `colors`: unless it shows the difference.
    void show_found(const ComparedCircuits& found, ColorMode colors);
    /// Nothing but this sentence.
    void say(const QString& sentence);
    /// Whether camera, selection and filter follow A's.
    void set_linked(bool linked);
    void take_theme();
    /// Tab comes here from that widget; tells from where it goes on.
    QWidget* tab_after(QWidget* before);

Q_SIGNALS:
    /// The user wants another circuit here.
    void wish_changed();
    /// It is to show the difference, or to show it no longer.
    void difference_toggled();
    /// The user wants none here.
    void remove_wanted();

private:
    void build();
    void connect_controls();
    void show_graph(const std::shared_ptr<const ComputationalGraph>& graph);

    PanelContext& context_;
    std::size_t place_ = 1;
    QLabel* letter_;
    QComboBox* run_;
    QToolButton* difference_;
    QToolButton* remove_;
    QComboBox* by_;
    QSpinBox* iteration_;
    QLabel* caption_;
    CircuitView* view_;
    LinkedViews* linked_ = nullptr;
    SecondLayouts* layouts_;
    RunId chosen_; ///< its run; 0 while none was chosen
};

} // namespace circuitloom::ui
