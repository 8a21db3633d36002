#pragma once

#include "ui/transfer/figure_text.h"
#include "ui/transfer/study_page.h"

class QComboBox;

namespace circuitloom::ui {

class GraftChart;

/// How little of what a run changed carries what it learnt, and what it lost? A curve over the
/// share of the change that is kept, for each figure.
class GraftPage : public StudyPage
{
    Q_OBJECT

public:
    GraftPage(PanelContext& context, QWidget* parent);

    QString title() const override;
    QString purpose() const override;
    void begin(const ShownPlace& place, const RunHistory& run) override;
    void show_study(const ShownStudy* shown, const ShownPlace& of) override;

protected:
    std::optional<Study> study(
        const ShownPlace& place, const RunHistory& run, QString& problem) const override;
    void take_study(const Study& study, const ComputationalGraph& graph) override;

private:
    void draw();

    QComboBox* measure_;
    GraftChart* chart_;
    std::optional<ShownStudy> shown_;
};

} // namespace circuitloom::ui
