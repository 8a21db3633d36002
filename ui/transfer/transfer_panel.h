#pragma once

#include "ui/panels/panel_context.h"
#include "ui/transfer/run_studies.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace circuitloom::ui {

class GraftChart;
class MatrixView;

/// Whether a run's circuits work in its models at other iterations, beside how alike they are, and
/// which part of its change did what. What the file has is shown at once; the rest is computed when
/// the user asks for it, a few figures at a time, each stored as it comes, so that it can be
/// stopped and gone on with, also another day.
class TransferPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TransferPanel(PanelContext& context, QWidget* parent = nullptr);

    QSize sizeHint() const override { return { 420, 480 }; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void follow_place();
    void read_stored(const ShownPlace& place);
    void press();
    void ask_next();
    void tell(const QString& what, int done, int total);
    void take(const StudyAnswer& answer);
    void take_likeness(const TransferStudy& study);
    void stop(const QString& why);
    void show_all();
    void show_transfer();
    void show_graft();
    void show_button();
    bool grafts() const;
    /// What the fields ask for; nothing where the run has no iterations.
    std::optional<StudyQuestion> question(const ShownPlace& place) const;

    PanelContext& context_;
    QComboBox* kind_;
    QSpinBox* iterations_;
    QSpinBox* draws_;
    QPushButton* button_;
    QLabel* state_;
    MatrixView* faithfulness_;
    MatrixView* likeness_;
    QComboBox* measure_;
    GraftChart* chart_;
    QLabel* pointed_;
    std::optional<ShownPlace> of_; ///< whose studies these are
    RunStudies studies_;
    std::optional<StudyQuestion> asked_; ///< under way, or stopped
    bool running_ = false;
    QElapsedTimer since_; ///< the first progress of what is running
    int first_done_ = -1; ///< figures that were there then; -1: no progress yet
};

} // namespace circuitloom::ui
