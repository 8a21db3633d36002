#pragma once

#include "core/analysis/study_table.h"
#include "ui/transfer/study_page.h"

class QSpinBox;

namespace circuitloom::ui {

class MatrixView;

/// Does the circuit of one iteration work in the model of another? The matrix of f beside that of
/// how alike the circuits are.
class TransferPage : public StudyPage
{
    Q_OBJECT

public:
    TransferPage(PanelContext& context, QWidget* parent);

    QString title() const override;
    QString purpose() const override;
    void begin(const ShownPlace& place, const RunHistory& run) override;
    void show_study(const ShownStudy* shown, const ShownPlace& of) override;

protected:
    std::optional<Study> study(
        const ShownPlace& place, const RunHistory& run, QString& problem) const override;
    void take_study(const Study& study, const ComputationalGraph& graph) override;

private:
    void read_likeness(const ShownPlace& of);

    QSpinBox* iterations_;
    MatrixView* faithfulness_;
    MatrixView* likeness_;
    std::optional<TransferStudy> shown_;
};

} // namespace circuitloom::ui
