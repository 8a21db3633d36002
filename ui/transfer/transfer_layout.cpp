// What the transfer panel is made of, and where it stands.
#include "ui/transfer/transfer_panel.h"

#include "ui/base/flow_layout.h"
#include "ui/panels/scrolled_column.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

void TransferPanel::build()
{
    setObjectName(QStringLiteral("transfer"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("TRANSFER"), this);
    heading->setProperty("heading", true);
    kind_->setObjectName(QStringLiteral("transferKind"));
    kind_->setAccessibleName(tr("What is asked"));
    for (const StudyPage* one : pages_)
        kind_->addItem(one->title());
    button_->setObjectName(QStringLiteral("transferButton"));
    state_->setObjectName(QStringLiteral("transferState"));
    pointed_->setObjectName(QStringLiteral("transferPointed"));
    remarks_->setObjectName(QStringLiteral("transferRemarks"));
    for (QLabel* label : { state_, pointed_, remarks_ }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // words from files come through them
        label->setProperty("dim", true);
    }
    pointed_->setMinimumHeight(2 * pointed_->fontMetrics().height());
    pointed_->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto* commands = new QWidget(this);
    auto* row = new FlowLayout(commands);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(button_);
    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("transferScroll"));
    column->addWidget(heading);
    column->addWidget(kind_);
    for (StudyPage* one : pages_)
        column->addWidget(one->fields());
    column->addWidget(commands);
    column->addWidget(state_);
    for (StudyPage* one : pages_)
        column->addWidget(one);
    // By the keyboard the button comes behind the fields, and the figures behind the button.
    QWidget* before = button_;
    for (StudyPage* one : pages_)
        for (QWidget* figure : one->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            if (figure->focusPolicy() & Qt::TabFocus) {
                setTabOrder(before, figure);
                before = figure;
            }
    column->addWidget(pointed_);
    column->addWidget(remarks_);
    column->addStretch();
}

} // namespace circuitloom::ui
