#include "ui/panels/scrolled_column.h"

#include "ui/base/scrolling.h"

#include <QScrollArea>
#include <QString>
#include <QVBoxLayout>

namespace circuitloom::ui {

QVBoxLayout* scrolled_column(QWidget& panel, const QString& name)
{
    auto* scroll = new QScrollArea(&panel);
    scroll->setObjectName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    auto* content = new QWidget(scroll);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    scroll->setWidget(content);
    keep_within(*scroll);
    auto* whole = new QVBoxLayout(&panel);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    return column;
}

} // namespace circuitloom::ui
