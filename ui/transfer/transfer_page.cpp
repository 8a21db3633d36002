#include "ui/transfer/transfer_page.h"

#include "core/store/experiment_reader.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"
#include "ui/theme/text_scale.h"
#include "ui/transfer/matrix_view.h"
#include "ui/transfer/transfer_content.h"

#include <QHBoxLayout>
#include <QSpinBox>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int usual_iterations = 8;
constexpr int most_iterations = 64;
constexpr int matrix_height = 220;

} // namespace

TransferPage::TransferPage(PanelContext& context, QWidget* parent)
    : StudyPage(context, QStringLiteral("transfer"), parent)
    , iterations_(add_count(QStringLiteral("transferIterations"), tr("&Iterations"),
          tr("So many iterations, evenly spread over the run"), usual_iterations, most_iterations,
          tr("none")))
    , faithfulness_(new MatrixView(this))
    , likeness_(new MatrixView(this))
{
    add_draws();
    faithfulness_->setObjectName(QStringLiteral("transferFaithfulness"));
    likeness_->setObjectName(QStringLiteral("transferLikeness"));
    auto* pair = new QHBoxLayout(this);
    pair->setContentsMargins(0, 0, 0, 0);
    for (MatrixView* matrix : { faithfulness_, likeness_ }) {
        follow_text_scale(*matrix, [matrix] { matrix->setFixedHeight(scaled(matrix_height)); });
        pair->addWidget(matrix);
        connect(matrix, &MatrixView::pointed_at, this, &TransferPage::pointed_at);
        connect(matrix, &MatrixView::opened, this, [this](std::size_t, std::size_t column) {
            if (shown_)
                context_.go_to(shown_->models[column]);
        });
    }
    const auto take_theme = [this] {
        faithfulness_->set_theme(context_.theme());
        likeness_->set_theme(context_.theme());
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

QString TransferPage::title() const
{
    return tr("Circuits in other models");
}

QString TransferPage::purpose() const
{
    return tr("Does the circuit of one iteration work in the model of another? Compute it for some "
              "of them, random circuits beside each.");
}

void TransferPage::begin(const ShownPlace&, const RunHistory&) { }

std::optional<Study> TransferPage::study(
    const ShownPlace&, const RunHistory& run, QString& problem) const
{
    const auto some = evenly_chosen(static_cast<int>(run.iterations.size()), iterations_->value());
    if (some.empty()) {
        problem = tr("Choose one iteration or more.");
        return std::nullopt;
    }
    return TransferStudy{ some, some, random_draws(), 0 };
}

void TransferPage::take_study(const Study& study, const ComputationalGraph&)
{
    iterations_->setValue(static_cast<int>(std::get<TransferStudy>(study).circuits.size()));
}

void TransferPage::show_study(const ShownStudy* shown, const ShownPlace& of)
{
    if (!shown) {
        shown_.reset();
        return;
    }
    const auto& study = std::get<TransferStudy>(shown->study);
    faithfulness_->set_content(faithfulness_content(study, shown->figures));
    if (shown_ == study)
        return;
    shown_ = study;
    likeness_->set_content(likeness_content(study, {}));
    read_likeness(of);
}

void TransferPage::read_likeness(const ShownPlace& of)
{
    in_background(
        this,
        [file = path_of(of.file), run = of.run, study = *shown_] {
            return circuit_likeness(ExperimentReader(file), run, study.circuits, run, study.models);
        },
        [this, study = *shown_](const CircuitLikeness& likeness) {
            if (shown_ == study)
                likeness_->set_content(likeness_content(study, likeness));
        },
        [this](const QString& sentence) { Q_EMIT pointed_at(sentence); });
}

} // namespace circuitloom::ui
