#include "ui/circuit/layout_progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace circuitloom::ui {

LayoutProgress::LayoutProgress(QWidget* parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("layoutProgress"));
    setProperty("popup", true);
    auto* busy = new QProgressBar(this);
    busy->setRange(0, 0);
    busy->setTextVisible(false);
    busy->setFixedWidth(120);
    busy->setAccessibleName(tr("Layout under way"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelLayout"));
    cancel->setToolTip(tr("Stop Graphviz and stay with the lattice"));
    cancel->setAccessibleName(tr("Cancel the layout"));
    connect(cancel, &QPushButton::clicked, this, &LayoutProgress::cancelled);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 6, 12, 6);
    line->addWidget(new QLabel(tr("Graphviz is laying the circuit out"), this));
    line->addWidget(busy);
    line->addWidget(cancel);
    hide();
}

void LayoutProgress::show_at(const QPoint& position)
{
    adjustSize();
    move(position);
    raise();
    show();
}

} // namespace circuitloom::ui
