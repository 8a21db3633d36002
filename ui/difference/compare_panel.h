#pragma once

#include "ui/base/background.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/difference/compared_circuits.h"
#include "ui/panels/panel_context.h"

#include <QTimer>
#include <QWidget>

#include <filesystem>
#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace circuitloom::ui {

class ComparedSide;

/// Further circuits, B and on, beside the one that the window shows, A: of other runs or iterations,
/// which follow A along the timeline, or the difference of A and one as one graph. Camera, selection
/// and filter are one for all views. Below stand the figures of each against A: what is in both and
/// in one alone, Jaccard beside what chance gives, rank correlations, the weighted distance; and of
/// three circuits or more how much each two share.
///
/// Follows the window while it is seen. Circuits are read on a thread of its own.
class ComparePanel : public QWidget
{
    Q_OBJECT

public:
    ComparePanel(PanelContext& context, QWidget* parent = nullptr);

    /// The program that lays out circuits for LayoutChoice::dot: circuitloom itself, where nothing
    /// else is said.
    void set_dot_program(const QString& program);

    QSize sizeHint() const override { return { 520, 420 }; }

Q_SIGNALS:
    /// What was asked for last is shown, or why it cannot be.
    void shown();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    ComparedSide* new_side();
    /// As many sides as these wishes.
    void arrange(const std::vector<ComparedWith>& wishes);
    /// The sides into a grid that fits the width.
    void place_sides();
    std::vector<ComparedWith> wishes() const;
    /// One more circuit, one less.
    void add();
    void remove(ComparedSide* side);
    /// The user chose others: that is kept with the file.
    void keep_choice();
    /// Others were chosen elsewhere: with the file, when it was opened.
    void take_choice();
    /// Reads a moment later, however often it is asked for until then.
    void refresh_soon();
    void read();
    std::optional<ComparisonWish> wish() const;
    void take(const ComparedCircuits& found);
    /// The runs of the file, and which of them the sides are of.
    void show_runs(const ComparedCircuits& found);
    void show_circuits(const ComparedCircuits& found);
    /// Nothing but this sentence.
    void say(const QString& sentence);
    void follow_colors();

    PanelContext& context_;
    QToolButton* add_;
    QLabel* limit_;
    QGridLayout* grid_ = nullptr;
    QLabel* figures_;
    std::vector<ComparedSide*> sides_; ///< B first; never none
    int columns_ = 0; ///< of the grid; 0 where the sides are to be placed anew
    QString dot_program_; ///< empty for circuitloom itself
    QTimer timer_;
    std::optional<ComparedCircuits> found_;
    ColorMode colors_ = ColorMode::change; ///< of A, as the others were shown with
    std::filesystem::path file_; ///< whose runs the sides list
    RunId compared_with_; ///< A's run when the sides' were last looked at; 0 for none
    bool reading_ = false;
    Background background_; // last, so that it ends first
};

} // namespace circuitloom::ui
