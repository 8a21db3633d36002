#include "ui/circuit/empty_notice.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

EmptyNotice::EmptyNotice(QWidget* parent)
    : QFrame(parent)
    , words_(new QLabel(this))
{
    setObjectName(QStringLiteral("emptyNotice"));
    setProperty("popup", true);
    words_->setAlignment(Qt::AlignCenter);
    auto* clear = new QPushButton(tr("Clear filter"), this);
    clear->setObjectName(QStringLiteral("clearFilter"));
    clear->setToolTip(tr("Show what the filter, isolating and hiding leave out"));
    connect(clear, &QPushButton::clicked, this, &EmptyNotice::clear_requested);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(10);
    column->addWidget(words_);
    column->addWidget(clear, 0, Qt::AlignHCenter);
    hide();
}

void EmptyNotice::show_in(const QRect& area, int edges)
{
    words_->setText(tr("None of the circuit's %n edge(s) passes the filter.", nullptr, edges));
    adjustSize();
    move(area.center() - rect().center());
    show();
    raise();
}

} // namespace circuitloom::ui
