#pragma once

#include "ui/faithfulness/faithfulness_curve.h"
#include "ui/panels/panel_context.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QSpinBox;

namespace circuitloom::ui {

class FaithfulnessChart;
class FiguresTable;

/// How much of what the model of an iteration does its best edges do alone, by how many are kept:
/// computed when the user asks for it, the stored circuit's size first, then coarse to fine, with
/// random circuits of as many edges beside every figure. It can be stopped and gone on with.
class FaithfulnessPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FaithfulnessPanel(PanelContext& context, QWidget* parent = nullptr);

    QSize sizeHint() const override { return { 400, 480 }; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void press();
    void start(const ShownPlace& place);
    void stop(const QString& why);
    void ask_next();
    void take(const FaithfulnessAnswer& answer);
    void follow_place();
    void clear();
    void show_curve();
    void show_button();
    /// The figures are of the iteration that is shown, and of what is chosen now.
    bool is_of(const ShownPlace& place) const;
    int edges_of(const ShownPlace& place) const;

    PanelContext& context_;
    QSpinBox* items_;
    QSpinBox* draws_;
    QPushButton* button_;
    QLabel* state_;
    QLabel* source_;
    FaithfulnessChart* chart_;
    QLabel* pointed_;
    FiguresTable* figures_;
    QLabel* areas_;
    std::optional<ShownPlace> of_; ///< what the figures are of
    FaithfulnessQuestion question_;
    std::vector<std::vector<int>> rounds_; ///< still to be asked
    FaithfulnessCurveData curve_;
    bool running_ = false;
};

} // namespace circuitloom::ui
