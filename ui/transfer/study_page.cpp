#include "ui/transfer/study_page.h"

#include "ui/base/file_path.h"
#include "ui/base/flow_layout.h"
#include "ui/panels/count_field.h"

#include <QSpinBox>
#include <QVBoxLayout>

#include <variant>

namespace circuitloom::ui {

namespace {

constexpr int usual_draws = 5;
constexpr int most_draws = 50;

} // namespace

StudyPage::StudyPage(PanelContext& context, const QString& name, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , name_(name)
    , fields_(new QWidget(parent))
    , numbers_(new QWidget(fields_))
{
    auto* column = new QVBoxLayout(fields_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(numbers_);
    auto* row = new FlowLayout(numbers_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
}

void StudyPage::add_draws()
{
    draws_ = add_count(name_ + QStringLiteral("Draws"), tr("Random &draws"),
        tr("So many random choices beside each figure"), usual_draws, most_draws, tr("none"));
}

QSpinBox* StudyPage::add_count(const QString& name, const QString& title, const QString& tip,
    int value, int most, const QString& at_zero)
{
    QSpinBox* field = count_field(name, value, most, at_zero, numbers_);
    field->setToolTip(tip);
    numbers_->layout()->addWidget(titled(title, field, numbers_));
    connect(field, &QSpinBox::valueChanged, this, &StudyPage::edited);
    return field;
}

int StudyPage::random_draws() const
{
    return draws_->value();
}

StudyRequest StudyPage::request(const ShownPlace& place) const
{
    StudyRequest request;
    const RunHistory* run = context_.run();
    if (!run || run->iterations.empty() || !place.graph) {
        request.problem = tr("This run has no circuit yet.");
        return request;
    }
    const std::optional<Study> asked = study(place, *run, request.problem);
    if (!asked)
        return request;
    request.question.emplace();
    request.question->file = path_of(place.file);
    request.question->run = place.run;
    request.question->model = place.moment();
    request.question->study = *asked;
    request.question->cells = figures_at_once();
    return request;
}

void StudyPage::take_fields(const Study& study, const ComputationalGraph& graph)
{
    draws_->setValue(std::visit([](const auto& one) { return one.random_draws; }, study));
    take_study(study, graph);
}

} // namespace circuitloom::ui
