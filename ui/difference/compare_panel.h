#pragma once

#include "ui/base/background.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/difference/compared_circuits.h"
#include "ui/panels/panel_context.h"

#include <QTimer>
#include <QWidget>

#include <filesystem>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace circuitloom::ui {

class CircuitView;
class LinkedViews;
class SecondLayouts;

/// A second circuit, B, beside the one that the window shows, A: of another run or iteration, which
/// follows A along the timeline, or the difference of the two as one graph. Camera, selection and
/// filter are one for both views. Below stand the figures: what is in both and in one alone, Jaccard
/// beside what chance gives, rank correlations, the weighted distance.
///
/// Follows the window while it is seen. Circuits are read on a thread of its own.
class ComparePanel : public QWidget
{
    Q_OBJECT

public:
    ComparePanel(PanelContext& context, QWidget* parent = nullptr);

    /// The program that lays out B for LayoutChoice::dot: circuitloom itself, where nothing else is
    /// said.
    void set_dot_program(const QString& program);

    QSize sizeHint() const override { return { 520, 420 }; }

Q_SIGNALS:
    /// What was asked for last is shown, or why it cannot be.
    void shown();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void connect_controls();
    /// Reads a moment later, however often it is asked for until then.
    void refresh_soon();
    void read();
    std::optional<ComparisonWish> wish() const;
    void take(const ComparedCircuits& found);
    void show_runs(const ComparedCircuits& found);
    void show_graph(const std::shared_ptr<const ComputationalGraph>& graph);
    void show_circuits(const ComparedCircuits& found);
    /// Nothing but this sentence.
    void say(const QString& sentence);
    bool shows_difference() const;
    void follow_colors();

    PanelContext& context_;
    QComboBox* run_;
    QComboBox* by_;
    QSpinBox* iteration_;
    QToolButton* difference_;
    QLabel* caption_;
    CircuitView* view_;
    QLabel* figures_;
    LinkedViews* linked_ = nullptr;
    SecondLayouts* layouts_;
    QTimer timer_;
    std::optional<ComparedCircuits> found_;
    ColorMode colors_ = ColorMode::change; ///< of A, as B was shown with
    std::filesystem::path file_; ///< whose runs the box lists
    RunId chosen_; ///< B's run; 0 while none was chosen
    RunId compared_with_; ///< A's run when B's was last looked at
    bool reading_ = false;
    Background background_; // last, so that it ends first
};

} // namespace circuitloom::ui
