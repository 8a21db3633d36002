#include "ui/window/circuit_pages.h"

#include "ui/circuit/circuit_panel.h"
#include "ui/start/start_page.h"

namespace circuitloom::ui {

CircuitPages::CircuitPages(QWidget* parent)
    : QStackedWidget(parent)
    , start_(new StartPage(this))
    , circuit_(new CircuitPanel(this))
{
    addWidget(start_);
    addWidget(circuit_);
}

void CircuitPages::show_start()
{
    setCurrentWidget(start_);
}

void CircuitPages::show_circuit()
{
    if (currentWidget() == circuit_)
        return;
    setCurrentWidget(circuit_);
    // Or the focus would go to whatever button comes next, and Space would press it.
    circuit_->view()->setFocus();
}

} // namespace circuitloom::ui
