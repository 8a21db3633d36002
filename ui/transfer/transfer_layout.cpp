// What the transfer panel is made of, and where it stands.
#include "ui/transfer/transfer_panel.h"

#include "ui/base/flow_layout.h"
#include "ui/panels/count_field.h"
#include "ui/panels/scrolled_column.h"
#include "ui/transfer/graft_chart.h"
#include "ui/transfer/matrix_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int matrix_height = 220;
constexpr int chart_height = 220;

} // namespace

void TransferPanel::build()
{
    setObjectName(QStringLiteral("transfer"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("TRANSFER"), this);
    heading->setProperty("heading", true);
    kind_->setObjectName(QStringLiteral("transferKind"));
    kind_->setAccessibleName(tr("What is asked"));
    kind_->addItem(tr("Circuits in other models"));
    kind_->addItem(tr("Which change it was"));
    measure_->setObjectName(QStringLiteral("transferMeasure"));
    measure_->setAccessibleName(tr("Figure that is drawn"));
    button_->setObjectName(QStringLiteral("transferButton"));
    state_->setObjectName(QStringLiteral("transferState"));
    pointed_->setObjectName(QStringLiteral("transferPointed"));
    faithfulness_->setObjectName(QStringLiteral("transferFaithfulness"));
    likeness_->setObjectName(QStringLiteral("transferLikeness"));
    chart_->setObjectName(QStringLiteral("transferGraft"));
    for (QLabel* label : { state_, pointed_ }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // words from files come through it
        label->setProperty("dim", true);
    }
    pointed_->setMinimumHeight(2 * pointed_->fontMetrics().height());
    pointed_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    iterations_->setToolTip(tr("So many iterations, evenly spread over the run"));
    draws_->setToolTip(tr("So many random choices beside each figure"));
    for (MatrixView* matrix : { faithfulness_, likeness_ })
        matrix->setFixedHeight(matrix_height);
    chart_->setFixedHeight(chart_height);

    auto* choices = new QWidget(this);
    auto* form = new FlowLayout(choices);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(6);
    form->addWidget(kind_);
    form->addWidget(titled(tr("&Iterations"), iterations_, choices));
    form->addWidget(titled(tr("Random &draws"), draws_, choices));
    form->addWidget(button_);
    auto* matrices = new QWidget(this);
    auto* pair = new QHBoxLayout(matrices);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->addWidget(faithfulness_);
    pair->addWidget(likeness_);
    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("transferScroll"));
    for (QWidget* widget : std::initializer_list<QWidget*>{
             heading, choices, state_, matrices, measure_, chart_, pointed_ })
        column->addWidget(widget);
    column->addStretch();
}

} // namespace circuitloom::ui
