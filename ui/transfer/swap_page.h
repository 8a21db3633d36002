#pragma once

#include "ui/transfer/figure_text.h"
#include "ui/transfer/study_page.h"

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace circuitloom::ui {

class FiguresTable;

/// What do a run's models do with some parts taken from one of its iterations? The parts are those
/// of what is selected in the circuit, until the user names others.
class SwapPage : public StudyPage
{
    Q_OBJECT

public:
    SwapPage(PanelContext& context, QWidget* parent);

    QString title() const override;
    QString purpose() const override;
    void begin(const ShownPlace& place, const RunHistory& run) override;
    void show_study(const ShownStudy* shown, const ShownPlace& of) override;

protected:
    std::optional<Study> study(
        const ShownPlace& place, const RunHistory& run, QString& problem) const override;
    void take_study(const Study& study, const ComputationalGraph& graph) override;

private:
    void build_fields();
    void follow_growth();
    void follow_selection();
    void take_selection();
    void fill_table();

    QLineEdit* parts_; // the fields in the order of the keyboard
    QPushButton* from_selection_;
    QSpinBox* source_;
    QSpinBox* models_;
    QLabel* of_;
    QComboBox* measure_;
    FiguresTable* figures_;
    std::shared_ptr<const ComputationalGraph> graph_; ///< of the run that the fields are about
    bool own_parts_ = false; ///< the user named them: they stay, whatever is selected
    std::optional<ShownStudy> shown_;
};

} // namespace circuitloom::ui
